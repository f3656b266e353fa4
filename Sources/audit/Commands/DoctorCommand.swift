import ArgumentParser
import AuditModel

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Checks the configuration and says how to mend what is wrong.",
        discussion: """
            Files, policies, credentials by reference, whether each platform can be reached, the clock, the disk, the database, \
            and the last complete run of each environment. No login is tried, so no account can be locked. Exit status 0 where nothing is wrong, 2 \
            where the configuration or a policy is, 74 where a file or the database is, 3 where a platform does not answer.

            Example: audit doctor --config /etc/audit/config.yaml
            """)

    @OptionGroup var common: CommonOptions
    @Option(help: "text, json or csv.")
    var format: TableFormat = .text

    func run() async throws {
        let workspace = try Workspace(common, needsConfiguration: true)
        var examination = Examination(workspace: workspace)
        await examination.examine()
        let rows = examination.findings.map { finding -> [SettingValue] in
            [.string(finding.grade.rawValue), .string(finding.subject), .string(finding.sentence)]
        }
        Listing.print(columns: ["state", "what", "finding"], rows: rows, as: format)
        let status = examination.findings.map(\.status).max() ?? .success
        if status != .success { throw CommandEnd(status) }
    }
}
