import AuditModel
import Collector
import Emulator
import Foundation
import LiveVoxAPI
import Logging
import SnapshotStore

/// A platform to audit: a real one as configured, or an emulator that lives in this process as long as it is needed.
struct Platform {
    var settings: EnvironmentSettings
    var address: EnvironmentAddress
    var roster: [Client]
    var accounts: [String: AuditConfiguration.ResolvedAccount]
    /// The emulator, where it is embedded.
    var emulator: EmulatorServer?
    /// Where an embedded emulator's credentials are; removed at the end.
    private var secrets: URL?

    /// Makes an environment of the configuration ready.
    static func prepare(
        _ entry: AuditConfiguration.EnvironmentEntry, configuration: AuditConfiguration, database: String
    ) async throws -> Platform {
        switch entry.kind {
        case .platform(let settings):
            let roster = configuration.roster(of: entry.name)
            let isSynthetic = try await isEmulator(settings, database: database)
            return Platform(
                settings: settings,
                address: EnvironmentAddress(
                    baseURL: settings.baseURL.text, isSynthetic: isSynthetic), roster: roster,
                accounts: try configuration.resolvedAccounts(of: entry.name), emulator: nil, secrets: nil)
        case .emulator(let clients, let seed, let night):
            return try await embedded(
                EmulatorConfiguration(clients: clients, seed: seed, night: night), environment: entry.name)
        }
    }

    /// Starts an emulator in this process and makes its whole fleet the roster.
    static func embedded(_ emulated: EmulatorConfiguration, environment: EnvironmentName) async throws -> Platform {
        var logger = Logger(label: "emulator") { StreamLogHandler.standardError(label: $0) }
        // The server calls every connection that the end of the night closes an error.
        logger.logLevel = .critical
        let server = try await EmulatorServer.start(emulated, logger: logger)
        // Credentials are taken by reference only, those of an emulator, too: there is one way in, and no second one
        // that is merely for demonstrations.
        let folder = FileManager.default.temporaryDirectory.appending(path: "audit-\(UUID().uuidString)")
        try EmulatorConfigurationWriter.writeSecrets(server.manifest, to: folder.path)
        let prefix = "file:" + folder.path + "/secrets/{code}"
        let login = AccountLogin(
            account: EmulatedFleet.accountName, clientName: "{code}",
            userName: try AccountLogin.UserName(prefix + ".user"),
            password: try CredentialReference(prefix + ".password"),
            accessToken: try CredentialReference(prefix + ".token"))
        return Platform(
            settings: EnvironmentSettings(
                name: environment, baseURL: try BaseURL(server.manifest.baseURL),
                userAgent: "audit/\(ToolVersion.current)"),
            // The port is another one each time; the environment is the same fleet.
            address: EnvironmentAddress(
                baseURL: "emulator:clients=\(emulated.clients),seed=\(emulated.seed)", isSynthetic: true),
            roster: EmulatedFleet.roster(server.manifest, environment: environment),
            accounts: [EmulatedFleet.accountName: .init(login: login, sharesCountries: false)], emulator: server,
            secrets: folder)
    }

    /// Stops an embedded emulator and removes its credentials.
    func close() async throws {
        if let secrets { try? FileManager.default.removeItem(at: secrets) }
        try await emulator?.stop()
    }

    /// Whether the server says that it is the emulator. Only loopback addresses are asked.
    ///
    /// One that does not answer is what the store knows it as; the run then tells that it cannot be reached. Where the
    /// store knows nothing either, it cannot be told whether the data would be real, and nothing is recorded.
    private static func isEmulator(_ settings: EnvironmentSettings, database: String) async throws -> Bool {
        guard settings.baseURL.isLoopback else { return false }
        do {
            return try await PlatformProbe.probe(settings).isEmulator
        } catch {
            if FileManager.default.fileExists(atPath: database),
                let known = try SnapshotStore.open(at: database, access: .readOnly).address(of: settings.name)
            {
                return known.isSynthetic
            }
            throw CommandEnd(
                .incomplete,
                "\(settings.baseURL) cannot be reached: \(error). Nothing was recorded; start it, or check the base URL of "
                    + "environment '\(settings.name)'.")
        }
    }
}
