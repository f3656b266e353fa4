public import AuditModel

/// For how long a rule has failed for a client, as far as nights can tell.
public struct Exposure: Sendable, Hashable {
    /// The time that failing nights enclose: from each failing night to the next, where no night between them is
    /// missing.
    public var atLeast: Duration
    /// The time in which it may have failed: from the last night that saw it hold to the next that did, for each failure;
    /// never beyond the nights that are looked at.
    public var atMost: Duration
    /// Whether it fails in the first night that shows a verdict, so that the failure may be older than ``atMost``.
    public var isOpenAtStart: Bool
    /// Whether it fails in the last night that shows a verdict, so that the failure goes on.
    public var isOpenAtEnd: Bool
    /// How often it came back to failing after it had passed; see ``VerdictHistory/flaps``.
    public var reopened: Int
    /// In how many nights each verdict was given.
    public var counts: VerdictCounts

    /// Follows one rule through nights.
    ///
    /// Unknown is no verdict here, and a night in which the rule was not judged neither: both are nights that saw nothing.
    /// - Parameters:
    ///   - verdicts: one a night, nil where the rule was not judged.
    ///   - moments: the start of each night's run.
    public init(_ verdicts: [Verdict?], at moments: [Timestamp]) {
        var history = VerdictHistory()
        var timeline = Timeline<Bool>()
        for (night, verdict) in verdicts.enumerated() {
            if let verdict { history.add(verdict, nights: night..<night + 1) }
            switch verdict {
            case .fail?: timeline.see(true, night: night)
            case .pass?, .notApplicable?: timeline.see(false, night: night)
            case .unknown?, nil: timeline.miss(night: night)
            }
        }
        var (least, most) = (Int64(0), Int64(0))
        let spans = timeline.spans
        for (place, span) in spans.enumerated() where span.value {
            let missed = Set(span.missedWithin)
            for night in span.first..<span.last where !missed.contains(night) && !missed.contains(night + 1) {
                least += moments[night + 1].milliseconds - moments[night].milliseconds
            }
            let start = place > 0 ? spans[place - 1].last : span.missedBefore.first ?? span.first
            let isLast = place == spans.count - 1
            let end = isLast ? timeline.missedAfter.last ?? span.last : spans[place + 1].first
            most += moments[end].milliseconds - moments[start].milliseconds
        }
        atLeast = .milliseconds(least)
        atMost = .milliseconds(most)
        isOpenAtStart = spans.first?.value ?? false
        isOpenAtEnd = spans.last?.value ?? false
        reopened = history.flaps
        counts = history.counts
    }

    /// Whether the rule fails in any night.
    public var hasFailures: Bool { counts.fail > 0 }
}
