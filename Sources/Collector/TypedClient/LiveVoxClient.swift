import AuditModel
public import LiveVoxAPI

/// The seven Clients methods, login and validation on one session, one call at a time.
///
/// Reads are repeated as ``RetryPolicy`` says; adding and removing a voice never are: after a time-out, read the pool
/// and decide. Without a client, the session's own is meant.
public struct LiveVoxClient: Sendable {
    private let runner: RequestRunner
    private let session: AccountSession

    /// Runs the body with a client that logs in at its first call. Nothing is logged out at the end.
    /// - Throws: the body's error, or ``CollectorError``.
    public static func with<Result: Sendable>(
        _ environment: EnvironmentSettings, login: ResolvedLogin, policy: RetryPolicy = RetryPolicy(),
        clock: CollectorClock = .system, _ body: (LiveVoxClient) async throws -> Result
    ) async throws -> Result {
        try await HTTPTransport.with(environment) { transport in
            let runner = RequestRunner(
                transport: transport, settings: environment, policy: policy, clock: clock,
                pace: SharedPace(requestsPerSecond: environment.requestsPerSecond),
                traffic: TrafficControl(environment),
                counters: RequestCounters())
            let performer = LoginPerformer(runner: runner, wasRefusedBefore: { _ in false })
            let session = AccountSession(
                logIn: { await performer.logIn(login, code: login.clientName, deadline: nil).result },
                headers: { LoginPerformer.headers(for: environment, session: $0) })
            return try await body(LiveVoxClient(runner: runner, session: session))
        }
    }

    /// Logs in, unless that has happened; the session's client.
    /// - Throws: ``LiveVoxError``.
    @discardableResult
    public func logIn() async throws(LiveVoxError) -> ClientNumber {
        let grant = try await grant()
        do throws(InvalidIdentifier) {
            return try ClientNumber(grant.clientID)
        } catch {
            throw LiveVoxError(CaptureFailure(.loginFailed, detail: "the session's client id is not 1 or more"))
        }
    }

    /// Whether the platform takes the session as valid: 204 yes, 404 no.
    /// - Throws: ``LiveVoxError`` for any other answer.
    public func isSessionValid() async throws(LiveVoxError) -> Bool {
        let grant = try await grant()
        guard let id = SessionID(grant.sessionID.reveal()) else { return false }
        let method = SessionMethod.validate(id)
        let version = runner.settings.apiVersion
        let answer = try await answer(
            RequestRunner.Request(
                verb: method.verb, path: method.path(version: version),
                headers: LoginPerformer.headers(for: runner.settings), name: method.request(version: version),
                repeating: .reading, secrets: [id.secret]))
        switch answer.status {
        case 200, 204: return true
        case 404: return false
        default: throw error(answer, method.request(version: version), hiding: [id.secret])
        }
    }

    /// Reads the internal settings.
    public func readInternalSettings(client: ClientNumber? = nil) async throws(LiveVoxError) -> InternalSettings {
        try await read(.readInternalSettings(client: client), InternalSettings.init)
    }

    /// Reads the general settings.
    public func readGeneralSettings(client: ClientNumber? = nil) async throws(LiveVoxError) -> GeneralSettings {
        try await read(.readGeneralSettings(client: client), GeneralSettings.init)
    }

    /// Reads the messaging settings.
    public func readMessagingSettings(client: ClientNumber? = nil) async throws(LiveVoxError) -> MessagingSettings {
        try await read(.readMessagingSettings(client: client), MessagingSettings.init)
    }

    /// Reads the voice pool.
    public func readVoicePool(client: ClientNumber? = nil) async throws(LiveVoxError) -> VoicePool {
        try await read(.readVoicePool(client: client), VoicePool.init)
    }

    /// Lists the countries of the session's client.
    public func listCountries() async throws(LiveVoxError) -> [Country] {
        try await read(.listCountries, Country.list)
    }

    /// Adds a voice; one that is in the pool already is a success, too.
    public func addVoice(_ voice: VoiceID, client: ClientNumber? = nil) async throws(LiveVoxError) {
        try await write(.addVoice(voice, client: client))
    }

