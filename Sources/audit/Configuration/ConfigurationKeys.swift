import AuditModel
import Policies
import Reports

/// The keys of `audit.yaml`: what the reader knows, and what the published JSON Schema offers.
enum ConfigurationKeys {
    static let file = KeyTable([
        .init("database", .text(pattern: nil), "The database file. Default: snapshots/audit.sqlite."),
        .init(
            "policies", texts,
            "Policy files and folders; a later one may override an earlier one's rules. Default: policies."),
        .init("waivers", .text(pattern: nil), "The waiver file. Default: policies/waivers.yaml, where it is there."),
        .init("environments", .names(of: .definition("environment")), "Where settings come from, by name."),
        .init("accounts", .names(of: .map(account)), "How to log in, by name. Credentials come by reference alone."),
        .init("clients", .list(of: .map(client)), "The audited clients."),
        .init(
            "clientsFile", .text(pattern: nil),
            "More clients: CSV with the columns id,code,account,name, then one column a label."),
        .init(
            "sensitive", texts,
            "Settings whose values are hidden besides password, secret, token, key, credential: patterns of names, or paths."
        ),
        .init("timeZone", .text(pattern: nil), "The IANA zone of dates and file names. Default: UTC."),
        .init(
            "failOn", .word(Severity.allCases.map(\.rawValue)),
            "The least severity that gives exit status 1. Default: low."),
        .init("resumeWithin", duration, "How long a run that was cut off may be gone on with. Default: 6h."),
        .init("reports", .list(of: .map(report)), "The report files that each run writes."),
        .init("evidence", .map(evidence), "How the log of runs is signed, and where its checkpoints go."),
        .init("notify", .list(of: .map(notification)), "Who is told of each run."),
        .init(
            "remediation", .map(remediation),
            "Whether 'audit remediate apply' may write to voice pools, and with which credentials. Default: off."),
    ])

    static let remediation = KeyTable([
        .init("enabled", .flag, isRequired: true, "Whether plans may be applied."),
        .init(
            "accounts", .names(of: .map(remediationAccount)),
            "The credentials that write, by the name of the account whose clients they are for. Never those that read."),
    ])

    static let remediationAccount = KeyTable([
        .init("userName", notEmpty, isRequired: true, "The user: text, or a reference as for the password."),
        .init(
            "password", reference, isRequired: true,
            "env:NAME, file:PATH or cmd:COMMAND; {code} in it stands for the client's code."),
        .init("accessToken", reference, isRequired: true, "env:NAME, file:PATH or cmd:COMMAND."),
    ])

    static let notification = KeyTable([
        .init(
            "webhook", reference, isRequired: true,
            "Where the https:// address is that messages are posted to: env:NAME, file:PATH or cmd:COMMAND."),
        .init("name", notEmpty, "What audit calls it in sentences. Default: the reference."),
        .init(
            "on", .list(of: .word(RunNotification.Event.allCases.map(\.rawValue)), atLeast: 1),
            "What it is told of. alive: there is nothing else to tell. Default: new, fixed, incomplete."),
        .init(
            "format", .word(RunNotification.Format.allCases.map(\.rawValue)),
            "The form of messages. Default: slack for Slack's own hosts, else json."),
        .init(
            "minimumSeverity", .word(Severity.allCases.map(\.rawValue)),
            "The least severity of the findings that it is told of. Default: all."),
        .init(
            "environments", .list(of: .text(pattern: nil), atLeast: 1),
            "The environments whose runs it is told of. Default: all."),
    ])

    static let evidence = KeyTable([
        .init(
            "origin", .text(pattern: "^[^\\s+]+$"),
            "The name of the log, like a URL without a scheme. Default: derived from the database's key."),
        .init("key", reference, "The Ed25519 key that signs checkpoints: env:NAME, file:PATH or cmd:COMMAND."),
        .init("checkpoints", .list(of: .map(checkpointPlace)), "Where checkpoints go besides the database."),
    ])

    static let checkpointPlace = KeyTable(
        [
            .init("file", notEmpty, "A file, which is replaced."),
            .init("command", notEmpty, "A command that gets the checkpoint on standard input."),
            .init(
                "webhook", .text(pattern: "^(env:|file:|cmd:|https://|http://)"),
                "An https:// address, or a reference to one."),
        ], rules: [.exactlyOne(["file", "command", "webhook"])])

