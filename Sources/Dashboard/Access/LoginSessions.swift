import AuditModel
import Crypto
import Synchronization

/// Cookies of people who showed the token. A cookie is its end, a number of its own and a code over both under a key that
/// this process drew, so none can be made elsewhere, and none outlives the process. Only those that were logged out are
/// kept, until they would have ended.
final class LoginSessions: Sendable {
    /// How long one login lasts.
    static let duration = Duration.seconds(12 * 3600)

    /// A cookie's value, read and found to be one of ours.
    private struct Session: Hashable {
        var end: Int64
        var number: String
    }

    private let key = SymmetricKey(size: .bits256)
    private let isSecure: Bool
    private let ended = Mutex<Set<Session>>([])

    /// Draws a key.
    ///
    /// - Parameter isSecure: whether pages go over TLS; then the cookie does so alone.
    init(isSecure: Bool) { self.isSecure = isSecure }

    /// The cookie's name; the prefix binds it to this very host, and browsers take it over TLS only.
    var name: String { isSecure ? "__Host-audit-session" : "audit-session" }

    /// What `Set-Cookie` says after a login at a moment.
    func cookie(at now: Timestamp) -> String {
        var chance = SystemRandomNumberGenerator()
        let number = String(chance.next(), radix: 16) + String(chance.next(), radix: 16)
        let session = Session(end: now.advanced(by: Self.duration).milliseconds, number: number)
        return line(
            value: "\(session.end).\(session.number).\(code(of: session))", seconds: Self.duration.components.seconds)
    }

    /// What `Set-Cookie` says to forget it.
    var removal: String { line(value: "", seconds: 0) }

    private func line(value: String, seconds: Int64) -> String {
        "\(name)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "")
    }

    /// Whether a `Cookie` header has a session that has not ended.
    func isOpen(_ header: String?, at now: Timestamp) -> Bool { !open(header, at: now).isEmpty }

    /// Ends the sessions of a `Cookie` header for every browser that has a copy of them.
    ///
    /// Only what is open is kept, so nobody without the token can fill the memory.
    func end(_ header: String?, at now: Timestamp) {
        let sessions = open(header, at: now)
        guard !sessions.isEmpty else { return }
        ended.withLock { ended in
            ended = ended.filter { now.milliseconds < $0.end }
            ended.formUnion(sessions)
        }
    }

    private func open(_ header: String?, at now: Timestamp) -> [Session] {
        guard let header else { return [] }
        return header.split(separator: ";").compactMap { pair in
            let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0] == name else { return nil }
            let fields = parts[1].split(separator: ".", omittingEmptySubsequences: false)
            guard fields.count == 3, let end = Int64(fields[0]) else { return nil }
            let session = Session(end: end, number: String(fields[1]))
            guard ConstantTime.areEqual(code(of: session), String(fields[2])), now.milliseconds < end,
                !ended.withLock({ $0.contains(session) })
            else { return nil }
            return session
        }
    }

    private func code(of session: Session) -> String {
        let text = "dashboard session \(session.number) until \(session.end)"
        return Hexadecimal.text(of: HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
    }
}
