import ArgumentParser
import AuditModel
import Collector
import Foundation
import Remediator

struct RemediateApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Carries out one plan: reads the pool again, writes, reads it once more.",
        discussion: """
            Refuses, with nothing written, where remediation is not enabled, the plan has expired or its file was changed, the \
            environment or its base URL is another, the session or the settings are another client's, the pool or the default \
            voice is not what the plan saw, more writes remain than --max-changes, or the default voice would be removed \
            without --force. The last voice of a pool is never removed.

            Each call is put into the journal (DATABASE.remediation/journal.ndjson) before it is sent, its outcome after it. No \
            call is repeated because of a time-out or an error: the pool is read, and decides. Where an application was cut \
            off, apply the same plan again: it tells which writes took effect and goes on with the others; the pool must be one \
            on the plan's way. A plan that was applied to its end is not applied again.

            Which campaigns use a voice is not visible through the API: look in the portal before a voice is removed.

            Exit status: 0 where the pool is as the plan wants it (or for --dry-run could be), 3 where it is not or could not be \
            read, 5 where the login was refused, 2 where the plan was refused, 4 where plan or journal were changed by others, \
            74 where the journal could not be written, 75 where another process applies.

            Examples:
              audit remediate apply 3f2a9b1c --dry-run
              audit remediate apply 3f2a9b1c --by 'J. Doe, CHG-4711'
            """)

    @Argument(help: "The plan's digest, or the first eight or more of its digits.")
    var digest: String
    @OptionGroup var common: CommonOptions
    @Option(name: .customLong("max-changes"), help: "The most writes that may be made.")
    var maximumChanges = 10
    @Flag(help: "Remove a voice though it is the client's default voice.")
    var force = false
    @Flag(name: .customLong("dry-run"), help: "Log in and read, tell what would be written, and write nothing.")
    var dryRun = false
    @Option(help: ArgumentHelp("Who applies it, for the journal. Default: the system's user.", valueName: "who"))
    var by: String?
    @Flag(name: .customLong("retry-login"), help: "Log in even where this very credential was refused before.")
    var retryLogin = false
    @Option(help: "text or json.")
    var format: WhyFormat = .text

    func run() async throws {
        guard maximumChanges > 0 else { throw CommandEnd(.usage, "--max-changes must be 1 or more.") }
        let workspace = try Workspace(common, needsConfiguration: true)
        let execution = RemediationExecution(workspace: workspace, retriesRefusedLogin: retryLogin)
        let process = ProcessInfo.processInfo
        let order = ApplyOrder(
            maximumWrites: maximumChanges, isForced: force, isDryRun: dryRun, by: by ?? NSUserName(),
            process: "user \(NSUserName()), process \(process.processIdentifier) on \(process.hostName)",
            toolVersion: ToolVersion.current)
        do {
            let (applied, head) = try await execution.apply(planNamed: digest, order: order)
            ApplicationPresentation(
                applied: applied, journal: RemediationFolder(ofDatabase: workspace.database).journal, head: head
            ).show(as: format)
            if applied.status != .success { throw CommandEnd(applied.status) }
        } catch let error as RemediationError {
            throw CommandEnd(error.status, error.description)
        }
    }
}
