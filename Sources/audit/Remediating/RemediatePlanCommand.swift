import ArgumentParser
import AuditModel
import AuditPipeline
import Collector
import LiveVoxAPI
import Remediator
import SnapshotStore

struct RemediatePlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Makes plans of the latest run's failures, and lists manual steps for the rest.",
        discussion: """
            Reads the database alone: no network, no credentials. The rules and waivers are those that the run recorded; what a \
            waiver lies over, then or today, is let be.

            A plan is made for each client whose pool can be mended by writes that have one answer: contains and supersetOf \
            add what is missing; subsetOf, containsNone and each remove what does not fit. The pool as it would be is judged \
            by all rules before a plan is made: one that would make another rule fail, or leave no voice, is none. size, unique, \
            any, not and cel leave a choice, which comes out as a manual step.

            A manual step has the rule's own words on the fix, and what the client's other rules ask of the same setting, so \
            that mending one breaks none of them.

            A plan binds the environment and its base URL, the client's number and code, the pool and default voice that were \
            seen, the writes in order and an end. It is kept beside the database (DATABASE.remediation/plans, mode 0600) under \
            the SHA-256 of its bytes, by which it is applied.

            Exit status: 0 wherever it could be told, 2 where the client, the rule or the run are not there, 74 where a plan \
            could not be written.

            Examples:
              audit remediate plan
              audit remediate plan --client ACME --rule CHG-VOICE-POOL --expires 4h
              audit remediate plan --finding F-1a2b3c4d
              audit remediate plan --format json --output remediation.json
              audit remediate plan --format csv > steps.csv
            """)

    @OptionGroup var common: CommonOptions
    @Option(help: "Only this client: its number, its code or environment/number; repeatable.")
    var client: [String] = []
    @Option(help: "Only this rule; repeatable.")
    var rule: [String] = []
    @Option(help: ArgumentHelp("Only this finding, by its id (F-1a2b3c4d).", valueName: "id"))
    var finding: String?
    @Option(help: "How long the plans can be applied, for example 4h.")
    var expires: DurationArgument = .init(duration: .seconds(24 * 3600))
    @Option(
        help: ArgumentHelp("Write it to a file instead of standard output.", valueName: "file"), completion: .file())
    var output: String?
    @Option(help: "text, json or csv.")
    var format: TableFormat = .text

    func run() throws {
        guard finding == nil || client.isEmpty && rule.isEmpty else {
            throw CommandEnd(.usage, "--finding names a client and a rule; leave --client and --rule out.")
        }
        guard expires.duration > .zero else { throw CommandEnd(.usage, "--expires must be more than nothing.") }
        let workspace = try Workspace(common, needsConfiguration: false)
        let trial = try Trial(
            workspace,
            saidBy: client.map { .client($0) } + (finding.map { [.finding($0)] } ?? []))
        let now = try workspace.now(isSynthetic: trial.environment.isSynthetic)
        guard
            let run = try trial.store.runs(in: trial.environment.name).last(where: {
                $0.state.isSealed && $0.kind == .full
            })
        else {
            throw CommandEnd(.usage, "no run of '\(trial.environment.name)' has judged anything yet; 'audit run' does.")
        }
        var (clients, rules) = (client, rule)
        if let finding {
            let subject = try trial.chronicle.subject(ofFinding: finding, in: try trial.nights(since: nil, until: nil))
            clients.append(subject.client.id.description)
            rules.append(subject.ruleID)
        }
        let report = try trial.chronicle.remedies(
            of: run, clients: clients, rules: rules,
            waivers: try WaiverFiles.load(nil, workspace).map { WaiversOnDay($0, on: workspace.zone.day(of: now)) })
        let sheet = RemediationSheet(
            of: report, createdAt: now, expiresAt: now.advanced(by: expires.duration),
            permission: RemediationSheet.Permission(workspace.configuration),
            apiVersion: Self.apiVersion(of: run.environment, workspace.configuration))
        let folder = RemediationFolder(ofDatabase: workspace.database)
        try RemediationEnd.telling { for plan in sheet.plans { try folder.write(plan.plan) } }
        let bytes =
            switch format {
            case .text: sheet.text(usesColor: output == nil && Console.usesColor(.auto))
            case .json: sheet.jsonText
            case .csv: sheet.csvText
            }
        guard let output else { return Console.result(bytes) }
        try FileWriter.write(bytes, to: output)
        Console.message("wrote \(output)")
    }

    private static func apiVersion(of environment: EnvironmentName, _ configuration: AuditConfiguration?) -> APIVersion?
    {
        guard case .platform(let settings)? = configuration?.environments.first(where: { $0.name == environment })?.kind
        else { return nil }
        return settings.apiVersion
    }
}
