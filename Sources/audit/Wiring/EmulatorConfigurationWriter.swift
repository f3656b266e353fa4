import AuditModel
import Emulator

/// Writes what `audit run` needs to audit an emulator in another process: configuration, roster and secrets.
enum EmulatorConfigurationWriter {
    static func write(_ manifest: EmulatorManifest, to folder: String) throws(FileWriter.Failure) {
        var rows = ["id,code,account,name,env,line"]
        for account in manifest.accounts {
            let labels = EmulatedFleet.labels(ofClient: account.clientId)
            rows.append(
                "\(account.clientId),\(account.clientName),fleet,,\(labels["env"] ?? ""),\(labels["line"] ?? "")")
        }
        try writeSecrets(manifest, to: folder)
        try writeWriters(manifest, to: folder)
        try FileWriter.write(Array((rows.joined(separator: "\n") + "\n").utf8), to: folder + "/clients.csv")
        let text = """
            # Audits the emulator at \(manifest.baseURL). All credentials are synthetic.
            database: audit.sqlite
            policies: []  # name policy files or folders here, or give --policies
            environments:
              emulated: {baseURL: "\(manifest.baseURL)", concurrency: 16}
            accounts:
              fleet:
                environment: emulated
                clientName: "{code}"
                userName: "file:secrets/{code}.user"
                password: "file:secrets/{code}.password"
                accessToken: "file:secrets/{code}.token"
            clientsFile: clients.csv
            remediation:
              enabled: false  # true lets 'audit remediate apply' write to voice pools, with a user and a token of its own
              accounts:
                fleet:
                  userName: "file:secrets/{code}.writer"
                  password: "file:secrets/{code}.writer-password"
                  accessToken: "file:secrets/{code}.writer-token"

            """
        try FileWriter.write(Array(text.utf8), to: folder + "/audit.yaml")
    }

    /// Writes one file for each credential of each client, below `secrets`, readable by the owner alone.
    static func writeSecrets(_ manifest: EmulatorManifest, to folder: String) throws(FileWriter.Failure) {
        for account in manifest.accounts {
            guard let user = account.user(.sysadmin) else { continue }
            let path = folder + "/secrets/" + account.clientName
            try FileWriter.write(Array(user.userName.utf8), to: path + ".user", waitsForDisk: false)
            try FileWriter.write(Array(user.password.utf8), to: path + ".password", waitsForDisk: false)
            try FileWriter.write(Array(account.accessToken.utf8), to: path + ".token", waitsForDisk: false)
        }
    }

    /// Writes the credentials of each client's other user, by which its voice pool can be written to.
    private static func writeWriters(_ manifest: EmulatorManifest, to folder: String) throws(FileWriter.Failure) {
        for account in manifest.accounts {
            guard let user = account.user(.itUser) else { continue }
            let path = folder + "/secrets/" + account.clientName
            try FileWriter.write(Array(user.userName.utf8), to: path + ".writer", waitsForDisk: false)
            try FileWriter.write(Array(user.password.utf8), to: path + ".writer-password", waitsForDisk: false)
            try FileWriter.write(Array(account.secondAccessToken.utf8), to: path + ".writer-token", waitsForDisk: false)
        }
    }
}
