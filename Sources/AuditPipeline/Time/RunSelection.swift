public import AuditModel

/// Which run a date, an id or a word stands for (decision 13).
public struct RunSelection: Sendable, Hashable {
    /// What the user wrote.
    public var asked: String
    /// The run.
    public var run: AuditRun
    /// The day on which it started.
    public var day: CalendarDay
    /// Where the run is of an earlier day than asked for: how many days earlier. Nil otherwise.
    public var note: String?

    /// Joins the parts.
    public init(asked: String, run: AuditRun, day: CalendarDay, note: String? = nil) {
        self.asked = asked
        self.run = run
        self.day = day
        self.note = note
    }

    /// The run that a text stands for, among one environment's runs.
    ///
    /// - Parameters:
    ///   - text: a date (`2026-11-01`: the latest sealed run that started on or before that day), a run id or its
    ///     beginning (4 digits or more), `latest`, or `previous` (the one before the latest).
    ///   - runs: the environment's runs in any order; open ones can only be chosen by id.
    ///   - now: the present, before whose day's end every date must lie.
    public static func resolve(
        _ text: String, among runs: [AuditRun], zone: DayZone, now: Timestamp
    ) throws(RunSelectionError) -> RunSelection {
        let sealed = runs.filter(\.state.isSealed).sorted { $0.startedAt < $1.startedAt }
        if text == "latest" || text == "previous" {
            let distance = text == "latest" ? 1 : 2
            guard sealed.count >= distance else {
                throw sealed.isEmpty ? .noRuns : .noPreviousRun(only: sealed[0], day: zone.day(of: sealed[0].startedAt))
            }
            let run = sealed[sealed.count - distance]
            return RunSelection(asked: text, run: run, day: zone.day(of: run.startedAt), note: nil)
        }
        if let day = CalendarDay(text) { return try resolve(day, asked: text, among: sealed, zone: zone, now: now) }
        return try resolveID(text, among: runs, zone: zone)
    }

    /// That the first of two runs is the later one, in a clause; nil where they are in order.
    public static func disorder(from: RunSelection, to: RunSelection) -> String? {
        from.run.startedAt > to.run.startedAt ? "\(from.named) is after \(to.named)" : nil
    }

    /// What was asked, with the day of the run where it says another thing than that.
    private var named: String {
        asked == day.description ? asked : "\(asked) (the run of \(day))"
    }

    private static func resolve(
        _ day: CalendarDay, asked: String, among sealed: [AuditRun], zone: DayZone, now: Timestamp
    ) throws(RunSelectionError) -> RunSelection {
        guard let first = sealed.first else { throw .noRuns }
        guard day <= zone.day(of: now) else { throw .inTheFuture(day, today: zone.day(of: now)) }
        let end = zone.start(of: CalendarDay(daysSince1970: day.daysSince1970 + 1))
        guard let run = sealed.last(where: { $0.startedAt < end }) else {
            throw .beforeFirstRun(day, first: zone.day(of: first.startedAt))
        }
        let own = zone.day(of: run.startedAt)
        let days = day.daysSince1970 - own.daysSince1970
        let note = days == 0 ? nil : days == 1 ? "1 day earlier" : "\(days) days earlier"
        return RunSelection(asked: asked, run: run, day: own, note: note)
    }

    /// Whether a text has the form of a run's id or its beginning.
    public static func isID(_ text: String) -> Bool {
        // A day that does not exist (2026-02-30) is all hexadecimal digits, too; an id has its first dash at the ninth place.
        text.count >= 4 && !text.prefix(8).contains("-")
            && text.allSatisfy { $0.isHexDigit && !$0.isUppercase || $0 == "-" }
    }

    private static func resolveID(
        _ text: String, among runs: [AuditRun], zone: DayZone
    ) throws(RunSelectionError) -> RunSelection {
        guard isID(text) else { throw .notUnderstood(text) }
        let found = runs.filter { $0.id.rawValue.hasPrefix(text) }
        guard let run = found.first else { throw runs.isEmpty ? .noRuns : .unknownRun(text) }
        guard found.count == 1 else { throw .ambiguousRun(text, count: found.count) }
        return RunSelection(asked: text, run: run, day: zone.day(of: run.startedAt), note: nil)
    }
}

/// Why no run could be chosen.
public enum RunSelectionError: Error, Sendable, Hashable {
    /// The environment has no sealed run.
    case noRuns
    /// Only one sealed run exists, so none is before it.
    case noPreviousRun(only: AuditRun, day: CalendarDay)
    /// The day is before the first run.
    case beforeFirstRun(CalendarDay, first: CalendarDay)
    /// The day has not begun.
    case inTheFuture(CalendarDay, today: CalendarDay)
    /// No run has such an id.
    case unknownRun(String)
    /// Several runs' ids begin so.
    case ambiguousRun(String, count: Int)
    /// Neither a date, nor an id, nor one of the words.
    case notUnderstood(String)
}

extension RunSelectionError: CustomStringConvertible {
    /// The sentence: what happened, and how to mend it.
    public var description: String {
        switch self {
        case .noRuns: "there is no sealed run in this database yet; 'audit run' makes one."
        case .noPreviousRun(let run, let day):
            "there is only one sealed run (\(run.id.short) of \(day)), so none is before it; compare again after the next night."
        case .beforeFirstRun(let day, let first):
            "\(day) is before the first run, which is of \(first); choose \(first) or a later day."
        case .inTheFuture(let day, let today): "\(day) is in the future; today is \(today)."
        case .unknownRun(let text): "no run has an id that begins with '\(text)'; 'audit snapshot list' shows the runs."
        case .ambiguousRun(let text, let count):
            "\(count) runs have an id that begins with '\(text)'; write more of it ('audit snapshot list' shows the runs)."
        case .notUnderstood(let text):
            "'\(text)' is no date (YYYY-MM-DD), no run id, and neither 'latest' nor 'previous'."
        }
    }
}
