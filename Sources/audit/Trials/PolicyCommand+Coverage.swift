import ArgumentParser
import AuditModel
import AuditPipeline
import Foundation
import Policies

extension PolicyCommand {
    struct Coverage: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Settings that no rule reads, rules that read nothing, and settings that nobody knows.",
            discussion: """
                Three lists: the documented settings that no rule reads; the paths of rules that lead to nothing for any client in \
                the latest stored night, or whose scope has no client; and the settings in stored snapshots that the settings \
                catalogue does not know (undocumented), with the first night that has them and the clients.

                Exit status: 0 wherever it could be told; with --exit-code 1 where a path leads to nothing, a scope has no client, \
                or a setting is undocumented. 2 where a file has mistakes (all are shown). 3 where there is no rule, or no stored \
                night to hold the rules against; the settings that no rule reads are told nevertheless.

                Examples:
                  audit policy coverage
                  audit policy coverage --policies proposed --until 2026-11-01 --format csv
                """)
        @Argument(
            help: "Policy files or folders. Default: those of the configuration, else the folder policies.",
            completion: .yamlFile)
        var paths: [String] = []
        @OptionGroup var common: CommonOptions
        @Option(
            name: .customLong("policies"),
            help: "A policy file or folder, repeatable; besides those that are arguments.", completion: .yamlFile)
        var policies: [String] = []
        @Option(help: "The last day (YYYY-MM-DD). Default: that of the last stored night.")
        var until: String?
        @Option(help: "Only this client: its number, its code or environment/number; repeatable.")
        var client: [String] = []
        @Option(help: "text, json or csv.")
        var format: TableFormat = .text
        @Flag(
            name: .customLong("exit-code"),
            help: "Exit with 1 where a rule reads nothing, a scope has no client, or a setting is undocumented.")
        var exitCode = false

        func run() throws {
            let workspace = try Workspace(common, needsConfiguration: false)
            let named = paths + policies
            let set = try PolicyFiles.load(
                named.isEmpty ? workspace.configuration?.policies ?? InstalledFiles.defaultPolicies : named)
            guard !set.facts.isEmpty else { throw Check.nothing(set.policies.count) }
            let report = try report(of: set, workspace)
            let presentation = CoveragePresentation(
                policies: set, report: report, timeZone: workspace.zone.identifier)
            presentation.show(as: format)
            guard report != nil else {
                throw CommandEnd(
                    .incomplete,
                    "there is no stored night at \(workspace.database), so the rules were not held against snapshots; "
                        + "'audit run' makes one, and --database names another.")
            }
            if exitCode, presentation.hasFindings { throw CommandEnd(.findings) }
        }

        /// What the store says; nil where it has no night.
        private func report(of set: PolicySet, _ workspace: Workspace) throws -> CoverageReport? {
            guard FileManager.default.fileExists(atPath: workspace.database) else { return nil }
            let trial = try Trial(workspace, saidBy: EnvironmentMention.runs(until))
            let nights: StoredNights
            do {
                nights = try trial.nights(since: nil, until: until)
            } catch StoredNightsError.noRuns {
                return nil
            }
            return try trial.chronicle.coverage(of: set, over: nights, clients: client)
        }
    }
}