    /// What removing a voice came to.
    public enum Removal: Sendable, Hashable {
        /// The platform removed it.
        case removed
        /// The platform knows no such voice in the pool, and the pool, read again, does not have it.
        case wasAbsent
    }

    /// Removes a voice. A 404 is a success where the pool, read again, does not have the voice.
    @discardableResult
    public func removeVoice(_ voice: VoiceID, client: ClientNumber? = nil) async throws(LiveVoxError) -> Removal {
        do throws(LiveVoxError) {
            try await write(.removeVoice(voice, client: client))
            return .removed
        } catch {
            guard error.failure.reason == .notFound else { throw error }
            let pool = try await readVoicePool(client: client)
            // A pool that cannot be read as one proves nothing.
            guard pool.voices.value != nil, !pool.ids.contains(Int64(voice.rawValue)) else { throw error }
            return .wasAbsent
        }
    }

    // MARK: - One call

    private func grant() async throws(LiveVoxError) -> AccountSession.Grant {
        switch await session.grant() {
        case .success(let grant): return grant
        case .failure(let failure): throw LiveVoxError(failure)
        }
    }

    private func read<Answer>(
        _ method: ClientsMethod, _ decode: (SettingValue) -> Answer?
    ) async throws(LiveVoxError) -> Answer {
        let name = method.request(version: runner.settings.apiVersion)
        let body = try await call(method, repeating: .reading, succeeds: { $0 == 200 }).body
        do throws(JSONReadingError) {
            if let answer = decode(try JSONReader.value(of: body)) { return answer }
        } catch {
            let reason: CaptureFailure.Reason = error.isWellFormedJSON ? .notRepresentable : .notJSON
            throw LiveVoxError(
                CaptureFailure(reason, status: 200, request: name, detail: UntrustedText.clause(error.description)))
        }
        throw LiveVoxError(CaptureFailure(.unexpectedShape, status: 200, request: name))
    }

    private func write(_ method: ClientsMethod) async throws(LiveVoxError) {
        // 204 by the vendor's page; any other success says no less.
        _ = try await call(method, repeating: .writing, succeeds: { (200..<300).contains($0) })
    }

    private func call(
        _ method: ClientsMethod, repeating: Repeatability, succeeds: (Int) -> Bool
    ) async throws(LiveVoxError) -> TransportAnswer {
        let version = runner.settings.apiVersion
        let name = method.request(version: version)
        var grant = try await grant()
        var isRenewed = false
        while true {
            let answer = try await answer(
                RequestRunner.Request(
                    verb: method.verb, path: method.path(version: version), headers: grant.headers, name: name,
                    repeating: repeating, gate: session.gate, secrets: [grant.sessionID]))
            let error = error(answer, name, hiding: [grant.sessionID])
            // A 401 comes before anything is done, so that even a write may be sent again with a new session.
            guard answer.status == 401, !isRenewed else {
                if answer.status == 401 {
                    session.rejectedAgain(grant, failure: error.failure)
                } else {
                    session.accepted(grant)
                }
                guard succeeds(answer.status) else { throw error }
                return answer
            }
            isRenewed = true
            switch await session.grant(afterRejectionOf: grant.generation, failure: error.failure) {
            case .success(let renewed): grant = renewed
            case .failure(let failure): throw LiveVoxError(failure)
            }
        }
    }

    private func answer(_ request: RequestRunner.Request) async throws(LiveVoxError) -> TransportAnswer {
        switch await runner.run(request).result {
        case .success(let answer): return answer
        case .failure(let failure): throw LiveVoxError(failure)
        }
    }

    private func error(_ answer: TransportAnswer, _ request: String, hiding secrets: [Secret]) -> LiveVoxError {
        LiveVoxError(
            AnswerInterpreter.failure(
                status: answer.status, body: answer.body, request: request, hiding: secrets),
            code: ErrorBody(answer.body).code)
    }
}
