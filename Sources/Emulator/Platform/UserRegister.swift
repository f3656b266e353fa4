/// What changes about users: passwords, failed logins, locks.
struct UserRegister: Sendable {
    private var passwords: [UserKey: Password] = [:]
    private var failures: [UserKey: Int] = [:]
    private var locked: Set<UserKey> = []

    /// A password and when it was set on the platform's clock.
    struct Password: Sendable {
        var text: String
        var setAt: Duration
    }

    /// A password that replaced the one from the start.
    func changedPassword(of user: UserKey) -> Password? { passwords[user] }

    mutating func setPassword(_ text: String, of user: UserKey, now: Duration) {
        passwords[user] = Password(text: text, setAt: now)
        failures[user] = nil
    }

    func isLocked(_ user: UserKey) -> Bool { locked.contains(user) }

    /// Counts a failed login and locks at `limit` in a row; 0 never locks.
    mutating func countFailure(of user: UserKey, limit: Int) {
        failures[user, default: 0] += 1
        if limit > 0, failures[user, default: 0] >= limit { locked.insert(user) }
    }

    mutating func forgetFailures(of user: UserKey) { failures[user] = nil }

    /// What a Sysadmin does in the portal; the platform has no timed release.
    mutating func unlockAll() {
        locked = []
        failures = [:]
    }
}
