import AuditModel

/// What a login answers: a session of one client.
public struct LoginAnswer: Sendable, Hashable {
    /// The session.
    public var sessionID: SessionID
    /// The client that the session belongs to.
    public var clientID: Int
    /// The user's number, where it came.
    public var userID: Int?
    /// Days until the user's password expires, where it came; it is optional in every caller's model.
    public var daysUntilPasswordExpires: Int?

    /// Joins the parts.
    public init(sessionID: SessionID, clientID: Int, userID: Int? = nil, daysUntilPasswordExpires: Int? = nil) {
        self.sessionID = sessionID
        self.clientID = clientID
        self.userID = userID
        self.daysUntilPasswordExpires = daysUntilPasswordExpires
    }

    /// Why the body of a login's 200 cannot be used. Never carries the body, which holds a session.
    public enum Defect: String, Error, Sendable, Hashable {
        /// Not a JSON object.
        case notAnObject
        /// No `sessionId`, or one that cannot be sent.
        case noSession
        /// No `clientId`, so that nobody can tell whose session it is.
        case noClient
    }

    /// Reads the body of a 200; numbers may come as text, unknown fields are ignored.
    public init(body: [UInt8]) throws(Defect) {
        guard case .object(let object)? = try? JSONReader.value(of: body) else { throw .notAnObject }
        guard let text = object["sessionId"]?.stringValue, let session = SessionID(text) else { throw .noSession }
        guard let client = Self.number(object["clientId"]), client > 0 else { throw .noClient }
        self.init(
            sessionID: session, clientID: client, userID: Self.number(object["userId"]),
            daysUntilPasswordExpires: Self.number(object["daysUntilPasswordExpires"]))
    }

    private static func number(_ value: SettingValue?) -> Int? {
        value.flatMap(WireValue.integer).flatMap(Int.init(exactly:))
    }
}
