import AuditModel
import Collector

/// Whether the login that writes is another than those that read: by what is behind the references, since one secret may be kept
/// under two names.
enum OwnCredentials {
    /// What an account that reads shares with the login that writes; nil where nothing is shared, or the values of those that
    /// read cannot be had.
    ///
    /// - Parameter code: the code of the client that is logged in to.
    static func sharing(
        of login: ResolvedLogin, forCode code: String, in environment: EnvironmentName,
        _ configuration: AuditConfiguration
    ) async throws -> String? {
        let accounts = try configuration.resolvedAccounts(of: environment)
        for name in accounts.keys.sorted() {
            // What cannot be had here can be used by no nightly job that runs here either.
            guard let reading = try? await accounts[name]?.login.resolved(forCode: code) else { continue }
            let shared = login.partsShared(with: reading)
            if !shared.isEmpty {
                return
                    "the \(words(shared)) of \(login.account) \(shared.count == 1 ? "is" : "are"), under another name, "
                    + "\(shared.count == 1 ? "that" : "those") of account '\(name)', which reads: writing needs credentials of "
                    + "its own, so that the nightly job cannot write"
            }
        }
        return nil
    }

    private static func words(_ parts: [LoginPart]) -> String {
        let names = parts.map { part in
            switch part {
            case .userName: "user name"
            case .password: "password"
            case .accessToken: "access token"
            }
        }
        return names.count < 2
            ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
    }
}
