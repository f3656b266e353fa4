import AuditModel
import AuditPipeline
import Collector
import Foundation
import Reports
import SnapshotStore

/// Tells destinations outside of runs, each event of a run once, and again what did not arrive.
///
/// Delivery is at least once: a process that is killed between an answer and its record tells again. The message's id is
/// the same then.
struct Notifier: Sendable {
    let destinations: [NotificationDestination]
    let store: SnapshotStore
    let chronicle: Chronicle
    let zone: DayZone
    let exitPolicy: ExitPolicy
    let clock: @Sendable () -> Timestamp

    /// What came of one destination.
    struct Receipt: Sendable {
        /// The destination's display name.
        var destination: String
        /// Sentences on what was done.
        var remarks: [String] = []
        /// What did not arrive.
        var failures: [ExitCondition] = []
    }

    /// Tells every destination of a run, and of earlier ones that it was not told of.
    ///
    /// - Parameter isRepeated: whether the run is told of whatever was told already.
    /// - Returns: one receipt for each destination, in the configuration's order.
    func tell(_ report: AuditReport, isRepeated: Bool = false) async -> [Receipt] {
        // All at a time, so that one that does not answer holds nobody up.
        await withTaskGroup(of: (Int, Receipt).self) { group in
            for (index, destination) in destinations.enumerated() where destination.concerns(report.run.environment) {
                group.addTask { (index, await tell(report, to: destination, isRepeated: isRepeated)) }
            }
            var receipts: [(Int, Receipt)] = []
            for await receipt in group { receipts.append(receipt) }
            return receipts.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// The message that a destination would be sent of a run; nil where there is nothing that it asks for.
    func message(of report: AuditReport, to destination: NotificationDestination) throws -> (
        notification: RunNotification, toldAt: Timestamp?
    )? {
        let events = destination.events(of: report)
        guard !events.isEmpty else { return nil }
        let plan = try plan(for: destination, in: report.run.environment)
        return (
            try notification(of: report, events, to: destination, plan), plan.toldAt(events, of: report.run)
        )
    }

    private func tell(
        _ report: AuditReport, to destination: NotificationDestination, isRepeated: Bool
    ) async -> Receipt {
        var receipt = Receipt(destination: destination.displayName)
        do {
            let plan = try plan(for: destination, in: report.run.environment)
            let events = destination.events(of: report)
            let untold = isRepeated ? events : plan.untold(events, of: report.run)
            if events.isEmpty {
                receipt.remarks.append("nothing to tell")
            } else if untold.isEmpty {
                let moment = plan.toldAt(events, of: report.run).map { " at \($0.rfc3339)" } ?? ""
                receipt.remarks.append("was told already\(moment)")
            } else {
                let message = try notification(of: report, untold, to: destination, plan)
                guard await send(message, to: destination, &receipt) else { return receipt }
            }
            for (id, pending) in plan.late(before: report.run) {
                let earlier = try chronicle.report(
                    of: store.run(id), judgedBy: .recorded, exitPolicy: exitPolicy)
                let message = try notification(of: earlier, pending, to: destination, plan)
                guard await send(message, to: destination, &receipt) else { return receipt }
            }
        } catch {
            let cause = Explanation.end(for: error)?.message ?? "\(error)"
            receipt.failures.append(
                ExitCondition(.inputOutput, "What \(destination.displayName) is told could not be made out: \(cause)"))
        }
        return receipt
    }

    /// Sends one message and keeps what came of it; whether it arrived.
    private func send(
        _ message: RunNotification, to destination: NotificationDestination, _ receipt: inout Receipt
    ) async -> Bool {
        let run = message.report.run
        let what = "the run of \(message.report.day) (\(run.id.short))"
        var failure: WebhookPost.Failure?
        do {
            let address = try await destination.address()
            receipt.remarks += address.warnings
            try await WebhookPost.send(
                message.body(as: address.format), type: "application/json", to: address.url,
                userAgent: "audit/\(ToolVersion.current)", within: .seconds(15))
        } catch {
            failure = error
        }
        do {
            try store.recordNotification(
                of: run.id, to: fingerprint(of: destination),
                events: message.events.map { ($0.rawValue, message.content(of: $0)) }, at: clock(),
                isSent: failure == nil)
        } catch {
            receipt.failures.append(
                ExitCondition(
                    .inputOutput,
                    "That \(destination.displayName) was told of \(what) could not be recorded, so it may be told again: "
                        + (Explanation.end(for: error)?.message ?? "\(error)")))
        }
        guard let failure else {
            receipt.remarks.append(
                "told of \(what): \(message.events.map(\.rawValue).joined(separator: ", "))"
                    + (message.attempt > 1 ? ", at attempt \(message.attempt)" : ""))
            return true
        }
        let byHand = "no run tries again ('audit notify \(run.id.short)' does)"
        let next =
            switch NotificationPlan.retry(of: message.events, of: run, attempt: message.attempt, now: clock()) {
            case .nextRun: "the next run tries again"
            case .attemptsSpent: "it was attempt \(message.attempt), and \(byHand)"
            case .tooOld: "the run is more than seven days old, and \(byHand)"
            case .signOfLife: "a sign of life is not told late, and \(byHand)"
            }
        receipt.failures.append(
            ExitCondition(
                .inputOutput, "\(destination.displayName) was not told of \(what): \(failure.description); \(next)."))
        return false
    }

    private func notification(
        of report: AuditReport, _ events: [RunNotification.Event], to destination: NotificationDestination,
        _ plan: NotificationPlan
    ) throws -> RunNotification {
        var message = RunNotification(
            report: report, events: events, minimumSeverity: destination.minimumSeverity,
            attempt: plan.attempt(events, of: report.run))
        if events.contains(.incomplete) {
            let earlier = try store.runs(in: report.run.environment).filter {
                $0.state.isSealed && $0.kind == .full && $0.startedAt < report.run.startedAt
            }
            message.standing = plan.standing(message.content(of: .incomplete), before: earlier) {
                zone.day(of: $0.startedAt)
            }
        }
        return message
    }

    private func plan(
        for destination: NotificationDestination, in environment: EnvironmentName
    ) throws -> NotificationPlan {
        NotificationPlan(records: try store.notifications(in: environment, to: fingerprint(of: destination)))
    }

    private func fingerprint(of destination: NotificationDestination) throws -> Digest {
        try store.key().destinationFingerprint(of: Array(destination.identity.utf8))
    }
}
