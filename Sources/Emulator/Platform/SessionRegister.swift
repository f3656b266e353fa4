/// One user of one client, by place.
struct UserKey: Sendable, Hashable {
    /// The place of the client in the fleet.
    var client: Int
    /// The place of the user in its account.
    var user: Int
}

/// A login that is alive.
struct Session: Sendable {
    var id: String
    var owner: Owner
    var role: EmulatorRole
    /// Whether every client may be read, or the own one alone.
    var readsEveryClient: Bool
    /// On the platform's clock.
    var lastUsed: Duration
    /// When the user's password runs out, which ends the session; `nil` is never.
    var passwordExpires: Duration?

    /// A session belongs to a user *and* a token: another token gets a session of its own.
    struct Owner: Sendable, Hashable {
        var user: UserKey
        var token: String
    }
}

/// The sessions of the platform. Any use within a rolling two hours keeps one alive.
struct SessionRegister: Sendable {
    /// How long an unused session lives.
    static let lifetime = Duration.seconds(2 * 60 * 60)

    private var sessions: [String: Session] = [:]
    private var idByOwner: [Session.Owner: String] = [:]
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed, purpose: .sessions) }

    /// The live session with `id`, which counts as a use.
    mutating func use(_ id: String, now: Duration) -> Session? {
        guard let session = live(id, now: now) else { return nil }
        sessions[id]?.lastUsed = now
        return session
    }

    /// The live session with `id`; to look is not a use.
    mutating func live(_ id: String, now: Duration) -> Session? {
        guard let session = sessions[id] else { return nil }
        if now - session.lastUsed >= Self.lifetime || session.passwordExpires.map({ now >= $0 }) == true {
            end(id)
            return nil
        }
        return session
    }

    /// The session of `owner`: the one that is alive, or a new one.
    mutating func open(
        for owner: Session.Owner, role: EmulatorRole, readsEveryClient: Bool, passwordExpires: Duration?, now: Duration
    ) -> Session {
        if let id = idByOwner[owner], let session = use(id, now: now) { return session }
        let session = Session(
            id: generator.uuid(), owner: owner, role: role, readsEveryClient: readsEveryClient, lastUsed: now,
            passwordExpires: passwordExpires)
        sessions[session.id] = session
        idByOwner[owner] = session.id
        return session
    }

    /// The ids of all sessions that have not been ended, sorted; some may have run out.
    var ids: [String] { sessions.keys.sorted() }

    /// Ends a session; `false` where there is none.
    @discardableResult
    mutating func end(_ id: String) -> Bool {
        guard let session = sessions.removeValue(forKey: id) else { return false }
        idByOwner[session.owner] = nil
        return true
    }

    /// Ends all sessions of `user`, whatever their token.
    mutating func endAll(of user: UserKey) {
        for session in sessions.values where session.owner.user == user { end(session.id) }
    }

    /// Looks at every session anew after the settings of clients have changed: `nil` ends it.
    mutating func revise(_ revised: (Session) -> Session?) {
        for session in sessions.values {
            if let session = revised(session) { sessions[session.id] = session } else { end(session.id) }
        }
    }
}
