import AuditModel

/// Every address that the dashboard has. The same enum reads paths and writes them, so no link can lead nowhere.
enum Route: Hashable {
    /// `/`: the latest run of each environment.
    case overview
    /// `/runs`: all runs.
    case runs
    /// `/runs/ID`: one run.
    case run(String)
    /// `/clients`: all clients, with a search.
    case clients
    /// `/clients/ENVIRONMENT/NUMBER`: one client.
    case client(Client.ID)
    /// `/clients/ENVIRONMENT/NUMBER/settings/PATH`: one setting of one client; the path in its dotted form.
    case setting(Client.ID, String)
    /// `/rules`: all rules.
    case rules
    /// `/rules/ID`: one rule.
    case rule(String)
    /// `/diff`: what differs between two dates.
    case diff
    /// `/waivers`: the ledger of waivers.
    case waivers
    /// `/login`: where a token is needed.
    case login
    /// `/logout`: forgets it again.
    case logout
    /// `/healthz`: for probes.
    case health
    /// `/metrics`: for Prometheus.
    case metrics
    /// `/assets/NAME`: a file of this program.
    case asset(Asset)

    /// In which form an address answers.
    enum Form: Hashable {
        case html, json
    }

    /// What makes an address the JSON twin of another.
    static let suffix = ".json"

    /// Reads a path as it stands in a request, still encoded; nil for one that is none of ours.
    static func parse(_ path: String) -> (route: Route, form: Form)? {
        guard path.hasPrefix("/") else { return nil }
        // The first page has no name to put the suffix behind.
        if path == "/index" + suffix { return (.overview, .json) }
        let isTwin = path.hasSuffix(suffix)
        let plain = isTwin ? path.dropLast(suffix.count) : path[...]
        var segments: [String] = []
        for part in plain.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let segment = URLText.decoded(part) else { return nil }
            segments.append(segment)
        }
        guard let route = route(segments) else { return nil }
        guard isTwin else { return (route, .html) }
        return route.hasTwin ? (route, .json) : nil
    }

    private static func route(_ segments: [String]) -> Route? {
        switch (segments[0], segments.count) {
        case ("", 1): return .overview
        case ("runs", 1): return .runs
        case ("runs", 2): return segments[1].isEmpty ? nil : .run(segments[1])
        case ("clients", 1): return .clients
        case ("clients", 3): return client(segments).map { .client($0) }
        case ("clients", 5):
            guard segments[3] == "settings", !segments[4].isEmpty else { return nil }
            return client(segments).map { .setting($0, segments[4]) }
        case ("rules", 1): return .rules
        case ("rules", 2): return segments[1].isEmpty ? nil : .rule(segments[1])
        case ("diff", 1): return .diff
        case ("waivers", 1): return .waivers
        case ("login", 1): return .login
        case ("logout", 1): return .logout
        case ("healthz", 1): return .health
        case ("metrics", 1): return .metrics
        // Browsers ask for it by this name beside documents that are no pages.
        case ("favicon.ico", 1): return .asset(.icon)
        case ("assets", 2): return Asset(rawValue: segments[1]).map { .asset($0) }
        default: return nil
        }
    }

    private static func client(_ segments: [String]) -> Client.ID? {
        // One client has one address: no sign, no leading zero.
        guard let number = Int(segments[2]), String(number) == segments[2], !segments[1].isEmpty else { return nil }
        return Client.ID(environment: EnvironmentName(segments[1]), number: number)
    }

    /// Whether it has a JSON twin.
    var hasTwin: Bool {
        switch self {
        case .overview, .runs, .run, .clients, .client, .setting, .rules, .rule, .diff, .waivers: true
        case .login, .logout, .health, .metrics, .asset: false
        }
    }

    /// The path, encoded.
    func path(as form: Form = .html) -> String {
        let suffix = form == .json && hasTwin ? Self.suffix : ""
        if self == .overview { return form == .json ? "/index" + suffix : "/" }
        return segments.map { "/" + Self.encoded($0) }.joined() + suffix
    }

    /// A segment; one that ends like a twin's suffix has its dot encoded, so that it is not taken for one.
    private static func encoded(_ segment: String) -> String {
        let encoded = URLText.encoded(segment)
        return encoded.hasSuffix(suffix) ? encoded.dropLast(suffix.count) + "%2E" + suffix.dropFirst() : encoded
    }

    private var segments: [String] {
        switch self {
        case .overview: []
        case .runs: ["runs"]
        case .run(let id): ["runs", id]
        case .clients: ["clients"]
        case .client(let id): ["clients", id.environment.rawValue, String(id.number)]
        case .setting(let id, let path):
            ["clients", id.environment.rawValue, String(id.number), "settings", path]
        case .rules: ["rules"]
        case .rule(let id): ["rules", id]
        case .diff: ["diff"]
        case .waivers: ["waivers"]
        case .login: ["login"]
        case .logout: ["logout"]
        case .health: ["healthz"]
        case .metrics: ["metrics"]
        case .asset(let asset): ["assets", asset.rawValue]
        }
    }

    /// What counters call it: a word of a closed set, never an id.
    var label: String {
        switch self {
        case .overview: "overview"
        case .runs: "runs"
        case .run: "run"
        case .clients: "clients"
        case .client: "client"
        case .setting: "setting"
        case .rules: "rules"
        case .rule: "rule"
        case .diff: "diff"
        case .waivers: "waivers"
        case .login: "login"
        case .logout: "logout"
        case .health: "healthz"
        case .metrics: "metrics"
        case .asset: "asset"
        }
    }

    /// The names of a query that the page reads; everything else in it is passed over, and is no other page.
    var parameters: [Query.Name] {
        switch self {
        case .overview, .runs: [.environment, .page]
        case .run: [.environment, .verdict, .severity, .rule, .client, .page]
        case .clients: [.environment, .search, .sort, .page]
        case .client, .setting: []
        case .rules: [.environment, .severity]
        case .rule: [.environment, .page]
        case .diff: [.environment, .from, .to, .client, .group, .page]
        case .waivers: [.environment]
        case .login: [.next]
        case .logout, .health, .metrics, .asset: []
        }
    }
}
