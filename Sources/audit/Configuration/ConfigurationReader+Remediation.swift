import AuditModel
import Policies

extension ConfigurationReader {
    /// The section `remediation`.
    mutating func remediation(
        _ node: YAMLNode?, accounts: [String: AuditConfiguration.AccountEntry]
    ) -> RemediationSettings {
        var settings = RemediationSettings()
        guard let node else { return settings }
        guard node.entries != nil else {
            error(
                "writing needs credentials of its own: remediation: {enabled: true, accounts: {NAME: {userName: …, "
                    + "password: …, accessToken: …}}}, not \(node.text.map { "'\($0)' alone" } ?? node.kindName)",
                at: node.place)
            return settings
        }
        let values = map(node, "remediation", keys: ConfigurationKeys.remediation.names)
        if let enabled = values["enabled"] {
            if let flag = enabled.bool {
                settings.isEnabled = flag
            } else {
                error("'enabled' of remediation is true or false", at: enabled.place)
            }
        } else {
            error("remediation needs 'enabled': true or false", at: node.place)
        }
        if let entries = values["accounts"]?.entries {
            for entry in entries {
                settings.accounts[entry.key] = remediationAccount(entry.key, entry.keyPlace, entry.value, accounts)
            }
        } else if let accounts = values["accounts"] {
            error(
                "'accounts' of remediation is a map NAME: {userName: …}, not \(accounts.kindName)", at: accounts.place)
        }
        if settings.isEnabled, values["accounts"]?.entries?.isEmpty ?? true {
            error(
                "remediation is enabled without credentials: it needs 'accounts' of its own, never those that read",
                at: node.place)
        }
        return settings
    }

    private mutating func remediationAccount(
        _ name: String, _ place: SourcePlace, _ node: YAMLNode, _ accounts: [String: AuditConfiguration.AccountEntry]
    ) -> RemediationSettings.Account? {
        let subject = "account '\(name)' of remediation"
        if accounts[name] == nil {
            error(
                "\(subject) is none of 'accounts'; it must be named like the account whose clients it writes to",
                at: place,
                suggestion: NearestName.to(name, among: accounts.keys.sorted()))
        }
        let values = map(node, subject, keys: ConfigurationKeys.remediationAccount.names)
        let keys = ConfigurationKeys.remediationAccount.requiredNames
        let texts = keys.compactMap { required($0, of: values, in: node, subject) }
        guard texts.count == keys.count else { return nil }
        for key in keys[1...2] { checkReference(values[key], key, of: subject) }
        let account = RemediationSettings.Account(
            userName: reference(texts[0]), password: reference(texts[1]), accessToken: reference(texts[2]))
        // By what is written, not by what is behind it: a secret is never read to compare it.
        for reader in accounts.values.sorted(by: { $0.name < $1.name }) {
            let pairs = [
                ("userName", account.userName, reader.userName), ("password", account.password, reader.password),
                ("accessToken", account.accessToken, reader.accessToken),
            ]
            for (key, own, other) in pairs where own.isIdentical(to: other) {
                error(
                    "'\(key)' of \(subject) is that of account '\(reader.name)', which reads: writing needs credentials of "
                        + "its own, so that the nightly job cannot write", at: values[key]?.place ?? node.place)
            }
        }
        return account
    }
}
