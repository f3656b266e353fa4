/// What a request line means.
enum Route: Sendable, Equatable {
    case login
    case password
    case validate(session: String)
    case logout(session: String)
    case read(EmulatorGroup, client: Identifier?)
    case writeVoice(adds: Bool, client: Identifier?, voice: Identifier)
    /// A known path, another method.
    case methodNotAllowed(allow: String)
    case unknown
    /// The emulator's own path; the segments after `/_emulator`.
    case control([String])

    /// A path segment in the place of an id.
    enum Identifier: Sendable, Equatable {
        case number(Int)
        /// Not an integer, or not above zero.
        case malformed
    }

    /// The kind to count the request as and to look up faults for.
    var kind: EmulatorRequestKind {
        switch self {
        case .login: .login
        case .password: .password
        case .validate: .validate
        case .logout: .logout
        case .read(let group, _): EmulatorRequestKind(group)
        case .writeVoice(let adds, _, _): adds ? .addVoice : .removeVoice
        case .methodNotAllowed, .unknown, .control: .other
        }
    }
}

extension Route {
    /// Version segments that are accepted after the category, and then ignored.
    static let versions: Set<String> = ["v3.0", "v3.1", "v3.2", "v3.3", "v3.4", "v3.5", "v5.0", "v6.0", "v17.0"]

    /// Reads a request line. Paths are case-sensitive; two slashes count as one, since one public client builds them.
    /// - Parameters:
    ///   - method: such as `GET`.
    ///   - target: path and query as they stand in the request line.
    init(method: String, target: String) {
        let halves = target.utf8.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        let path = halves.first ?? target.utf8[...]
        let segments = path.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
        guard path.first == UInt8(ascii: "/"), path.last != UInt8(ascii: "/"), let category = segments.first else {
            self = .unknown
            return
        }
        switch category {
        case "configuration":
            let rest = Self.withoutVersion(segments.dropFirst())
            self = rest.first == "clients" ? Self.clients(method: method, rest: Array(rest.dropFirst())) : .unknown
        case "session":
            let query = halves.count > 1 ? String(Substring(halves[1])) : ""
            self = Self.session(method: method, rest: Array(Self.withoutVersion(segments.dropFirst())), query: query)
        case "_emulator": self = .control(Array(segments.dropFirst()))
        default: self = .unknown
        }
    }

    private static func withoutVersion(_ segments: ArraySlice<String>) -> ArraySlice<String> {
        guard let first = segments.first, versions.contains(first) else { return segments }
        return segments.dropFirst()
    }

    private static func clients(method: String, rest: [String]) -> Route {
        switch rest.count {
        case 1:
            guard let group = EmulatorGroup(rawValue: rest[0]) else { return .unknown }
            return read(method: method, group: group, client: nil)
        case 2 where rest[0] == "voicePool": return voice(method: method, client: nil, voice: rest[1])
        case 2:
            // Countries are the session's client's: the vendor's page has no id form.
            guard let group = EmulatorGroup(rawValue: rest[1]), group != .countries else { return .unknown }
            return read(method: method, group: group, client: identifier(rest[0]))
        case 3 where rest[1] == "voicePool": return voice(method: method, client: identifier(rest[0]), voice: rest[2])
        default: return .unknown
        }
    }

    private static func read(method: String, group: EmulatorGroup, client: Identifier?) -> Route {
        method == "GET" ? .read(group, client: client) : .methodNotAllowed(allow: "GET")
    }

    private static func voice(method: String, client: Identifier?, voice: String) -> Route {
        switch method {
        // The page's sample for Remove Voice says POST on the path of Add Voice; the method line says DELETE, and it wins.
        case "POST": .writeVoice(adds: true, client: client, voice: identifier(voice))
        case "DELETE": .writeVoice(adds: false, client: client, voice: identifier(voice))
        default: .methodNotAllowed(allow: "POST, DELETE")
        }
    }

    private static func session(method: String, rest: [String], query: String) -> Route {
        switch (rest.first, rest.count) {
        case ("login", 1): return method == "POST" ? .login : .methodNotAllowed(allow: "POST")
        case ("password", 1): return method == "POST" ? .password : .methodNotAllowed(allow: "POST")
        case ("validate", 2): return method == "GET" ? .validate(session: rest[1]) : .methodNotAllowed(allow: "GET")
        case ("validate", 1):
            guard method == "GET" else { return .methodNotAllowed(allow: "GET") }
            return .validate(session: value(of: "sessionId", in: query))
        case ("logout", 2): return method == "DELETE" ? .logout(session: rest[1]) : .methodNotAllowed(allow: "DELETE")
        default: return .unknown
        }
    }

    private static func value(of name: String, in query: String) -> String {
        for pair in query.split(separator: "&") where pair.hasPrefix(name + "=") {
            return String(pair.dropFirst(name.utf8.count + 1))
        }
        return ""
    }

    private static func identifier(_ segment: String) -> Identifier {
        guard segment.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = Int(segment), number > 0
        else { return .malformed }
        return .number(number)
    }
}
