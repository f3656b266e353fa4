import AuditModel

/// Who may read the pages: everybody who can reach them, or those who have the token.
struct Access: Sendable {
    /// What a request gets.
    enum Answer: Hashable {
        case allowed
        /// It brought no token and no open session.
        case missing
        /// Its token is wrong.
        case wrong
        /// Too many from its address were.
        case wait(seconds: Int)
    }

    private let token: String?
    /// The cookies of those who logged in.
    let sessions: LoginSessions
    private let limiter = AttemptLimiter()

    init(token: String?, isSecure: Bool) {
        self.token = token
        sessions = LoginSessions(isSecure: isSecure)
    }

    /// Whether a token is needed at all.
    var isGuarded: Bool { token != nil }

    /// Whether a request may read.
    func answer(to request: WebRequest, at now: Timestamp) -> Answer {
        guard isGuarded else { return .allowed }
        if sessions.isOpen(request.cookie, at: now) { return .allowed }
        guard let header = request.authorization else { return .missing }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return .missing }
        return answer(toToken: String(parts[1]), from: request.peer, at: now)
    }

    /// Whether a token is the right one; wrong ones count against the address.
    func answer(toToken given: String, from peer: String, at now: Timestamp) -> Answer {
        guard let token else { return .allowed }
        if let seconds = limiter.wait(for: peer, at: now) { return .wait(seconds: seconds) }
        guard ConstantTime.areEqual(given, token) else {
            limiter.fail(peer, at: now)
            return .wrong
        }
        limiter.succeed(peer)
        return .allowed
    }
}
