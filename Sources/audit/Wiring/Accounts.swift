import AuditModel
import Collector

extension AuditConfiguration {
    /// An account with its references understood.
    struct ResolvedAccount: Sendable {
        var login: AccountLogin
        var sharesCountries: Bool
    }

    /// The accounts of one environment, by name, with their references understood.
    func resolvedAccounts(of environment: EnvironmentName) throws -> [String: ResolvedAccount] {
        try accounts.filter { $0.value.environment == environment.rawValue }.mapValues { account in
            do {
                return ResolvedAccount(
                    login: AccountLogin(
                        account: account.name, clientName: account.clientName,
                        userName: try AccountLogin.UserName(account.userName),
                        password: try CredentialReference(account.password),
                        accessToken: try CredentialReference(account.accessToken)),
                    sharesCountries: account.sharesCountries)
            } catch let error as CredentialError {
                throw CommandEnd(.usage, "account '\(account.name)': \(error).")
            }
        }
    }
}
