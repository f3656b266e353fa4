import ArgumentParser
import AuditModel

/// Where the configuration and the store are; shared by all commands that need either.
struct CommonOptions: ParsableArguments {
    @Option(
        help:
            "The configuration file. Default: $AUDIT_CONFIG, ./audit.yaml, $XDG_CONFIG_HOME/audit/config.yaml, /etc/audit/config.yaml.",
        completion: .yamlFile)
    var config: String?
    @Option(help: "The database file; overrides the configuration.", completion: .file())
    var database: String?
    @Option(name: .customLong("time-zone"), help: "The IANA zone that dates are told in; overrides the configuration.")
    var timeZone: String?
    @Option(help: "The environment; needed only where there are several.")
    var environment: String?
    @Option(help: "The present, as RFC 3339; accepted only for emulated data.")
    var now: String?

    /// Ends a command that is of all environments where one was chosen, which it would ignore.
    ///
    /// - Parameter sentence: what the command is of.
    func refuseEnvironment(_ sentence: String) throws {
        guard environment != nil else { return }
        throw CommandEnd(.usage, "--environment: \(sentence); leave the option out.")
    }
}

/// How a report is printed and where else it is written.
struct OutputOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write the report in a format to a path, repeatable: \(ReportOutput.formats.joined(separator: ", ")); '-' is standard output.",
            valueName: "format=path"), completion: .list(ReportOutput.formats.map { $0 + "=" }))
    var output: [String] = []
    @Option(help: "Colour: auto, always or never. NO_COLOR is obeyed.")
    var color: Console.ColorChoice = .auto
    @Flag(help: "Also list what needs no action.")
    var all = false
    @Flag(help: "No progress and no names of written files on standard error.")
    var quiet = false

    /// The outputs that were asked for.
    ///
    /// - Parameter isDiff: whether the report compares two runs, for which some formats have no form.
    func outputs(isDiff: Bool = false) throws -> [ReportOutput] {
        let formats = isDiff ? ReportOutput.formatsOfDiffs : ReportOutput.formats
        return try ReportOutput.distinct(parsed(formats, isDiff: isDiff))
    }

    private func parsed(_ formats: [String], isDiff: Bool) throws -> [ReportOutput] {
        try output.map { text in
            guard let split = text.firstIndex(of: "="), split != text.startIndex,
                text.index(after: split) != text.endIndex
            else {
                throw CommandEnd(.usage, "--output \(text): write FORMAT=PATH, for example --output html=report.html.")
            }
            let format = String(text[..<split])
            guard formats.contains(format) else {
                if ReportOutput.formats.contains(format) {
                    throw CommandEnd(
                        .usage,
                        "--output \(text): '\(format)' tells of one run, and a comparison has no form in it; write \(formats.joined(separator: ", ")), or take 'audit report'."
                    )
                }
                if ReportOutput.formatsOfDiffs.contains(format) {
                    throw CommandEnd(
                        .usage,
                        "--output \(text): '\(format)' tells of two runs; take 'audit diff'."
                    )
                }
                let near = NearestName.to(format, among: formats).map { " Did you mean '\($0)'?" } ?? ""
                throw CommandEnd(
                    .usage,
                    "--output \(text): unknown format '\(format)'; known are \(formats.joined(separator: ", ")).\(near)"
                )
            }
            return ReportOutput(format: format, path: String(text[text.index(after: split)...]))
        }
    }
}

/// When a run counts as failed.
struct ThresholdOptions: ParsableArguments {
    @Option(
        name: .customLong("fail-on"),
        help:
            "The least severity that gives exit status 1: critical, high, medium, low or info. Default: failOn of the configuration, else low."
    )
    var failOn: Severity?
    @Option(
        name: .customLong("on-incomplete"),
        help: "What counts first where there are findings and gaps: incomplete (3) or findings (1).")
    var onIncomplete: IncompleteChoice = .incomplete
}
