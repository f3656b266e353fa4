import AuditModel

/// What a login sends. `clientName` is the client's *code*, not its display name.
///
/// Source: public client code, which agrees on the four keys; `agent` is the wire name, `isAgent` a slip of one
/// revision (contradiction 14). User names are sent as typed (contradiction 17).
public struct LoginRequest: Sendable {
    /// The client code.
    public var clientName: String
    /// The user, as typed.
    public var userName: String
    /// The password.
    public var password: Secret

    /// Joins the three.
    public init(clientName: String, userName: String, password: Secret) {
        self.clientName = clientName
        self.userName = userName
        self.password = password
    }

    /// The JSON body. It holds the password: send it, never print it.
    public func body() -> [UInt8] {
        CanonicalJSON.bytes(of: [
            "agent": false, "clientName": .string(clientName), "password": .string(password.reveal()),
            "userName": .string(userName),
        ])
    }
}
