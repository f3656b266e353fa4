/// The Session API's methods that a caller of the Clients methods may need. None of them takes `LV-Session`.
///
/// Source: the vendor's "Session API" pages for what exists, public client code for the paths; "is it valid" takes the
/// session as a path segment (contradiction 13).
public enum SessionMethod: Sendable, Hashable {
    /// Exchanges credentials for a session.
    case login
    /// Asks whether a session is still valid: 204 yes, 404 no.
    case validate(SessionID)
    /// Ends a session **for every process** on the same user and token; the collector never does.
    case logout(SessionID)
    /// Changes the user's password.
    case changePassword

    /// The HTTP method.
    public var verb: HTTPVerb {
        switch self {
        case .login, .changePassword: .post
        case .validate: .get
        case .logout: .delete
        }
    }

    /// The absolute path. That of `validate` and `logout` holds the session's id: send it, never print it.
    public func path(version: APIVersion? = nil) -> String {
        let root = Self.root(version)
        return switch self {
        case .login: "\(root)/login"
        case .validate(let session): "\(root)/validate/\(session.secret.reveal())"
        case .logout(let session): "\(root)/logout/\(session.secret.reveal())"
        case .changePassword: "\(root)/password"
        }
    }

    /// The HTTP method and path as failures and logs may name them: without the session's id.
    public func request(version: APIVersion? = nil) -> String {
        let root = Self.root(version)
        return switch self {
        case .login: "POST \(root)/login"
        case .validate: "GET \(root)/validate/\(Secret.placeholder)"
        case .logout: "DELETE \(root)/logout/\(Secret.placeholder)"
        case .changePassword: "POST \(root)/password"
        }
    }

    private static func root(_ version: APIVersion?) -> String {
        version.map { "/session/\($0.text)" } ?? "/session"
    }
}
