import ArgumentParser
import AuditModel
import AuditPipeline

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "The night: fetch, judge, compare with the run before, write reports.",
        discussion: """
            Goes on with a run that was cut off, unless --fresh. Writes the reports that audit.yaml names (HTML and JSON by \
            default) and prints a digest. Exit status 0 means that everything was captured and judged and nothing fails; \
            see 'audit exit-codes'.

            Example: audit run --config /etc/audit/config.yaml --fail-on high
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var night: NightOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var threshold: ThresholdOptions
    @Option(
        name: .customLong("policies"), help: "A policy file or folder, repeatable; overrides the configuration.",
        completion: .yamlFile)
    var policies: [String] = []
    @Option(help: "The waiver file; overrides the configuration.", completion: .yamlFile)
    var waivers: String?

    func run() async throws {
        let workspace = try Workspace(common, needsConfiguration: true)
        let set = try PolicyFiles.load(policies.isEmpty ? workspace.configuration?.policies ?? [] : policies)
        var execution = NightExecution(
            workspace: workspace, options: night, output: output,
            exitPolicy: workspace.exitPolicy(threshold), policies: set,
            waivers: try WaiverFiles.load(waivers, workspace))
        try await execution.run(environmentNamed: common.environment)
    }
}

struct FetchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Captures only: stores snapshots without judging them.",
        discussion: "A fetch-only run can be judged later: audit check --as-of DATE.\n\nExample: audit fetch")

    @OptionGroup var common: CommonOptions
    @OptionGroup var night: NightOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let workspace = try Workspace(common, needsConfiguration: true)
        var execution = NightExecution(
            workspace: workspace, options: night, output: output,
            exitPolicy: ExitPolicy(failOn: workspace.configuration?.failOn ?? .low), policies: nil)
        try await execution.run(environmentNamed: common.environment)
    }
}

/// How a night is run.
struct NightOptions: ParsableArguments {
    @Flag(help: "Start a new run even where an open one could be gone on with; the open one is sealed as partial.")
    var fresh = false
    @Flag(name: .customLong("retry-login"), help: "Try logins again that were refused before with the same credential.")
    var retryLogin = false
    @Flag(
        name: .customLong("accept-base-url"),
        help: "Take over another base URL than the one that the database knows for the environment.")
    var acceptBaseURL = false
    @Option(help: ArgumentHelp("How many clients are stored in one transaction.", visibility: .hidden))
    var batch = 64
}

extension Workspace {
    /// When a failure counts: options, then the configuration.
    func exitPolicy(_ options: ThresholdOptions) -> ExitPolicy {
        ExitPolicy(
            failOn: options.failOn ?? configuration?.failOn ?? .low, prefersFindings: options.onIncomplete == .findings)
    }
}
