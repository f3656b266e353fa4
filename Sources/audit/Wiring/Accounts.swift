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

extension AuditConfiguration {
    /// Remediation's own login for the clients of an account; nil where there is none. It goes to the client itself, since
    /// the session must be the client's.
    ///
    /// - Parameter clientName: the client's code; `{code}` where no client is meant yet.
    func remediationLogin(of account: String, clientName: String = "{code}") throws -> AccountLogin? {
        guard let own = remediation.accounts[account] else { return nil }
        do throws(CredentialError) {
            return AccountLogin(
                account: "account '\(account)' of remediation", clientName: clientName,
                userName: try AccountLogin.UserName(own.userName), password: try CredentialReference(own.password),
                accessToken: try CredentialReference(own.accessToken))
        } catch {
            throw CommandEnd(.usage, "account '\(account)' of remediation: \(error).")
        }
    }
}
