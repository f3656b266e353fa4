import AuditModel
import AuditTestSupport
import Emulator
import Foundation
import Logging
import Testing

/// An emulator in the test process, with a folder that holds what `audit run` needs to audit it.
struct Fleet {
    let server: EmulatorServer
    let folder: URL
    let audit: AuditProcess

    /// Runs the body with a fleet, and stops it afterwards.
    static func with(
        clients: Int, isolation: isolated (any Actor)? = #isolation, _ body: (Fleet) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            var logger = Logger(label: "emulator")
            logger.logLevel = .critical
            let server = try await EmulatorServer.start(EmulatorConfiguration(clients: clients), logger: logger)
            let fleet = Fleet(server: server, folder: folder, audit: AuditProcess(folder: folder))
            do {
                try fleet.writeConfiguration()
                try await body(fleet)
            } catch {
                try await server.stop()
                throw error
            }
            try await server.stop()
        }
    }

    /// Writes audit.yaml, clients.csv and one secret file for each credential.
    func writeConfiguration(policies: String = "[\(shippedPolicies)]", roster: Bool = true) throws {
        var rows = "id,code,account,name,env\n"
        for account in server.manifest.accounts {
            let user = try #require(account.user(.sysadmin))
            if roster { rows += "\(account.clientId),\(account.clientName),fleet,,prod\n" }
            try write(user.password, to: "secrets/\(account.clientName).password")
            try write(account.accessToken, to: "secrets/\(account.clientName).token")
            try write(user.userName, to: "secrets/\(account.clientName).user")
        }
        try write(rows, to: "clients.csv")
        try write(
            """
            database: audit.sqlite
            policies: \(policies)
            environments:
              emulated: {baseURL: "\(server.manifest.baseURL)", concurrency: 8}
            accounts:
              fleet:
                environment: emulated
                clientName: "{code}"
                userName: "file:secrets/{code}.user"
                password: "file:secrets/{code}.password"
                accessToken: "file:secrets/{code}.token"
            clientsFile: clients.csv

            """, to: "audit.yaml")
    }

    func write(_ text: String, to name: String) throws {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    /// All files below the folder but the secrets that the test itself put there.
    func filesLeftBehind() throws -> [(name: String, bytes: Data)] {
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return try names.sorted().filter { !$0.hasPrefix("secrets") }.compactMap { name in
            var isFolder: ObjCBool = false
            let file = folder.appending(path: name)
            guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue else {
                return nil
            }
            return (name, try Data(contentsOf: file))
        }
    }
}
