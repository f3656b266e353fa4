import AuditModel
import LiveVoxAPI
import NIOHTTP1
import Synchronization

/// One session of the run: what ``SessionMachine`` decides, performed. Many workers ask, one logs in.
final class AccountSession: Sendable {
    /// What a request needs of a session.
    struct Grant: Sendable {
        var generation: Int
        var clientID: Int
        var daysUntilPasswordExpires: Int?
        var headers: HTTPHeaders
        var sessionID: Secret
    }

    /// Holds back this session's requests while the server asks to wait.
    let gate = RateGate()
    private let logIn: @Sendable () async -> Result<LoginAnswer, CaptureFailure>
    private let headers: @Sendable (SessionID) -> HTTPHeaders
    private let state = Mutex(State())

    private struct State: Sendable {
        var machine = SessionMachine()
        var waiters: [CheckedContinuation<Void, Never>] = []
        /// The headers of the live session, built once and not for each request.
        var grant: Grant?
    }

    /// - Parameters:
    ///   - logIn: performs one login; called by one task at a time.
    ///   - headers: the headers of every request with a session.
    init(
        logIn: @escaping @Sendable () async -> Result<LoginAnswer, CaptureFailure>,
        headers: @escaping @Sendable (SessionID) -> HTTPHeaders
    ) {
        self.logIn = logIn
        self.headers = headers
    }

    /// The session to send a request with; logs in where that is due.
    func grant() async -> Result<Grant, CaptureFailure> {
        await follow { $0.step() }
    }

    /// The session to send a request with once more after it was answered 401.
    func grant(afterRejectionOf generation: Int, failure: CaptureFailure) async -> Result<Grant, CaptureFailure> {
        await follow { $0.step(afterRejectionOf: generation, failure: failure) }
    }

    /// Tells that the platform accepted the session.
    func accepted(_ grant: Grant) {
        state.withLock { $0.machine.accepted(generation: grant.generation) }
    }

    /// Tells that a request was answered 401 even after a new login.
    func rejectedAgain(_ grant: Grant, failure: CaptureFailure) {
        state.withLock { $0.machine.rejectedAgain(generation: grant.generation, failure: failure) }
    }

    private func follow(_ firstStep: (inout SessionMachine) -> SessionMachine.Step) async -> Result<
        Grant, CaptureFailure
    > {
        var (step, cached) = state.withLock { (firstStep(&$0.machine), $0.grant) }
        while true {
            switch step {
            case .use(let session):
                if let cached, cached.generation == session.generation { return .success(cached) }
                return .success(grant(of: session))
            case .fail(let failure): return .failure(failure)
            case .wait: await waitForLogin()
            case .logIn:
                let result = await logIn()
                let waiters = state.withLock { state in
                    switch result {
                    case .success(let answer): state.machine.loggedIn(answer)
                    case .failure(let failure): state.machine.loginFailed(failure)
                    }
                    defer { state.waiters = [] }
                    return state.waiters
                }
                for waiter in waiters { waiter.resume() }
            }
            (step, cached) = state.withLock { ($0.machine.step(), $0.grant) }
        }
    }

    private func grant(of session: SessionMachine.LiveSession) -> Grant {
        let grant = Grant(
            generation: session.generation, clientID: session.answer.clientID,
            daysUntilPasswordExpires: session.answer.daysUntilPasswordExpires,
            headers: headers(session.answer.sessionID), sessionID: session.answer.sessionID.secret)
        state.withLock { $0.grant = grant }
        return grant
    }

    private func waitForLogin() async {
        // Not cancellable on its own: the login that is waited for ends at once when the run is cancelled.
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                guard state.machine.isLoggingIn else { return true }
                state.waiters.append(continuation)
                return false
            }
            if isDone { continuation.resume() }
        }
    }
}
