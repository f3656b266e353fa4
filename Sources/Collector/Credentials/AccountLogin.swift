public import LiveVoxAPI

/// How to log in for an account of `audit.yaml`, by reference; `{code}` anywhere means one session for each client.
public struct AccountLogin: Sendable, Hashable {
    /// A user name, which is no secret and may stand in the configuration.
    public enum UserName: Sendable, Hashable {
        /// The name itself.
        case plain(String)
        /// Where it is.
        case reference(CredentialReference)

        /// Reads `env:`, `file:` and `cmd:` as references, anything else as the name itself.
        public init(_ text: String) throws(CredentialError) {
            let isReference = ["env:", "file:", "cmd:"].contains { text.hasPrefix($0) }
            self = isReference ? .reference(try CredentialReference(text)) : .plain(text)
        }
    }

    /// The account's name in `audit.yaml`.
    public var account: String
    /// The client code to log in to, or `{code}`.
    public var clientName: String
    /// The user.
    public var userName: UserName
    /// Where the password is.
    public var password: CredentialReference
    /// Where the access token is.
    public var accessToken: CredentialReference

    /// Joins the parts.
    public init(
        account: String, clientName: String, userName: UserName, password: CredentialReference,
        accessToken: CredentialReference
    ) {
        self.account = account
        self.clientName = clientName
        self.userName = userName
        self.password = password
        self.accessToken = accessToken
    }

    /// Whether each client of the account has a session of its own.
    public var isPerClient: Bool {
        if case .reference(let reference) = userName, reference.isPerClient { return true }
        return clientName.contains(CredentialReference.codePlaceholder) || password.isPerClient
            || accessToken.isPerClient
    }

    /// The client name to log in to for a client.
    public func clientName(forCode code: String) -> String {
        clientName.replacing(CredentialReference.codePlaceholder, with: code)
    }

    /// Which clients share a session: those with equal keys.
    public func sessionKey(forCode code: String) -> String {
        let key = "\(account)\n\(clientName(forCode: code))"
        return isPerClient ? "\(key)\n\(code)" : key
    }

    /// Gets the credentials now, just before a login.
    public func resolved(forCode code: String) async throws(CredentialError) -> ResolvedLogin {
        let userName: String
        var warnings: [CredentialWarning] = []
        switch self.userName {
        case .plain(let name): userName = name
        case .reference(let reference):
            let resolved = try await reference.filled(withCode: code).resolved()
            userName = resolved.secret.reveal()
            warnings += resolved.warnings
        }
        let password = try await password.filled(withCode: code).resolved()
        let token = try await accessToken.filled(withCode: code).resolved()
        guard token.secret.fitsHTTPHeader else { throw .notPlainText }
        return ResolvedLogin(
            account: account, clientName: clientName(forCode: code), userName: userName, password: password.secret,
            accessToken: token.secret, warnings: warnings + password.warnings + token.warnings)
    }
}

/// A login with its credentials at hand. Lives as long as the login takes; password and token print as `‹redacted›`.
public struct ResolvedLogin: Sendable {
    /// The account's name in `audit.yaml`.
    public var account: String
    /// The client code to log in to.
    public var clientName: String
    /// The user, as typed.
    public var userName: String
    /// The password.
    public var password: Secret
    /// The access token (`LV-Access`).
    public var accessToken: Secret
    /// What should be mended about where the credentials are.
    public var warnings: [CredentialWarning]

    /// Joins the parts.
    public init(
        account: String, clientName: String, userName: String, password: Secret, accessToken: Secret,
        warnings: [CredentialWarning] = []
    ) {
        self.account = account
        self.clientName = clientName
        self.userName = userName
        self.password = password
        self.accessToken = accessToken
        self.warnings = warnings
    }

    /// What a *keyed* digest is taken of, to remember a refused credential (decision 12): the four parts, each with its
    /// length before it, so that no two logins run together. Never keep or print it.
    public var fingerprintInput: [UInt8] {
        var bytes: [UInt8] = []
        for part in [clientName, userName, password.reveal(), accessToken.reveal()] {
            bytes += Array("\(part.utf8.count):".utf8) + Array(part.utf8)
        }
        return bytes
    }
}
