import ArgumentParser
import AuditModel
import AuditPipeline
import Collector
import Foundation
import Reports
import SnapshotStore

struct NotifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notify",
        abstract: "Tells the destinations of 'notify:' of a stored run; --print shows the messages and sends none.",
        discussion: """
            At its end 'audit run' does this. By hand it is for what did not arrive, and for trying a configuration out:

              notify:
                - name: on-call
                  webhook: env:SLACK_URL             # or file:PATH, cmd:COMMAND; never the address itself
                  on: [new, fixed, incomplete]       # also: alive, where there is nothing else to tell
                  minimumSeverity: high              # of new and fixed

            A destination is told of each event of a run once, however often this is called. What did not arrive is tried again \
            by the next five runs of the program within seven days, and says so. --resend tells again what arrived. See \
            docs/notifications.md.

            Exit status: 0 where everybody was told or there was nothing to tell; 74 where a message did not arrive.

            Examples:
              audit notify --print
              audit notify
              audit notify 2026-11-01 --resend
            """)

    @Argument(help: ArgumentHelp("A date, a run id, 'latest' or 'previous'.", valueName: "run"), completion: .run)
    var which = "latest"
    @OptionGroup var common: CommonOptions
    @Flag(help: "Show each message as it would be sent now; nothing is sent and nothing is recorded.")
    var print = false
    @Flag(help: "Tell again what was told already.")
    var resend = false

    func run() async throws {
        let workspace = try Workspace(common, needsConfiguration: true)
        guard let configuration = workspace.configuration else { return }
        guard !configuration.notify.isEmpty else {
            throw CommandEnd(
                .usage,
                "\(configuration.file ?? "the configuration") names nobody to tell; write notify: [{webhook: env:NAME, on: [new, fixed, incomplete]}]."
            )
        }
        if print, resend { throw CommandEnd(.usage, "--print sends nothing, so --resend says nothing beside it.") }
        // So that a missing database is told of, and not made.
        let reading = try workspace.openStore()
        let environment = try workspace.environment(in: reading, saidBy: [.run(which)])
        guard !print else { return try await show(workspace, configuration, reading, environment) }
        try reading.close()
        let store = try SnapshotStore.open(at: workspace.database, access: .readWrite)
        // Else a run that ends meanwhile would tell the same.
        let lock = try store.acquireRunLock(holder: RunHolder.description("notify", now: Workspace.clock()))
        defer { lock.release() }
        let report = try report(workspace, configuration, store, environment)
        let now = try workspace.now(isSynthetic: environment.isSynthetic)
        let receipts = await notifier(workspace, configuration, store) { now }
            .tell(report, isRepeated: resend)
        guard !receipts.isEmpty else {
            return Console.words("nobody is told of the runs of \(environment.name)\n")
        }
        for receipt in receipts {
            for remark in receipt.remarks { Console.words("\(receipt.destination): \(remark)\n") }
            for failure in receipt.failures { Console.message(failure.sentence) }
        }
        if let status = receipts.flatMap(\.failures).map(\.status).max() { throw CommandEnd(status) }
    }

    private func show(
        _ workspace: Workspace, _ configuration: AuditConfiguration, _ store: SnapshotStore,
        _ environment: StoredEnvironment
    ) async throws {
        let report = try report(workspace, configuration, store, environment)
        let notifier = notifier(workspace, configuration, store) { report.run.startedAt }
        for destination in configuration.notify where destination.concerns(environment.name) {
            guard let (message, toldAt) = try notifier.message(of: report, to: destination) else {
                Console.words("# \(destination.displayName): nothing to tell\n")
                continue
            }
            var format = destination.format
            if format == nil {
                do { format = try await destination.address().format } catch {
                    Console.message("\(destination.displayName): \(error.description); the message is shown as json.")
                }
            }
            let events = message.events.map(\.rawValue).joined(separator: ", ")
            let told = toldAt.map { "; was told already at \($0.rfc3339)" } ?? ""
            Console.words("# \(destination.displayName), \((format ?? .json).rawValue): \(events)\(told)\n")
            Console.result(message.text(as: format ?? .json))
        }
    }

    private func report(
        _ workspace: Workspace, _ configuration: AuditConfiguration, _ store: SnapshotStore,
        _ environment: StoredEnvironment
    ) throws -> AuditReport {
        let judged = try store.runs(in: environment.name).filter { $0.kind == .full }
        guard !judged.isEmpty else {
            throw CommandEnd(.usage, "nothing was judged in \(environment.name) yet; 'audit run' does that.")
        }
        let selection = try RunSelection.resolve(
            which, among: judged, zone: workspace.zone, now: try workspace.now(isSynthetic: environment.isSynthetic))
        if let note = selection.note { Console.message("\(selection.asked) → run of \(selection.day), \(note)") }
        return try chronicle(workspace, configuration, store).report(
            of: selection.run, judgedBy: .recorded, exitPolicy: ExitPolicy(failOn: configuration.failOn))
    }

    private func notifier(
        _ workspace: Workspace, _ configuration: AuditConfiguration, _ store: SnapshotStore,
        clock: @escaping @Sendable () -> Timestamp
    ) -> Notifier {
        Notifier(
            destinations: configuration.notify, store: store, chronicle: chronicle(workspace, configuration, store),
            zone: workspace.zone, exitPolicy: ExitPolicy(failOn: configuration.failOn), clock: clock)
    }

    private func chronicle(
        _ workspace: Workspace, _ configuration: AuditConfiguration, _ store: SnapshotStore
    ) -> Chronicle {
        Chronicle(store: store, zone: workspace.zone, retired: configuration.retired)
    }
}
