import ArgumentParser
import AuditModel
import AuditPipeline
import Collector
import Dashboard
import Foundation
import LiveVoxAPI
import Logging
import SnapshotStore

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves a read-only dashboard over the stored runs.",
        discussion: """
            Overview with trend, runs, clients with a timeline of every setting, rules (who fails, since when, why), the \
            difference of any two dates, and waivers. Every page has an address to share and a JSON twin: the same address \
            with .json at its end, or 'Accept: application/json'. Pages run no script. /healthz is for probes, /metrics for \
            Prometheus.

            The database is opened for reading; a night may write to it meanwhile, and its run shows as soon as it is sealed.

            It listens on loopback, for everybody on this machine. Another --host needs --token, and --tls-certificate with \
            --tls-key (PEM). The token is never written here: env:NAME, file:/PATH or cmd:COMMAND says where it is. Programs \
            send it as 'Authorization: Bearer TOKEN', people log in with it.

            It serves until SIGINT or SIGTERM, answers what is being asked, and exits with 0. Exit status 2: the address needs \
            a token or TLS, or there is no database. 74: the address cannot be listened on.

            Examples:
              audit serve
              audit serve --database snapshots/demo.sqlite --port 0
              audit serve --host 0.0.0.0 --port 8443 --token file:/run/secrets/dashboard \\
                --tls-certificate /etc/audit/tls.crt --tls-key /etc/audit/tls.key
              curl -s http://127.0.0.1:8080/rules.json
            """)

    @OptionGroup var common: CommonOptions
    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"
    @Option(help: "The port to listen on; 0 lets the system choose, and the first line tells which.")
    var port = 8080
    @Option(
        help: ArgumentHelp(
            "Where the token is that readers must show: env:NAME, file:/PATH or cmd:COMMAND.", valueName: "reference"),
        completion: .list(["env:", "file:", "cmd:"]))
    var token: String?
    @Option(
        name: .customLong("tls-certificate"),
        help: ArgumentHelp("The certificate in PEM, those that signed it behind it.", valueName: "file"),
        completion: .file())
    var certificate: String?
    @Option(
        name: .customLong("tls-key"), help: ArgumentHelp("Its private key in PEM.", valueName: "file"),
        completion: .file())
    var key: String?
    @Option(
        name: .customLong("host-name"),
        help: "A name that browsers reach it by besides localhost, for the check of the Host header; repeatable.")
    var hostNames: [String] = []

    func run() async throws {
        try common.refuseEnvironment("the dashboard shows all environments of the database to whoever may read it")
        guard (0...65_535).contains(port) else { throw CommandEnd(.usage, "--port must be from 0 to 65535.") }
        guard (certificate == nil) == (key == nil) else {
            throw CommandEnd(.usage, "--tls-certificate and --tls-key belong together; write both or neither.")
        }
        let workspace = try Workspace(common, needsConfiguration: false)
        // A look before anything listens: what is wrong with the database is told at once.
        let runs = try workspace.openStore().runs()
        let clock = try clock(workspace, isSynthetic: !runs.isEmpty && runs.allSatisfy(\.isSynthetic))
        let source = StoreSource(
            path: workspace.database, zone: workspace.zone, retired: workspace.configuration?.retired ?? [],
            clock: clock)
        var logger = Logger(label: "dashboard") { StreamLogHandler.standardError(label: $0) }
        // The server calls every connection that a browser drops an error.
        logger.logLevel = .critical
        do {
            let server = try DashboardServer(
                source: source,
                configuration: DashboardConfiguration(
                    host: host, port: port, token: try await secret(),
                    tls: certificate.flatMap { certificate in key.map { .init(certificate: certificate, key: $0) } },
                    hostNames: hostNames, toolVersion: ToolVersion.current), logger: logger)
            // The first reader shall not wait for a year of nights, so they are read before anybody is asked in.
            source.warmUp()
            try await server.run { address in Console.result("Dashboard on \(address)\n") }
        } catch let refusal as DashboardRefusal {
            switch refusal {
            case .cannotListen: throw CommandEnd(.inputOutput, refusal.description)
            case .needsToken, .needsTLS, .tokenTooShort, .certificate:
                throw CommandEnd(.usage, refusal.description)
            }
        }
    }

    private func clock(_ workspace: Workspace, isSynthetic: Bool) throws -> @Sendable () -> Timestamp {
        guard workspace.hasNowOverride else { return { Workspace.clock() } }
        let now = try workspace.now(isSynthetic: isSynthetic)
        return { now }
    }

    private func secret() async throws -> String? {
        guard let token else { return nil }
        let resolved = try await CredentialReference(token).resolved()
        for warning in resolved.warnings { Console.message("audit: \(warning)") }
        return resolved.secret.reveal()
    }
}
