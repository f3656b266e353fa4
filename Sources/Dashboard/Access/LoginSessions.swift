import AuditModel
import Crypto

/// Cookies of people who showed the token. A cookie is its end and a code over it under a key that this process drew, so
/// nothing is kept, none can be made elsewhere, and none outlives the process.
struct LoginSessions: Sendable {
    /// How long one login lasts.
    static let duration = Duration.seconds(12 * 3600)

    private let key: SymmetricKey
    private let isSecure: Bool

    /// Draws a key.
    ///
    /// - Parameter isSecure: whether pages go over TLS; then the cookie does so alone.
    init(isSecure: Bool) {
        key = SymmetricKey(size: .bits256)
        self.isSecure = isSecure
    }

    /// The cookie's name; the prefix binds it to this very host, and browsers take it over TLS only.
    var name: String { isSecure ? "__Host-audit-session" : "audit-session" }

    /// What `Set-Cookie` says after a login at a moment.
    func cookie(at now: Timestamp) -> String {
        let end = now.advanced(by: Self.duration).milliseconds
        return line(value: "\(end).\(code(of: end))", seconds: Self.duration.components.seconds)
    }

    /// What `Set-Cookie` says to forget it.
    var removal: String { line(value: "", seconds: 0) }

    private func line(value: String, seconds: Int64) -> String {
        "\(name)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "")
    }

    /// Whether a `Cookie` header has a session that has not ended.
    func isOpen(_ header: String?, at now: Timestamp) -> Bool {
        guard let header else { return false }
        return header.split(separator: ";").contains { pair in
            let parts = pair.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0] == name else { return false }
            let fields = parts[1].split(separator: ".")
            guard fields.count == 2, let end = Int64(fields[0]) else { return false }
            return ConstantTime.areEqual(code(of: end), String(fields[1])) && now.milliseconds < end
        }
    }

    private func code(of end: Int64) -> String {
        Hexadecimal.text(
            of: HMAC<SHA256>.authenticationCode(for: Array("dashboard session until \(end)".utf8), using: key))
    }
}
