import AuditModel
import Foundation
import SnapshotStore

extension Examination {
    /// Whether the database is whole, whether the next night can write to it, and how old what it holds is.
    mutating func examineStore() {
        guard FileManager.default.fileExists(atPath: workspace.database) else {
            return ok("database", "\(workspace.database) is not there yet; the first run makes it.")
        }
        do {
            let store = try SnapshotStore.open(at: workspace.database, access: .readOnly)
            try store.verifyIntegrity()
            let statistics = try store.statistics()
            ok(
                "database",
                "intact: \(count(statistics.runs, "run")), \(count(statistics.documents, "document")), \(statistics.sizeInBytes) bytes."
            )
            try examineKey(of: store)
            if statistics.prunedNights > 0 {
                ok(
                    "retention",
                    "\(statistics.prunedNights) of \(count(statistics.clientNights, "client-night")) are pruned: nothing had changed in "
                        + "them.")
            }
            for hold in try store.heldClients() {
                ok("legal hold", "\(hold.client) since \(hold.notedAt.rfc3339), by \(hold.notedBy): \(hold.reason)")
            }
            for environment in try store.environments() { try examineRuns(of: environment, in: store) }
        } catch {
            let end = Explanation.end(for: error)
            wrong("database", end?.message ?? "\(error)", end?.status ?? .inputOutput)
        }
    }

    /// The key is not needed for reading, but no night can be written without it. One that is damaged, cannot be read or is
    /// of another database was told of when the database was opened.
    private mutating func examineKey(of store: SnapshotStore) throws {
        do throws(StoreError) {
            _ = try store.key()
        } catch {
            guard try store.needsItsKey() else { return }
            wrong("key", error.description, Explanation.end(for: error)?.status ?? .inputOutput)
        }
    }

    private mutating func examineRuns(of environment: EnvironmentName, in store: SnapshotStore) throws {
        let runs = try store.runs(in: environment)
        guard !runs.isEmpty else { return }
        let subject = "last complete run of \(environment)"
        do {
            let now = try workspace.now(isSynthetic: store.address(of: environment)?.isSynthetic ?? false)
            let age = LastComplete(of: runs, at: now)
            if age.isInOrder { ok(subject, age.sentence) } else { warn(subject, age.sentence) }
        } catch let end as CommandEnd {
            wrong(subject, end.message, end.status)
        }
        for open in runs where open.state == .open {
            warn(
                "open run",
                "\(open.id.short) of \(open.startedAt.rfc3339) in \(environment) has not ended; 'audit run' goes on with it."
            )
        }
    }
}

/// The latest complete run of an environment, and whether it is as new as one a night would be.
struct LastComplete {
    /// The age from which a night is missing: one and a half, so that a late one is no alarm.
    static let longestAge = Duration.seconds(36 * 3600)

    /// Whether the latest run that ended is complete and not old.
    let isInOrder: Bool
    /// Which run it is, how old, and what came after it.
    let sentence: String

    /// - Parameters:
    ///   - runs: the runs of one environment by start; those that have not ended count for nothing here.
    ///   - now: the present.
    init(of runs: [AuditRun], at now: Timestamp) {
        let sealed = runs.filter(\.state.isSealed)
        guard let place = sealed.lastIndex(where: { $0.state == .complete }) else {
            isInOrder = false
            sentence = "there is none among \(count(runs.count, "run")); 'audit report' tells what was missing."
            return
        }
        let last = sealed[place]
        let age = Duration.milliseconds(now.milliseconds - last.startedAt.milliseconds)
        let later = sealed.count - 1 - place
        let isOld = age > Self.longestAge
        var clauses = ["\(last.id.short) of \(last.startedAt.rfc3339)"]
        if isOld || later > 0, age > .zero {
            let days = HistoryWords.days(age)
            clauses[0] += ", \(days) \(days == "1" ? "day" : "days") ago"
        }
        if later > 0 {
            clauses.append(
                "\(count(later, "later run")) \(later == 1 ? "is" : "are") not complete: 'audit report' tells what was missing"
            )
        } else if isOld {
            clauses.append("no run has ended since: see whether the scheduler still starts it")
        }
        isInOrder = later == 0 && !isOld
        sentence = clauses.joined(separator: "; ") + "."
    }
}
