/// A role of a platform user. Only ``sysadmin`` and ``itUser`` may call the Clients methods.
public enum EmulatorRole: String, Sendable, CaseIterable {
    /// Full access, administers others.
    case sysadmin = "Sysadmin"
    /// Configures tools.
    case itUser = "IT User"
    /// All but some configuration tools.
    case superuser = "Superuser"
    /// Supervises campaigns and agents.
    case manager = "Manager"
    /// Contact-centre agent; logs in with `"agent": true`.
    case agent = "Agent"

    /// Whether the vendor's page names this role for the seven Clients methods.
    public var mayCallClientsMethods: Bool {
        switch self {
        case .sysadmin, .itUser: true
        case .superuser, .manager, .agent: false
        }
    }
}

/// A synthetic user of the emulated platform.
public struct EmulatorUser: Sendable, Equatable {
    /// The name to log in with; case-sensitive, but for agents.
    public var userName: String
    /// The password at the start; a password change does not alter this value.
    public var password: String
    /// What the user may do.
    public var role: EmulatorRole
    /// The clients that a session of this user may read by the id form: its own, or for `fleet_auditor` every one.
    public var clientIDs: [Int]
    /// The `userId` of the login answer.
    public var userID: Int
}

/// One emulated client's way in: its code, its API application tokens and its users.
public struct EmulatorAccount: Sendable, Equatable {
    /// The Client Code, which is the login's `clientName`.
    public var clientName: String
    /// The API application token, 32 alphanumerics; header `LV-Access`.
    public var accessToken: String
    /// A second token of the same client: a login with it gives another session.
    public var secondAccessToken: String
    /// The id of the client that the tokens belong to.
    public var clientId: Int
    /// One user for each of the five roles; in the first account also `fleet_auditor`.
    public var users: [EmulatorUser]

    /// The first user of `role`; every account has one.
    public func user(_ role: EmulatorRole) -> EmulatorUser? { users.first { $0.role == role } }
}

/// Where an emulator listens and how to log in to it.
public struct EmulatorManifest: Sendable, Equatable {
    /// Scheme, host and port, such as `http://127.0.0.1:38211`, with no slash at the end.
    public let baseURL: String
    /// One account a client, in the order of their ids; the first is the vendor's demo client 4199.
    public let accounts: [EmulatorAccount]

    /// The name of the user of the first account whose sessions may read every client.
    public static let fleetUserName = "fleet_auditor"

    /// The user that may read every client by the id form; it belongs to the first account.
    public var fleetUser: EmulatorUser? { accounts.first?.users.first { $0.userName == Self.fleetUserName } }

    /// One JSON object on one line: `{"baseURL", "accounts": [{"clientName", "accessToken", "clientId", "users":
    /// [{"userName", "password", "role"}]}]}`.
    public var json: String {
        let accounts = accounts.map { account -> OrderedJSON in
            let users = account.users.map { user -> OrderedJSON in
                [
                    "userName": .string(user.userName), "password": .string(user.password),
                    "role": .string(user.role.rawValue),
                ]
            }
            return [
                "clientName": .string(account.clientName), "accessToken": .string(account.accessToken),
                "clientId": .number(account.clientId), "users": .array(users),
            ]
        }
        let manifest: OrderedJSON = ["baseURL": .string(baseURL), "accounts": .array(accounts)]
        return manifest.text
    }
}
