import ArgumentParser
import AuditModel
import AuditPipeline
import Policies

extension PolicyCommand {
    struct Backtest: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What a policy would have said of the stored nights, had it been there.",
            discussion: """
                Judges every stored night again by the policy files that are named, and tells for each rule the first night in \
                which it would have fired and for whom, in how many nights and for how many clients it fails, how often a client \
                came back to failing after it had passed (flaps), and what could not be told. Every sealed run is a night. A night \
                whose capture failed is unknown; nothing is carried over from the night before. A client counts in the nights in \
                which it was on the roster, with the labels that it had then. Waivers are not laid over. Nothing is fetched and \
                nothing is stored.

                --client tells those clients' histories under each rule; the JSON has the histories of every client that a rule \
                fails or cannot judge besides.

                Exit status: 0 wherever it could be told; with --exit-code 3 where a verdict is unknown in any night, else 1 where \
                a rule would have fired. 2 where a file has mistakes (all are shown) or no night is stored between the days. 3 \
                where there is no rule, or no rule judges anyone in any night.

                Examples:
                  audit policy backtest candidate.yaml --since 2026-08-01
                  audit policy backtest candidate.yaml --since 2026-08-01 --set maxFailedLogins=3
                  audit policy backtest candidate.yaml --client 4199 --format csv
                """)
        @Argument(
            help: ArgumentHelp("The candidate's policy files or folders.", valueName: "file"), completion: .yamlFile)
        var paths: [String]
        @OptionGroup var common: CommonOptions
        @Option(help: "The first day (YYYY-MM-DD). Default: that of the first stored night.")
        var since: String?
        @Option(help: "The last day (YYYY-MM-DD). Default: that of the last stored night.")
        var until: String?
        @Option(help: "Only this client: its number, its code or environment/number; repeatable.")
        var client: [String] = []
        @Option(
            help: ArgumentHelp(
                "Sets a parameter of the policies (JSON value); repeatable.", valueName: "name=value"))
        var set: [String] = []
        @Option(help: "text, json or csv.")
        var format: TableFormat = .text
        @Flag(
            name: .customLong("exit-code"),
            help: "Exit with 3 where a verdict is unknown in any night, else with 1 where a rule would have fired.")
        var exitCode = false

        func run() throws {
            let parameters = try Assumptions(set)
            guard parameters.settings.isEmpty else {
                throw CommandEnd(.usage, "--set: history is judged as it was; only parameters can be set here.")
            }
            let policies = try PolicyFiles.load(paths, overriding: parameters.parameters)
            guard !policies.facts.isEmpty else { throw Check.nothing(policies.policies.count) }
            let trial = try Trial(
                Workspace(common, needsConfiguration: false),
                saidBy: EnvironmentMention.runs(since, until) + client.map { .client($0) })
            let nights = try trial.nights(since: since, until: until)
            let details: BacktestReport.Details =
                !client.isEmpty ? .everyone : format == .json ? .notable : .none
            let report = try trial.chronicle.backtest(policies, over: nights, clients: client, details: details)
            BacktestPresentation(
                report: report, timeZone: trial.workspace.zone.identifier, tellsClients: !client.isEmpty
            )
            .show(as: format)
            guard report.judgesAnyone else {
                throw CommandEnd(
                    .incomplete,
                    "no rule judges any client in these nights, so nothing was tried; check the scopes and the conditions."
                )
            }
            guard exitCode else { return }
            if report.hasUnknowns { throw CommandEnd(.incomplete) }
            if report.hasFailures { throw CommandEnd(.findings) }
        }
    }
}
