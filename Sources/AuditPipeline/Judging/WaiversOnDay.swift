public import AuditModel
public import Policies

/// The waivers that are laid over a run's failures, and the day on which they are asked for.
public struct WaiversOnDay: Sendable {
    /// The waivers.
    public var waivers: WaiverSet
    /// The day, in the configured zone.
    public var day: CalendarDay

    /// Joins the two.
    public init(_ waivers: WaiverSet, on day: CalendarDay) {
        self.waivers = waivers
        self.day = day
    }

    /// Whether there is none at all.
    var areNone: Bool { waivers.waivers.isEmpty }

    /// Whether one that is in force asks what a client's settings are.
    var readSettings: Bool { waivers.readsSettings(on: day) }

    /// Whether one that is in force concerns a client.
    func concern(_ client: Client) -> Bool { waivers.concerns(client, on: day) }

    /// The waiver over one result, told on the day; nil where none is, and for all that is no failure.
    func facts(over result: RuleResult, of client: Client, snapshot: () throws -> Snapshot) rethrows -> WaiverFacts? {
        guard result.verdict == .fail else { return nil }
        return try waivers.waiver(over: result.ruleID, of: client, on: day, snapshot: snapshot)?.facts(on: day)
    }

    /// What each waiver comes to where these are the failures under one; the next to end first, then by id.
    func standings(over waived: [Finding]) -> [WaiverStanding] {
        var failures: [String: Int] = [:]
        for finding in waived { if let id = finding.waiver?.id { failures[id, default: 0] += 1 } }
        return waivers.waivers.map { waiver in
            WaiverStanding(
                facts: waiver.facts(on: day), ruleIDs: waiver.ruleIDs, subject: waiver.subjectText,
                failures: failures[waiver.id] ?? 0)
        }.sorted { left, right in
            left.facts.expires == right.facts.expires
                ? left.facts.id.precedesInUTF16(right.facts.id) : left.facts.expires < right.facts.expires
        }
    }
}
