public import AuditModel

/// The nights that a policy is tried over: the sealed runs of one environment between two days, both included.
///
/// Every sealed run is a night, a fetch-only one, too: its snapshots can be judged. An open run is none.
public struct StoredNights: Sendable, Hashable {
    /// The runs, by start; one or more.
    public let runs: [AuditRun]
    /// The day of each.
    public let days: [CalendarDay]

    /// Chooses among one environment's runs, which may be in any order.
    ///
    /// - Parameters:
    ///   - since: the first day; nil for the first that is stored.
    ///   - until: the last day; nil for the last that is stored.
    public init(
        among runs: [AuditRun], since: CalendarDay? = nil, until: CalendarDay? = nil, zone: DayZone
    ) throws(StoredNightsError) {
        if let since, let until, until < since { throw .backwards(since: since, until: until) }
        let sealed = runs.filter(\.state.isSealed).sorted { $0.startedAt < $1.startedAt }
        guard let first = sealed.first, let last = sealed.last else { throw .noRuns }
        let chosen = sealed.map { ($0, zone.day(of: $0.startedAt)) }.filter { _, day in
            day >= since ?? day && day <= until ?? day
        }
        guard !chosen.isEmpty else {
            throw .noneBetween(
                since: since, until: until, first: zone.day(of: first.startedAt), last: zone.day(of: last.startedAt))
        }
        self.runs = chosen.map(\.0)
        days = chosen.map(\.1)
    }

    /// The last night alone.
    public var last: StoredNights { StoredNights(runs: runs.suffix(1), days: days.suffix(1)) }

    private init(runs: ArraySlice<AuditRun>, days: ArraySlice<CalendarDay>) {
        self.runs = Array(runs)
        self.days = Array(days)
    }

    /// Whether a night is of the emulator, and proves nothing about a real platform.
    public var isSynthetic: Bool { runs.contains(where: \.isSynthetic) }
}

/// Why there are no nights to look at.
public enum StoredNightsError: Error, Sendable, Hashable {
    /// The environment has no sealed run.
    case noRuns
    /// The last day is before the first.
    case backwards(since: CalendarDay, until: CalendarDay)
    /// No run lies between the days; the first and the last that are stored do not.
    case noneBetween(since: CalendarDay?, until: CalendarDay?, first: CalendarDay, last: CalendarDay)
}

extension StoredNightsError: CustomStringConvertible {
    /// The sentence: what happened, and how to mend it.
    public var description: String {
        switch self {
        case .noRuns: RunSelectionError.noRuns.description
        case .backwards(let since, let until): "--since \(since) is after --until \(until); swap them."
        case .noneBetween(let since, let until, let first, let last):
            "there is no sealed run "
                + [since.map { "since \($0)" }, until.map { "until \($0)" }].compactMap { $0 }.joined(separator: " ")
                + "; the stored ones are of \(first) to \(last)."
        }
    }
}
