import ArgumentParser
import AuditModel
import AuditPipeline
import Foundation
import Policies
import SnapshotStore

struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "What turns red by itself in the days to come, where nobody changes anything.",
        discussion: """
            The captures of the latest sealed run of each environment are judged as the runs of the coming days would: \
            waivers end and begin, and rules that read the time ('now') are judged again day by day, at the time of day at \
            which the last run started. Policies and waivers are today's, as for 'audit check'; where neither the \
            configuration nor --policies names any and there is no folder 'policies', those that the run recorded. What \
            moved since the run is told, too: no run has shown it yet. Nothing is fetched and nothing is stored.

            Exit status: 0 wherever it could be told. With --exit-code 1 where something turns red, and 3 where verdicts of \
            the run are unknown, so that something may turn red that cannot be foreseen.

            Examples:
              audit forecast
              audit forecast --days 90 --client 4199
              audit forecast --format csv > coming.csv
            """)

    @OptionGroup var common: CommonOptions
    @Option(help: "How many days after today are looked at: 1 to 366.")
    var days = 30
    @Option(help: "Only this client: its number, its code or environment/number; repeatable.")
    var client: [String] = []
    @Option(
        name: .customLong("policies"), help: "A policy file or folder, repeatable; overrides the configuration.",
        completion: .file(extensions: ["yaml", "yml"]))
    var policies: [String] = []
    @Option(
        help: "The waiver file; overrides the configuration.", completion: .file(extensions: ["yaml", "yml"]))
    var waivers: String?
    @Option(help: "text, json or csv.")
    var format: TableFormat = .text
    @Flag(
        name: .customLong("exit-code"),
        help: "Exit with 1 where something turns red, with 3 where verdicts are unknown.")
    var exitCode = false

    func validate() throws {
        guard (1...366).contains(days) else { throw ValidationError("--days \(days): write a number from 1 to 366.") }
    }

    func run() throws {
        let workspace = try Workspace(common, needsConfiguration: false)
        let store = try workspace.openStore()
        let chronicle = Chronicle(store: store, zone: workspace.zone, retired: workspace.configuration?.retired ?? [])
        let rules = try rules(workspace)
        let latest = try environments(workspace, store).map { environment in
            (environment, try run(of: environment, in: store, workspace, needsPolicies: rules == nil))
        }
        let chosen = try chronicle.clients(client, of: latest.map(\.1))
        var forecasts: [Forecast] = []
        for (environment, run) in latest {
            // Of an environment that has none of the clients asked for there is nothing to tell.
            if let chosen, !chosen.contains(where: { $0.environment == environment.name }) { continue }
            let own = try rules ?? recorded(run, chronicle, workspace)
            forecasts.append(
                try chronicle.forecast(
                    after: run, judgedBy: own.policies, waivers: own.waivers,
                    from: workspace.zone.day(of: try workspace.now(isSynthetic: environment.isSynthetic)), days: days,
                    only: chosen))
        }
        let presentation = ForecastPresentation(
            forecasts: forecasts, days: days, zone: workspace.zone, isOfRecordedRules: rules == nil)
        presentation.show(as: format)
        guard exitCode else { return }
        // What is unknown may turn red, too, so nothing is no clean answer.
        if forecasts.contains(where: { $0.unknownCount > 0 }) { throw CommandEnd(.incomplete) }
        let red = forecasts.map(\.movesToRed)
        if red.contains(where: { !$0.coming.isEmpty || !$0.overdue.isEmpty }) { throw CommandEnd(.findings) }
    }

    /// The environment that is named, or all.
    private func environments(_ workspace: Workspace, _ store: SnapshotStore) throws -> [StoredEnvironment] {
        if common.environment != nil {
            return [try workspace.environment(in: store, saidBy: client.map { .client($0) })]
        }
        let stored = try store.environments().compactMap { name in
            try store.address(of: name).map { StoredEnvironment(name: name, address: $0) }
        }
        // Nothing stored at all has its sentence.
        return stored.isEmpty ? [try workspace.environment(in: store)] : stored
    }

    /// The latest sealed run that has started by now.
    private func run(
        of environment: StoredEnvironment, in store: SnapshotStore, _ workspace: Workspace, needsPolicies: Bool
    ) throws -> AuditRun {
        let now = try workspace.now(isSynthetic: environment.isSynthetic)
        let sealed = try store.runs(in: environment.name).filter {
            $0.state.isSealed && (!needsPolicies || $0.policySet != nil)
        }
        guard let run = sealed.filter({ $0.startedAt <= now }).max(by: { $0.startedAt < $1.startedAt }) else {
            throw CommandEnd(
                .usage,
                "\(environment.name) has no sealed run \(needsPolicies ? "with policies " : "")up to \(now.rfc3339); "
                    + "'audit run' makes one\(needsPolicies ? ", and --policies names the rules for one without" : "")."
            )
        }
        return run
    }

    /// Today's policies and waivers; nil where those count that the run recorded.
    private func rules(_ workspace: Workspace) throws -> (policies: PolicySet, waivers: WaiverSet)? {
        let named = policies.isEmpty ? workspace.configuration?.policies ?? [] : policies
        if named.isEmpty, !FileManager.default.fileExists(atPath: "policies") { return nil }
        return (
            try PolicyFiles.load(named.isEmpty ? ["policies"] : named),
            try WaiverFiles.load(waivers, workspace) ?? .none
        )
    }

    /// What a run recorded; a waiver file that is named counts nevertheless.
    private func recorded(
        _ run: AuditRun, _ chronicle: Chronicle, _ workspace: Workspace
    ) throws -> (policies: PolicySet, waivers: WaiverSet) {
        guard let policies = try chronicle.policySet(of: run) else {
            throw PipelineError.recordedPoliciesUnreadable(run.id, message: "no rules")
        }
        return (
            policies,
            waivers == nil
                ? try chronicle.waivers(of: run).waivers : try WaiverFiles.load(waivers, workspace) ?? .none
        )
    }
}
