import ArgumentParser
import AuditModel

/// The root command. Its subcommands are one file each; what they share is in `Options`.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Audits the configuration of LiveVox clients: snapshots, policies, drift.",
        discussion: """
            Every night 'audit run' reads five groups of settings of each client, keeps them as snapshots, judges them \
            against policy files, tells what changed since the night before, and writes reports. It only ever reads.

            First steps:
              audit demo            audits 14 nights of an emulated platform; needs nothing
              audit init            writes an audit.yaml to edit
              audit doctor          checks it and says how to mend what is wrong
              audit run             the night
              audit diff previous latest

            The exit statuses are explained by 'audit exit-codes'.
            """,
        version: ToolVersion.current,
        subcommands: [
            RunCommand.self, FetchCommand.self, CheckCommand.self, DiffCommand.self, ReportCommand.self,
            HistoryCommand.self, WhyCommand.self, ForecastCommand.self, NotifyCommand.self,
            SnapshotCommand.self, PolicyCommand.self,
            WaiverCommand.self, VerifyCommand.self, ProveCommand.self, CheckpointCommand.self, PackCommand.self,
            RemediateCommand.self, ServeCommand.self, EmulatorCommand.self, DemoCommand.self, InitCommand.self,
            DoctorCommand.self, ExitCodesCommand.self,
        ])
}

/// The version of this tool, which runs record.
enum ToolVersion {
    static let current = "0.1.0"
}
