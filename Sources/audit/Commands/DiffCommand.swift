import ArgumentParser
import AuditModel
import AuditPipeline
import Reports

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "What changed between two dates: settings and verdicts.",
        discussion: """
            A date stands for the latest sealed run that started on or before that day; the output says which. Run ids (or \
            their beginning), 'latest' and 'previous' do, too. Verdicts are those recorded with each run. Lists are compared \
            by key: their order alone is never a change. Nothing is fetched.

            Examples:
              audit diff previous latest
              audit diff 2026-11-01 2026-11-15 --client 4199 --output html=diff.html
              audit diff 2026-11-01 2026-11-15 --output json=-
              audit diff 2026-11-01 2026-11-15 --output json-patch=patches.json

            json-patch has one patch (RFC 6902) for each client and group: it takes the earlier stored document exactly to the \
            later one, the order of lists included.
            """)

    @Argument(help: "The earlier side: a date, a run id, 'latest' or 'previous'.", completion: .run)
    var from: String
    @Argument(help: "The later side.", completion: .run)
    var to: String
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Only this client: its number, its code or environment/number; repeatable.")
    var client: [String] = []
    @Option(
        help: "Only this group: internal, settings, messaging, voicePool or countries; repeatable.", completion: .group)
    var group: [String] = []
    @Option(help: "Only settings at or below this path, for example internal.passwordExpirationDays; repeatable.")
    var path: [String] = []
    @Flag(
        name: .customLong("exit-code"),
        help: "Exit with 1 where something changed, with 3 where a group cannot be compared.")
    var exitCode = false

    func run() throws {
        let workspace = try Workspace(common, needsConfiguration: false)
        let outputs = try output.outputs(isDiff: true)
        let filter = try DiffFilter(
            clients: client, groups: DiffArguments.groups(group), paths: DiffArguments.paths(path, option: "--path"))
        // Told before anything is read, and so that no other output is written first.
        let hasPatch = outputs.contains { PatchFormat(rawValue: $0.format) != nil }
        if hasPatch, !filter.paths.isEmpty { throw PipelineError.patchOfAPart }
        let store = try workspace.openStore()
        let environment = try workspace.environment(
            in: store, saidBy: EnvironmentMention.runs(from, to) + client.map { .client($0) })
        let earlier = try workspace.selection(from, of: environment, in: store)
        let later = try workspace.selection(to, of: environment, in: store)
        if let disorder = RunSelection.disorder(from: earlier, to: later) {
            throw CommandEnd(.usage, "\(disorder); swap them: audit diff \(to) \(from).")
        }
        let chronicle = Chronicle(
            store: store, zone: workspace.zone, retired: workspace.configuration?.retired ?? [])
        try chronicle.requireKnown(filter.paths, in: earlier.run, and: later.run)
        let report = try chronicle.difference(from: earlier, to: later, filter: filter)
        let patches = hasPatch ? try chronicle.patches(of: report, filter: filter) : nil
        try Presentation.show(report, output: output, outputs: outputs)
        if let patches { try Presentation.write(patches, output: output, outputs: outputs) }
        guard exitCode else { return }
        // What cannot be compared may hide a change, so it is no clean answer.
        if !report.incomparable.isEmpty { throw CommandEnd(.incomplete) }
        if !report.isEmpty { throw CommandEnd(.findings) }
    }
}
