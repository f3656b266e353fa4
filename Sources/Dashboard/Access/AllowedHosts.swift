/// Which `Host` headers are answered. A page of the Internet can make its own name lead to 127.0.0.1 and would then be taken
/// by the browser for the same origin as the dashboard (DNS rebinding); it cannot change the name that the browser sends.
struct AllowedHosts: Sendable {
    private let names: Set<String>?

    /// - Parameters:
    ///   - isLoopback: whether the dashboard listens on loopback alone. Otherwise every name is answered, unless some are
    ///     given: what it can be reached by is not known here, and the token stands before everything.
    ///   - given: names, without a port.
    init(isLoopback: Bool, given: [String]) {
        let given = given.map { Self.name(of: $0) ?? $0.lowercased() }
        names = isLoopback ? Set(["localhost", "127.0.0.1", "[::1]"] + given) : given.isEmpty ? nil : Set(given)
    }

    /// Whether a request with such a header is answered.
    func allows(_ header: String?) -> Bool {
        guard let names else { return true }
        guard let header, let name = Self.name(of: header) else { return false }
        return names.contains(name)
    }

    /// The name in a header, in lower case and without its port; nil where it is none.
    static func name(of header: String) -> String? {
        let text = header.lowercased()
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]"), isPort(text[text.index(after: end)...]) else { return nil }
            return String(text[...end])
        }
        let name = text.prefix { $0 != ":" }
        guard !name.isEmpty, isPort(text[name.endIndex...]) else { return nil }
        return String(name.hasSuffix(".") ? name.dropLast() : name)
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.isEmpty || text.first == ":" && text.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
    }
}
