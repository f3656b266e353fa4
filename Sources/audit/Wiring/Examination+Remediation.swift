import AuditModel
import Collector

extension Examination {
    /// Whether voice pools may be written to, and whether the credentials for that can be had. No login is tried.
    mutating func examineRemediation(_ configuration: AuditConfiguration) async {
        let settings = configuration.remediation
        guard settings.isEnabled else {
            return ok("remediation", "off: nothing is ever written to a platform.")
        }
        ok(
            "remediation",
            "enabled for \(count(settings.accounts.count, "account")): 'audit remediate apply' may write to voice pools."
        )
        for name in settings.accounts.keys.sorted() {
            let clients = configuration.clients.filter { $0.retired == nil && $0.client.account == name }
            await examineRemediation(of: name, codes: clients.map(\.client.code).sorted(), configuration)
        }
    }

    private mutating func examineRemediation(
        of account: String, codes: [String], _ configuration: AuditConfiguration
    ) async {
        let subject = "remediation \(account)"
        do {
            guard let own = try configuration.remediationLogin(of: account) else { return }
            let isPerClient = own.password.isPerClient || own.accessToken.isPerClient
            var warnings: Set<String> = []
            for code in isPerClient ? codes : Array(codes.prefix(1)) {
                let login: ResolvedLogin
                do throws(CredentialError) {
                    let resolved = try await own.resolved(forCode: code)
                    warnings.formUnion(resolved.warnings.map(\.description))
                    login = resolved
                } catch {
                    return wrong(subject, "\(error.description), for client \(code).", .usage)
                }
                let environment = configuration.accounts[account].map { EnvironmentName($0.environment) }
                if let environment,
                    let clause = try await OwnCredentials.sharing(
                        of: login, forCode: code, in: environment, configuration)
                {
                    return wrong(subject, "\(clause) (client \(code)).", .usage)
                }
            }
            for warning in warnings.sorted() { warn(subject, "\(warning).") }
            if codes.isEmpty {
                warn(subject, "no client is read through this account, so its credentials are of no use.")
            } else {
                ok(subject, "its credentials can be had; they were not tried.")
            }
        } catch {
            wrong(subject, (error as? CommandEnd)?.message ?? "\(error)", .usage)
        }
    }
}
