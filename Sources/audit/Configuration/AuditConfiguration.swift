import AuditModel
import Collector
import Reports

/// What `audit.yaml` says, with defaults filled in and relative paths made absolute from the file's own folder.
struct AuditConfiguration: Sendable {
    /// The file that it came from; nil where there is none.
    var file: String?
    /// The database file.
    var database: String
    /// Policy files and folders.
    var policies: [String]
    /// The waiver file; nil where the file names none.
    var waivers: String?
    /// The environments, by name.
    var environments: [EnvironmentEntry]
    /// The accounts, by name.
    var accounts: [String: AccountEntry]
    /// The clients of the file and of its `clientsFile`.
    var clients: [ClientEntry]
    /// Further sensitive patterns and paths.
    var sensitive: [String]
    /// The IANA name of the zone that days are told in.
    var timeZone: String
    /// The threshold of exit status 1.
    var failOn: Severity
    /// How long an open run may be resumed.
    var resumeWithin: Duration
    /// The report files that each run writes.
    var reports: [ReportOutput]
    /// How the log of sealed runs is called and signed, and where its checkpoints go.
    var evidence = EvidenceSettings()
    /// Whether voice pools may be written to, and with which credentials; off where the file says nothing.
    var remediation = RemediationSettings()
    /// Who is told of each run.
    var notify: [NotificationDestination] = []

    /// One environment.
    struct EnvironmentEntry: Sendable {
        /// Where its settings come from.
        enum Kind: Sendable {
            /// A platform at a base URL.
            case platform(EnvironmentSettings)
            /// An emulator in this process.
            case emulator(clients: Int, seed: UInt64, night: Int)
        }
        var name: EnvironmentName
        var kind: Kind
    }

    /// One account: how to log in for some clients.
    struct AccountEntry: Sendable {
        var name: String
        var environment: String
        /// The login's client name; `{code}` in it means one session for each client.
        var clientName: String
        var userName: String
        var password: String
        var accessToken: String
        /// Whether the session's countries count for every client of the account.
        var sharesCountries: Bool

        /// Whether each client has a session of its own.
        var isPerClient: Bool { clientName.contains("{code}") }
    }

    /// One client.
    struct ClientEntry: Sendable {
        var client: Client
        /// Why it is not collected any more; nil for a client in service.
        var retired: Retirement?
    }

    /// Since when and why a client is not collected any more.
    struct Retirement: Sendable {
        var date: CalendarDay
        var reason: String
    }

    /// The clients in service of one environment, by id.
    func roster(of environment: EnvironmentName) -> [Client] {
        clients.filter { $0.retired == nil && $0.client.id.environment == environment }.map(\.client)
            .sorted { $0.id < $1.id }
    }

    /// The ids of clients that are marked retired.
    var retired: Set<Client.ID> {
        Set(clients.filter { $0.retired != nil }.map(\.client.id))
    }
}

/// Whether voice pools may be written to, and with which credentials.
struct RemediationSettings: Sendable {
    /// Whether plans may be applied at all.
    var isEnabled = false
    /// The credentials that write, by the name of the account whose clients they are for. A login goes to the client itself.
    var accounts: [String: Account] = [:]

    /// The credentials of one account, by reference.
    struct Account: Sendable {
        var userName: String
        var password: String
        var accessToken: String
    }
}

/// How the log of sealed runs is called and signed, and where its checkpoints go.
struct EvidenceSettings: Sendable {
    /// The log's name; nil for the one that it has.
    var origin: String?
    /// The reference of the key that signs; nil where nothing is signed.
    var key: String?
    /// Where each run's checkpoint goes.
    var places: [CheckpointPlace] = []
}

/// A place outside of the database that gets each checkpoint.
enum CheckpointPlace: Sendable, Hashable {
    /// A file; `{date}`, `{run}` and `{environment}` are not filled in: it always has the newest.
    case file(String)
    /// A command of `/bin/sh` that reads the checkpoint from its standard input.
    case command(String)
    /// A URL, or a reference to one, that the checkpoint is sent to.
    case webhook(String)
}

/// A report file to write.
struct ReportOutput: Sendable, Hashable {
    /// The format's name: `text`, `json`, `html` and the others of `ReportFormat`.
    var format: String
    /// The path, in which `{date}`, `{run}` and `{environment}` stand for the run's; `-` is standard output.
    var path: String
}

/// Somebody outside who is told of runs by an HTTP POST.
struct NotificationDestination: Sendable, Hashable {
    /// What messages to people call it; unique where it is given.
    var name: String?
    /// The reference of its URL, which is mostly a secret.
    var webhook: String
    /// What it is told of, each once.
    var events: [RunNotification.Event]
    /// The form; nil for the one that its host takes.
    var format: RunNotification.Format?
    /// The least severity of the findings that it is told of; nil for all.
    var minimumSeverity: Severity?
    /// The environments whose runs it is told of; nil for all.
    var environments: [String]?

    /// What is told where nothing is said: what an operator acts on.
    static let defaultEvents: [RunNotification.Event] = [.new, .fixed, .incomplete]
}
