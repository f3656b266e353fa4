public import AuditModel
public import Drift

/// What the stored nights tell of one client: its settings as they changed, the verdicts that moved, and for how long rules
/// failed. Nights count by their position in ``nights``.
public struct HistoryReport: Sendable {
    /// Why a night saw nothing of a group.
    public enum Missed: Sendable, Hashable {
        /// The group could not be read.
        case failed(CaptureFailure)
        /// It was not asked for, by configuration.
        case notCollected(NotCollectedReason)
        /// The run has nothing of the client: it was not on the roster.
        case notOnRoster
    }

    /// A verdict that moved; nights in which it was unknown or not given are missed ones.
    public struct Flip: Sendable, Hashable {
        /// The rule.
        public var ruleID: String
        /// From what to what, and in which interval.
        public var shift: Timeline<Verdict>.Shift
        /// The settings that the results of either side rest on, as far as they were recorded.
        public var paths: [SettingPath]
    }

    /// How long one rule failed.
    public struct RuleExposure: Sendable, Hashable {
        /// The rule.
        public var ruleID: String
        /// How long.
        public var exposure: Exposure
    }

    /// The nights that were looked at.
    public var nights: StoredNights
    /// The client, as it was last described.
    public var client: Client
    /// Whether only some settings were asked for.
    public var isFiltered: Bool
    /// The settings that changed, by path; those that were asked for by path are there unchanged, too.
    public var settings: [SettingTimeline]
    /// When each night asked for each group, where it did.
    public var times: [PerGroup<CaptureTimes?>?]
    /// The nights of which documents and results are known and times are not, since they were pruned.
    public var hashOnly: Set<Int>
    /// The nights that saw nothing of a group, and why.
    public var missed: PerGroup<[Int: Missed]>
    /// The verdicts that moved, by interval and then by rule.
    public var flips: [Flip]
    /// The rules that failed in at least one night, by id.
    public var exposures: [RuleExposure]

    /// The verdicts that moved with a change: in the same interval, resting on the same setting.
    public func flips(with shift: Timeline<SettingValue?>.Shift, of path: SettingPath) -> [Flip] {
        let change = Change(path: path, before: shift.before, after: shift.after)
        return flips.filter { flip in
            flip.shift.overlaps(shift) && !CausalPaths.paths(of: [change], comparedBy: flip.paths).isEmpty
        }
    }

    /// The last moment at which a setting is known to have had the value that a night saw: when the group was asked for. Of a
    /// pruned night the start of its run, which was not later.
    public func askedAt(_ night: Int, _ group: SettingsGroup) -> Timestamp {
        times[night]?[group]?.requestedAt ?? nights.runs[night].startedAt
    }

    /// The first moment at which a value that a night saw is known: when the answer had come. Of a pruned night the end of its
    /// run, which was not earlier.
    public func answeredAt(_ night: Int, _ group: SettingsGroup) -> Timestamp {
        let run = nights.runs[night]
        return times[night]?[group]?.answeredAt ?? (hashOnly.contains(night) ? run.sealedAt : nil) ?? run.startedAt
    }

    /// The days strictly between two nights in which no run was sealed.
    public func daysWithoutRun(between earlier: Int, and later: Int) -> [CalendarDay] {
        guard earlier < later else { return [] }
        let days = Set(nights.days[earlier...later])
        let (first, last) = (nights.days[earlier].daysSince1970, nights.days[later].daysSince1970)
        guard first + 1 < last else { return [] }
        return (first + 1..<last).map(CalendarDay.init(daysSince1970:)).filter { !days.contains($0) }
    }
}
