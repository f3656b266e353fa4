public import AuditModel

/// When to log in, as a value: once, by one caller at a time; once more when a session that had been accepted is
/// rejected (401); never again after a refusal.
///
/// The rim asks ``step()`` before a request, performs what it says, and tells what came of it.
public struct SessionMachine: Sendable {
    /// What to do now.
    public enum Step: Sendable, Hashable {
        /// Send the request with this session.
        case use(LiveSession)
        /// Log in, then tell ``loggedIn(_:)`` or ``loginFailed(_:)``. Only one caller is told this at a time.
        case logIn
        /// Another caller is logging in: ask again when it is done.
        case wait
        /// Do not send the request; this is its failure.
        case fail(CaptureFailure)
    }

    /// A session, and which one of the run it is.
    public struct LiveSession: Sendable, Hashable {
        /// 1 for the first login of the run.
        public var generation: Int
        /// What the login answered.
        public var answer: LoginAnswer

        /// Joins the two.
        public init(generation: Int, answer: LoginAnswer) {
            self.generation = generation
            self.answer = answer
        }
    }

    private enum State {
        case loggedOut
        case loggingIn
        case live(LiveSession, wasAccepted: Bool)
        case over(CaptureFailure)
    }

    /// The most logins that one session may need in a run: another process that logs out ends everybody's session on
    /// the same user and token, but a server that rejects one path for ever must not make us log in for ever.
    public static let mostLogins = 8

    private var state = State.loggedOut
    private var generation = 0

    /// Starts without a session.
    public init() {}

    /// The number of logins that were begun.
    public var logins: Int { generation }

    /// Whether a caller is logging in right now.
    public var isLoggingIn: Bool {
        guard case .loggingIn = state else { return false }
        return true
    }

    /// What a caller is to do before it sends a request.
    public mutating func step() -> Step {
        switch state {
        case .loggedOut:
            state = .loggingIn
            generation += 1
            return .logIn
        case .loggingIn: return .wait
        case .live(let session, _): return .use(session)
        case .over(let failure): return .fail(failure)
        }
    }

    /// What a caller is to do whose request was answered 401.
    ///
    /// Its session may have been replaced meanwhile; then the new one is used. A session that nobody could use even
    /// once is not worth another login.
    /// - Parameter failure: what the rejected request becomes where no new login follows.
    public mutating func step(afterRejectionOf rejected: Int, failure: CaptureFailure) -> Step {
        guard case .live(let session, let wasAccepted) = state, session.generation == rejected else { return step() }
        // The very first session may be an old one that the platform handed out once more and that has just ended.
        guard generation < Self.mostLogins, wasAccepted || generation == 1 else {
            if !wasAccepted { state = .over(failure) }
            return .fail(failure)
        }
        state = .loggedOut
        return step()
    }

    /// A request was answered 401 a second time, after a new login: a session that nobody could use is the last one.
    public mutating func rejectedAgain(generation rejected: Int, failure: CaptureFailure) {
        guard case .live(let session, wasAccepted: false) = state, session.generation == rejected else { return }
        state = .over(failure)
    }

    /// The login that ``step()`` asked for succeeded.
    public mutating func loggedIn(_ answer: LoginAnswer) {
        state = .live(LiveSession(generation: generation, answer: answer), wasAccepted: false)
    }

    /// The login that ``step()`` asked for was refused or could not be carried out; the failure is final for the run,
    /// since the next try could be the one that locks the account.
    public mutating func loginFailed(_ failure: CaptureFailure) {
        state = .over(failure)
    }

    /// A request with this session was not answered 401.
    public mutating func accepted(generation accepted: Int) {
        guard case .live(let session, false) = state, session.generation == accepted else { return }
        state = .live(session, wasAccepted: true)
    }
}
