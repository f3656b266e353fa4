import ArgumentParser
import AuditModel
import AuditPipeline
import Policies

extension PolicyCommand {
    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Which verdicts two policy sets differ in: not which lines.",
            discussion: """
                Judges the latest stored night by both sets and tells each (rule, client) whose verdict is another, with what it \
                rests on. With --since, also how verdicts move over all nights since then. Rules that only one set has are told \
                apart, with how they judge; so are rules that are defined differently and change no verdict. Waivers are not laid \
                over. Nothing is fetched and nothing is stored.

                OLD and NEW are policy files or folders, several with commas between where one is laid over the other; \
                'recorded:RUN' stands for the policies that a run was judged by, where \
                RUN is a date, a run id, 'latest' or 'previous'.

                Exit status: 0 wherever it could be told; with --exit-code 1 where a verdict differs, or a rule was added or \
                retired. 2 where a file has mistakes (all are shown), a folder has no policy or no night is stored between the days. 3 where neither set \
                has a rule, or no client was on the roster.

                Examples:
                  audit policy diff recorded:latest policies
                  audit policy diff policies policies,overrides/client.yaml
                  audit policy diff policies proposed --since 2026-08-01 --exit-code
                """)
        @Argument(
            help: "The old set: policy files or folders with commas between, or recorded:RUN.", completion: .yamlFile)
        var old: String
        @Argument(help: "The new set.", completion: .yamlFile)
        var new: String
        @OptionGroup var common: CommonOptions
        @Option(help: "Also tell how verdicts move over the nights from this day on (YYYY-MM-DD).")
        var since: String?
        @Option(help: "The last day (YYYY-MM-DD). Default: that of the last stored night.")
        var until: String?
        @Option(help: "Only this client: its number, its code or environment/number; repeatable.")
        var client: [String] = []
        @Option(help: "text, json or csv.")
        var format: TableFormat = .text
        @Flag(
            name: .customLong("exit-code"),
            help: "Exit with 1 where a verdict differs, or a rule was added or retired.")
        var exitCode = false

        func run() throws {
            let trial = try Trial(
                Workspace(common, needsConfiguration: false),
                saidBy: EnvironmentMention.runs(
                    Trial.recordedRun(old), Trial.recordedRun(new), since, until))
            let before = try trial.policies(old)
            let after = try trial.policies(new)
            guard !before.facts.isEmpty || !after.facts.isEmpty else { throw Check.nothing(2) }
            let stored = try trial.nights(since: since, until: until)
            let nights = since == nil ? stored.last : stored
            let report = try trial.chronicle.policyDifference(
                from: before, to: after, over: nights, clients: client)
            PolicyDifferencePresentation(
                report: report, timeZone: trial.workspace.zone.identifier, tellsHistory: since != nil
            ).show(as: format)
            guard report.clientCount > 0 else {
                throw CommandEnd(.incomplete, "no client was on the roster, so nothing was compared.")
            }
            if exitCode, !report.isEmpty { throw CommandEnd(.findings) }
        }
    }
}
