import AuditModel
import Emulator

/// An emulated platform's clients as configuration would name them, for embedded emulators and for the demo.
enum EmulatedFleet {
    /// The one account of the fleet: a session for each client.
    static let accountName = "fleet"

    /// The roster of an emulated environment, by id.
    static func roster(_ manifest: EmulatorManifest, environment: EnvironmentName) -> [Client] {
        manifest.accounts.map { account in
            Client(
                id: Client.ID(environment: environment, number: account.clientId), code: account.clientName,
                account: accountName, labels: labels(ofClient: account.clientId))
        }.sorted { $0.id < $1.id }
    }

    /// Labels that scopes can be tried with: one client in five is for acceptance tests, lines of business alternate.
    static func labels(ofClient id: Int) -> [String: String] {
        let lines = ["collections", "care", "sales"]
        return ["env": id % 5 == 0 ? "uat" : "prod", "line": lines[id % lines.count]]
    }
}
