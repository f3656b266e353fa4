public import AuditModel

/// What to ask for about one client.
public struct ClientRequest: Sendable, Hashable {
    /// The client.
    public var client: Client
    /// The groups to ask for; a resumed run leaves out what it has.
    public var groups: Set<SettingsGroup>
    /// How to log in.
    public var login: AccountLogin
    /// Whether paths name the client. Without, the session's own client is read, whoever that is.
    public var usesIDForm: Bool
    /// Whether the account says `countries: shared`: then the session's countries count for all its clients.
    public var sharesCountries: Bool

    /// Joins the parts.
    public init(
        client: Client, groups: Set<SettingsGroup> = Set(SettingsGroup.allCases), login: AccountLogin,
        usesIDForm: Bool = true, sharesCountries: Bool = false
    ) {
        self.client = client
        self.groups = groups
        self.login = login
        self.usesIDForm = usesIDForm
        self.sharesCountries = sharesCountries
    }

    /// Which requests share a session: those with equal keys.
    public var sessionKey: String { login.sessionKey(forCode: client.code) }

    /// Whether the login names this very client, so that the session must be its own (decision 9). Where it names
    /// another, the session reads this client by a multi-client grant.
    public var isSessionsOwnClient: Bool { login.clientName(forCode: client.code).isIdentical(to: client.code) }
}
