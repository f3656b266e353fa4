import Logging
import Synchronization

/// The emulated platform: its state behind one lock, and the clock that scripts can move.
///
/// A lock and not an actor: the work under it is a dictionary look-up or two, which a hop would cost more than.
final class Platform: Sendable {
    let accounts: [EmulatorAccount]
    let latency: Duration
    private let state: Mutex<PlatformState>
    private let date = DateHeader()
    private let clockOffset = Mutex<Duration>(.zero)
    private let start = ContinuousClock.now
    private let atOnce = Atomic<Int>(0)
    private let highestAtOnce = Atomic<Int>(0)

    init(_ configuration: EmulatorConfiguration) {
        let fleet = Fleet(clients: configuration.clients, seed: configuration.seed)
        let accounts = fleet.accounts()
        self.accounts = accounts
        latency = configuration.latency
        state = Mutex(PlatformState(fleet: fleet, accounts: accounts, night: configuration.night))
    }

    /// Time since the start, moved by script.
    var now: Duration { (ContinuousClock.now - start) + clockOffset.withLock { $0 } }

    /// Moves the clock on.
    func advanceClock(by duration: Duration) { clockOffset.withLock { $0 += duration } }

    /// Looks at or changes the state.
    func withState<Value: Sendable>(_ body: (inout sending PlatformState) -> sending Value) -> sending Value {
        state.withLock(body)
    }

    /// Answers one request of the emulated API, and counts it.
    func answer(_ route: Route, access: String?, session: String?, body: [UInt8]) -> Answer {
        let now = now
        let login = route.hasLoginBody ? LoginRequest(bytes: body) : nil
        return state.withLock { state in
            var answer = state.answer(route, login: login, access: access, session: session, now: now)
            answer.delay += latency
            state.counter.count(route.kind, status: answer.status)
            return answer
        }
    }

    /// The value of the `Date` header of an answer that is sent now: the machine's clock, which scripts do not move.
    func dateHeader() -> String { date.now() }

    // MARK: Load

    /// Counts a request in; the caller counts it out by ``leave()``.
    func enter() {
        let current = atOnce.add(1, ordering: .relaxed).newValue
        highestAtOnce.max(current, ordering: .relaxed)
    }

    func leave() { atOnce.subtract(1, ordering: .relaxed) }

    /// Requests so far.
    var statistics: EmulatorStatistics {
        let highest = highestAtOnce.load(ordering: .relaxed)
        return state.withLock { $0.counter.statistics(highestAtOnce: highest) }
    }

    /// Starts counting anew.
    func resetStatistics() {
        state.withLock { $0.counter = RequestCounter() }
        highestAtOnce.store(0, ordering: .relaxed)
    }
}

extension Route {
    /// Whether the request carries credentials as JSON.
    var hasLoginBody: Bool {
        switch self {
        case .login, .password: true
        case .validate, .logout, .read, .writeVoice, .methodNotAllowed, .unknown, .control: false
        }
    }
}

extension PlatformState {
    /// The answer, faults included.
    mutating func answer(
        _ route: Route, login request: LoginRequest?, access: String?, session: String?, now: Duration
    ) -> Answer {
        guard let fault = takeFault(for: route, login: request, session: session, now: now) else {
            return regularAnswer(route, login: request, access: access, session: session, now: now)
        }
        if let deed = fault.deed { perform(deed, session: session, now: now) }
        let asked = clientID(meantBy: route, login: request, session: session, now: now)
        let replacement = fault.replacement { [self] client in
            guard case .read(let group, _) = route, let id = client ?? asked, let place = fleet.place(ofClient: id)
            else { return nil }
            return profile(at: place).document(group)
        }
        let regular =
            replacement == nil || fault.isCarriedOut
            ? regularAnswer(route, login: request, access: access, session: session, now: now) : nil
        var answer = replacement ?? regular ?? .notFound
        answer.delay = fault.latency ?? .zero
        answer.cut = fault.cut
        return answer
    }

    private mutating func regularAnswer(
        _ route: Route, login request: LoginRequest?, access: String?, session: String?, now: Duration
    ) -> Answer {
        switch route {
        case .read, .writeVoice: clientsMethod(route, sessionID: session, now: now)
        case .login: login(request, token: access, now: now)
        case .password: changePassword(request, token: access, now: now)
        case .validate(let id): validate(session: id, now: now)
        case .logout(let id): logout(session: id, now: now)
        case .methodNotAllowed(let allow): .methodNotAllowed(allow)
        case .unknown, .control: .notFound
        }
    }

    /// The first fault of the table that fits; it is used up by one.
    private mutating func takeFault(
        for route: Route, login request: LoginRequest?, session: String?, now: Duration
    ) -> EmulatorFault? {
        guard !faults.isEmpty else { return nil }
        let client = clientID(meantBy: route, login: request, session: session, now: now)
        let fitting = faults.indices.filter { index in
            let fault = faults[index]
            return (fault.kind ?? route.kind) == route.kind && (fault.clientID == nil || fault.clientID == client)
                && fault.nights?.contains(night) != false
        }
        for index in fitting {
            guard faults[index].skip == 0 else {
                faults[index].skip -= 1
                continue
            }
            let fault = faults[index]
            if let times = fault.times {
                if times <= 1 { faults.remove(at: index) } else { faults[index].times = times - 1 }
            }
            return fault
        }
        return nil
    }

    private mutating func perform(_ deed: EmulatorFault.Deed, session id: String?, now: Duration) {
        guard let id, let session = sessions.live(id, now: now) else { return }
        switch deed {
        case .endSession: sessions.end(id)
        case .changePassword:
            users.setPassword("changed-by-a-fault", of: session.owner.user, now: now)
            sessions.endAll(of: session.owner.user)
        }
    }

    private mutating func clientID(
        meantBy route: Route, login request: LoginRequest?, session: String?, now: Duration
    ) -> Int? {
        func own(_ id: String?) -> Int? {
            id.flatMap { sessions.live($0, now: now) }.map { Fleet.firstID + $0.owner.user.client }
        }
        switch route {
        case .read(_, .number(let id)), .writeVoice(_, .number(let id), _): return id
        case .read, .writeVoice: return own(session)
        case .login, .password: return request.flatMap { place(ofCode: $0.clientName) }.map { Fleet.firstID + $0 }
        case .validate(let id), .logout(let id): return own(id)
        case .methodNotAllowed, .unknown, .control: return nil
        }
    }
}