    static let report = KeyTable([
        .init("format", .word(ReportOutput.formats), isRequired: true, "The format."),
        .init(
            "path", notEmpty, isRequired: true,
            "Where to; {date}, {run} and {environment} are the run's. - is standard output."),
    ])

    static let emulated = KeyTable([
        .init(
            "emulator", .map(emulator), isRequired: true,
            "An emulated platform in the same process, which proves nothing about a real one.")
    ])

    static let emulator = KeyTable([
        .init("clients", .integer(clientsRange), "How many clients. Default: 25."),
        .init("seed", .integer(seedRange), "What its clients are drawn from. Default: 7."),
        .init("night", .integer(nightRange), "The night that it plays. Default: 0."),
    ])

    static let platform = KeyTable([
        .init(
            "baseURL", notEmpty, isRequired: true,
            "The platform, as https://api.livevox.com; http for loopback addresses alone."),
        .init(
            "apiVersion", .either([.null, .text(pattern: "^v[0-9]{1,4}\\.[0-9]{1,4}$")]),
            "The version in paths, as v5.0; null for none."),
        .init("concurrency", .integer(concurrencyRange), "Requests at a time."),
        .init("requestsPerSecond", .integer(requestsRange), "Requests in a second, at most."),
        .init("timeout", duration, "How long one request may take."),
        .init("clientTimeout", duration, "How long one client may take."),
        .init("runTimeout", duration, "How long a run may take."),
        .init("trustRoots", .text(pattern: nil), "A PEM file of certificate authorities besides the system's."),
    ])

    static let account = KeyTable([
        .init("environment", notEmpty, isRequired: true, "The environment that it logs in to."),
        .init(
            "clientName", notEmpty, isRequired: true,
            "The login's client name; {code} in it means a session for each client."),
        .init("userName", notEmpty, isRequired: true, "The user: text, or a reference as for the password."),
        .init("password", reference, isRequired: true, "env:NAME, file:PATH or cmd:COMMAND."),
        .init("accessToken", reference, isRequired: true, "env:NAME, file:PATH or cmd:COMMAND."),
        .init("countries", .word(["shared"]), "shared: the session's countries count for every client of the account."),
    ])

    static let client = KeyTable([
        .init("id", .integer(idRange), isRequired: true, "The vendor's number."),
        .init("code", notEmpty, isRequired: true, "The vendor's code for the company."),
        .init("account", notEmpty, isRequired: true, "The account that reads it."),
        .init("name", .text(pattern: nil), "The name for people."),
        .init("labels", .names(of: .scalar), "What policies may scope on."),
        .init("retired", .map(retired), "Since when and why it is not collected any more."),
    ])

    static let retired = KeyTable([
        .init("date", .day, isRequired: true, "The first day without it."),
        .init("reason", notEmpty, isRequired: true, "Why."),
    ])

    // MARK: Ranges

    static let clientsRange: ClosedRange<Int64> = 1...1_000_000
    static let seedRange: ClosedRange<Int64> = 0...Int64.max
    static let nightRange: ClosedRange<Int64> = 0...100_000
    static let concurrencyRange: ClosedRange<Int64> = 1...1024
    static let requestsRange: ClosedRange<Int64> = 1...1_000_000
    static let idRange: ClosedRange<Int64> = 1...Int64(Int32.max)

    // MARK: Shapes

    private static let notEmpty = ValueShape.text(pattern: TextPattern.notEmpty)
    private static let texts = ValueShape.list(of: .text(pattern: nil))
    private static let duration = ValueShape.text(pattern: "^\\+?0*[0-9]{1,9}(ms|s|m|h)$")
    private static let reference = ValueShape.text(pattern: "^(env|file|cmd):[\\s\\S]")

    // MARK: Schema

    /// The JSON Schema of `audit.yaml`.
    static let schema = FileSchema.document(
        "audit-config", file, title: "The configuration of audit",
        "What audit reads, from where, and what it judges it by. Relative paths start from the file's folder.",
        definitions: [
            "environment": [
                "if": ["type": "object", "required": ["emulator"]], "then": emulated.schema, "else": platform.schema,
            ]
        ])
}
