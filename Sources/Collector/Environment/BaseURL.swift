/// Where an environment answers: `https://host[:port][/path]`; plain `http` only for loopback addresses (decision 17).
public struct BaseURL: Sendable, Hashable, CustomStringConvertible {
    /// Why a text cannot be a base URL.
    public enum Defect: Error, Sendable, Hashable, CustomStringConvertible {
        /// Not `https://…` or `http://…`.
        case noScheme
        /// `http` for an address that is not loopback.
        case notEncrypted(host: String)
        /// No host, or one with characters that no host has.
        case noHost
        /// A port that is no number from 1 to 65535.
        case badPort
        /// A user, a query or a fragment, which do not belong there.
        case extraParts

        /// One sentence.
        public var description: String {
            switch self {
            case .noScheme: "a base URL begins with https://, for example https://api.livevox.com"
            case .notEncrypted(let host):
                "credentials are only sent over TLS: write https://\(host) (http:// is for loopback addresses alone)"
            case .noHost: "the base URL has no usable host; write for example https://api.livevox.com"
            case .badPort: "the base URL's port is no number from 1 to 65535"
            case .extraParts: "a base URL has no user, query or fragment; credentials have keys of their own"
            }
        }
    }

    /// The URL in its normal form: scheme and host in lower case, without a slash at its end.
    public let text: String
    /// Whether it can only be this machine.
    public let isLoopback: Bool

    /// Reads a base URL.
    public init(_ source: String) throws(Defect) {
        guard let separator = source.firstRange(of: "://") else { throw .noScheme }
        let scheme = source[..<separator.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else { throw .noScheme }
        let rest = source[separator.upperBound...]
        guard !rest.contains(where: { "@?#\\".contains($0) || $0.isWhitespace || !$0.isASCII }) else {
            throw .extraParts
        }
        let authority = rest.prefix { $0 != "/" }
        var path = rest.dropFirst(authority.count)
        while path.last == "/" { path.removeLast() }
        var host = authority
        var port: Substring?
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            host = authority[...end]
            let tail = authority[authority.index(after: end)...]
            guard tail.isEmpty || tail.hasPrefix(":") else { throw .noHost }
            port = tail.isEmpty ? nil : tail.dropFirst()
        } else if let colon = authority.lastIndex(of: ":") {
            host = authority[..<colon]
            port = authority[authority.index(after: colon)...]
        }
        if let port {
            guard port.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(port), (1...65_535).contains(number)
            else {
                throw .badPort
            }
        }
        let name = host.lowercased()
        guard Self.isHost(name) else { throw .noHost }
        isLoopback = Self.isLoopback(name)
        guard scheme == "https" || isLoopback else { throw .notEncrypted(host: name) }
        text = "\(scheme)://\(name)\(port.map { ":\($0)" } ?? "")\(path)"
    }

    /// The URL in its normal form.
    public var description: String { text }

    private static func isHost(_ name: String) -> Bool {
        if name.hasPrefix("[") {
            return name.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
        }
        return !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || "-._".contains($0) }
    }

    /// `127.0.0.0/8` in full, `::1` and `localhost`; a name that merely begins like one does not count.
    private static func isLoopback(_ name: String) -> Bool {
        if name == "localhost" || name == "[::1]" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil && !$0.hasPrefix("+") }
    }
}
