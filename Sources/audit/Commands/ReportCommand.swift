import ArgumentParser
import AuditModel
import AuditPipeline
import Policies
import Reports
import SnapshotStore

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Renders a stored run again.",
        discussion: """
            With the policies and waivers that were recorded with the run, so the report says what it said then. Nothing is fetched. The \
            exit status is 0 wherever the report could be made.

            Examples:
              audit report
              audit report 2026-11-01 --output html=november.html
            """)

    @Argument(help: ArgumentHelp("A date, a run id, 'latest' or 'previous'.", valueName: "run"), completion: .run)
    var which = "latest"
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let workspace = try Workspace(common, needsConfiguration: false)
        let outputs = try output.outputs()
        let store = try workspace.openStore()
        let environment = try workspace.environment(in: store, saidBy: [.run(which)])
        let selection = try workspace.selection(which, of: environment, in: store)
        let chronicle = Chronicle(store: store, zone: workspace.zone, retired: workspace.configuration?.retired ?? [])
        let report = try chronicle.report(
            of: selection.run, judgedBy: .recorded,
            exitPolicy: ExitPolicy(failOn: workspace.configuration?.failOn ?? .low))
        try Presentation.show(
            report, selection: selection, output: output, outputs: outputs, locating: .store(chronicle))
    }
}

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Judges stored snapshots again, by default with today's policies and waivers.",
        discussion: """
            Nothing is fetched and nothing is stored. --as-of chooses the snapshots, --rules-as-of the policies and \
            waivers recorded with another run; --set changes a parameter of the policies (what if?). --from DIR judges \
            the files that 'audit snapshot export' wrote, as they are, without any database.

            Examples:
              audit check
              audit check --as-of 2026-11-01
              audit check --as-of 2026-11-01 --rules-as-of 2026-11-01
              audit check --set maxFailedLogins=3
              audit check --from snapshots/sample
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var threshold: ThresholdOptions
    @Option(
        name: .customLong("as-of"), help: "Whose snapshots: a date, a run id, 'latest' (the default) or 'previous'.",
        completion: .run)
    var asOf: String?
    @Option(
        help: ArgumentHelp("Judge the exported files of this folder instead of a store.", valueName: "dir"),
        completion: .directory)
    var from: String?
    @Option(
        name: .customLong("rules-as-of"),
        help: "Whose policies: a date, a run id, 'latest' or 'previous'. Default: today's.", completion: .run)
    var rulesAsOf: String?
    @Option(
        name: .customLong("policies"), help: "A policy file or folder, repeatable; overrides the configuration.",
        completion: .yamlFile)
    var policies: [String] = []
    @Option(help: "The waiver file; overrides the configuration.", completion: .yamlFile)
    var waivers: String?
    @Option(
        help: ArgumentHelp(
            "Sets a parameter of the policies (JSON value), or a setting by its path for every client (what if?); repeatable.",
            valueName: "name=value"))
    var set: [String] = []

    func run() async throws {
        let workspace = try Workspace(common, needsConfiguration: false)
        let outputs = try output.outputs()
        let assumptions = try Assumptions(set)
        if rulesAsOf != nil, !policies.isEmpty {
            throw CommandEnd(.usage, "--rules-as-of and --policies both say which rules; give one of them.")
        }
        if let from { return try await check(from, workspace, outputs, assumptions) }
        let store = try workspace.openStore()
        let environment = try workspace.environment(in: store, saidBy: EnvironmentMention.runs(asOf, rulesAsOf))
        let selection = try workspace.selection(asOf ?? "latest", of: environment, in: store)
        let chronicle = Chronicle(store: store, zone: workspace.zone, retired: workspace.configuration?.retired ?? [])
        let rules = try rules(workspace, environment, store, chronicle, overriding: assumptions.parameters)
        var report = try chronicle.report(
            of: selection.run, judgedBy: .policies(rules, assuming: assumptions.settings),
            exitPolicy: workspace.exitPolicy(threshold),
            waivers: try waivers(workspace, environment, store, chronicle))
        report.hypothesis = set.isEmpty ? nil : set.joined(separator: ", ")
        try Presentation.show(
            report, selection: selection, output: output, outputs: outputs, locating: .store(chronicle))
        if report.exitStatus != .success { throw CommandEnd(report.exitStatus) }
    }
}

extension CheckCommand {
    /// Judges exported files.
    private func check(
        _ folder: String, _ workspace: Workspace, _ outputs: [ReportOutput], _ assumptions: Assumptions
    ) async throws {
        guard asOf == nil, rulesAsOf == nil else {
            throw CommandEnd(.usage, "--as-of and --rules-as-of choose among stored runs; --from judges files.")
        }
        let files = try ExportedFolder(folder, environment: common.environment)
        let rules = try PolicyFiles.load(policyPaths(workspace), overriding: assumptions.parameters)
        let audit = ExportedAudit(
            policies: rules, zone: workspace.zone, exitPolicy: workspace.exitPolicy(threshold),
            assuming: assumptions.settings, waivers: try waiversOfToday(workspace))
        var report = try await ExportedCheck(folder: files, audit: audit, environment: common.environment).report()
        report.hypothesis = set.isEmpty ? nil : set.joined(separator: ", ")
        try Presentation.show(
            report, selection: nil, output: output, outputs: outputs, locating: .folder(files))
        if report.exitStatus != .success { throw CommandEnd(report.exitStatus) }
    }

    /// Today's waivers, for files that know of no store; nil where there are none.
    private func waiversOfToday(_ workspace: Workspace) throws -> WaiversOnDay? {
        guard let set = try WaiverFiles.load(waivers, workspace) else { return nil }
        return WaiversOnDay(set, on: workspace.zone.day(of: Workspace.clock()))
    }

    private func policyPaths(_ workspace: Workspace) -> [String] {
        policies.isEmpty ? workspace.configuration?.policies ?? InstalledFiles.defaultPolicies : policies
    }

    /// The waivers to lay over the failures: today's, on today; or those that another run recorded, on its day.
    private func waivers(
        _ workspace: Workspace, _ environment: StoredEnvironment, _ store: SnapshotStore, _ chronicle: Chronicle
    ) throws -> WaiversOnDay {
        guard let rulesAsOf else {
            let today = workspace.zone.day(of: try workspace.now(isSynthetic: environment.isSynthetic))
            return WaiversOnDay(try WaiverFiles.load(waivers, workspace) ?? .none, on: today)
        }
        return try chronicle.waivers(of: workspace.selection(rulesAsOf, of: environment, in: store).run)
    }

    /// The policies to judge by: today's, or those that another run recorded; with parameters set from outside.
    private func rules(
        _ workspace: Workspace, _ environment: StoredEnvironment, _ store: SnapshotStore, _ chronicle: Chronicle,
        overriding parameters: [String: SettingValue]
    ) throws -> PolicySet {
        guard let rulesAsOf else {
            return try PolicyFiles.load(policyPaths(workspace), overriding: parameters)
        }
        let selection = try workspace.selection(rulesAsOf, of: environment, in: store)
        if let note = selection.note {
            Console.message("rules: \(selection.asked) → run of \(selection.day), \(note)")
        }
        guard let recorded = try chronicle.policySet(of: selection.run) else {
            throw CommandEnd(
                .usage, "the run of \(selection.day) was a fetch without policies; choose another for --rules-as-of.")
        }
        if parameters.isEmpty { return recorded }
        let loaded = recorded.withOverrides(params: parameters)
        for diagnostic in loaded.diagnostics where diagnostic.severity == .error {
            Console.message(diagnostic.description)
        }
        guard let set = loaded.policySet else { throw CommandEnd(.usage, "--set does not fit the policies.") }
        return set
    }
}
