import AuditModel
import Reports
import SnapshotStore

/// What one destination is still to be told, from what it was told already.
struct NotificationPlan {
    /// How often one message is tried, over all runs of the program.
    static let attemptLimit = 5
    /// How old a run may be that is still told of.
    static let lateLimit: Duration = .seconds(7 * 86_400)
    /// How many messages that did not arrive one run of the program tries again.
    static let lateCount = 3

    /// What was told to the destination of this environment's runs, by start.
    let records: [NotificationRecord]

    /// Those of a run's events that did not arrive yet.
    func untold(_ events: [RunNotification.Event], of run: AuditRun) -> [RunNotification.Event] {
        let told = Set(records.filter { $0.run == run.id && $0.sentAt != nil }.map(\.event))
        return events.filter { !told.contains($0.rawValue) }
    }

    /// When a run's events arrived last; nil where one of them did not.
    func toldAt(_ events: [RunNotification.Event], of run: AuditRun) -> Timestamp? {
        guard untold(events, of: run).isEmpty else { return nil }
        return records.filter { record in
            record.run == run.id && events.contains { $0.rawValue == record.event }
        }.compactMap(\.sentAt).max()
    }

    /// Which attempt the next one to tell of these events is, from 1.
    func attempt(_ events: [RunNotification.Event], of run: AuditRun) -> Int {
        1
            + (records.filter { record in
                record.run == run.id && record.sentAt == nil && events.contains { $0.rawValue == record.event }
            }.map(\.attempts).max() ?? 0)
    }

    /// Whether later runs of the program tell what did not arrive.
    enum Retry {
        case nextRun
        /// It was tried as often as it is.
        case attemptsSpent
        /// The run is older than ``NotificationPlan/lateLimit``.
        case tooOld
        /// A sign of life that comes late is none.
        case signOfLife
    }

    /// What becomes of events of a run that did not arrive, at a moment; ``late(before:)`` of the next run goes by the same.
    static func retry(
        of events: [RunNotification.Event], of run: AuditRun, attempt: Int, now: Timestamp
    ) -> Retry {
        if events.allSatisfy({ $0 == .alive }) { return .signOfLife }
        if run.startedAt.milliseconds <= now.milliseconds - Int64(lateLimit / .milliseconds(1)) { return .tooOld }
        return attempt < attemptLimit ? .nextRun : .attemptsSpent
    }

    /// The earlier runs with events that did not arrive and are worth another try, by start.
    func late(before run: AuditRun) -> [(run: AuditRun.ID, events: [RunNotification.Event])] {
        let oldest = run.startedAt.milliseconds - Int64(Self.lateLimit / .milliseconds(1))
        let pending = records.filter { record in
            record.sentAt == nil && record.attempts < Self.attemptLimit && record.run != run.id
                && record.startedAt < run.startedAt && record.startedAt.milliseconds >= oldest
        }
        var late: [(run: AuditRun.ID, events: [RunNotification.Event])] = []
        for record in pending {
            // A sign of life that comes late is none.
            guard let event = RunNotification.Event(rawValue: record.event), event != .alive else { continue }
            if late.last?.run == record.run {
                late[late.count - 1].events.append(event)
            } else {
                late.append((record.run, [event]))
            }
        }
        return Array(late.suffix(Self.lateCount))
    }

    /// Since when evidence has been incomplete in just the same way; nil where it was not in the run before.
    ///
    /// - Parameters:
    ///   - content: that of the run's own event.
    ///   - earlier: the judged runs before it, by start.
    func standing(
        _ content: Digest, before earlier: [AuditRun], day: (AuditRun) -> CalendarDay
    ) -> RunNotification.Standing? {
        let same = Set(
            records.filter { $0.event == RunNotification.Event.incomplete.rawValue && $0.content == content }
                .map(\.run))
        let row = earlier.reversed().prefix { same.contains($0.id) }
        return row.last.map { first in
            RunNotification.Standing(run: first.id, day: day(first), nights: row.count + 1)
        }
    }
}
