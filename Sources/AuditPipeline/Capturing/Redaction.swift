public import AuditModel

/// Replaces sensitive values by keyed tokens before anything is stored: a change shows, the value never does.
public struct Redaction: Sendable {
    /// The patterns that always hold.
    public static let defaultPatterns = [
        "password", "secret", "token", "key", "credential", "passwd", "pwd", "passphrase", "authorization", "bearer",
    ]

    /// One pattern: a part of a key, or a dotted path such as `messaging.property.ftp_login`.
    private let words: [String]
    private let paths: Set<String>
    private let search: WordSearch

    /// Takes more patterns than the defaults; one with a dot is a path, one without is looked for inside keys.
    public init(additionalPatterns: [String] = []) {
        words = (Self.defaultPatterns + additionalPatterns.filter { !$0.contains(".") }).map { $0.lowercased() }
        paths = Set(additionalPatterns.filter { $0.contains(".") })
        search = WordSearch(words)
    }

    /// What all that is decided about a body before it is stored depends on: the version of these rules and the patterns.
    var digest: Digest {
        Digest(of: ["ingest 3", .array(words.map { .string($0) }), .array(paths.sorted().map { .string($0) })])
    }

    /// The body with every sensitive value replaced by `token(canonical bytes, path)`.
    ///
    /// Documented settings are not sensitive, whatever their key looks like (`encryptCcsPassword` is a flag). A messaging
    /// property is judged by its `key`, and its `value` is replaced.
    public func redacted(
        _ body: SettingValue, of group: SettingsGroup, token: ([UInt8], String) -> String
    ) -> SettingValue {
        // Most bodies have nothing that even looks sensitive, and are left as they are.
        paths.isEmpty && !mayBeSensitive(body) ? body : redacted(body, at: SettingPath(group), token: token)
    }

    /// Whether any word or credential is in any key or text, wherever it stands.
    private func mayBeSensitive(_ value: SettingValue) -> Bool {
        switch value {
        case .object(let object): object.members.contains { search.finds($0.key) || mayBeSensitive($0.value) }
        case .array(let elements): elements.contains { mayBeSensitive($0) }
        // The names of properties are texts.
        case .string(let text): search.finds(text) || Self.holdsCredential(text)
        case .null, .bool, .integer, .number: false
        }
    }

    private func redacted(
        _ value: SettingValue, at path: SettingPath, token: ([UInt8], String) -> String
    ) -> SettingValue {
        switch value {
        case .object(var object):
            for member in object.members {
                let place = path.appending(.key(member.key))
                if isSensitive(member.key, at: place) {
                    object[member.key] = hidden(member.value, at: place, token: token)
                } else {
                    object[member.key] = redacted(member.value, at: place, token: token)
                }
            }
            return .object(object)
        case .array(let elements):
            let steps = SettingPath.concreteSteps(of: elements, at: path)
            return .array(
                zip(elements, steps).map { element, step in
                    let place = path.appending(step)
                    guard let name = propertyName(of: element, at: path), isSensitiveProperty(name, of: path),
                        case .object(var object) = element
                    else { return redacted(element, at: place, token: token) }
                    // All but the name is hidden, so that a value under an unexpected key is, too.
                    for member in object.members where member.key != "key" {
                        object[member.key] = hidden(member.value, at: place.appending(.key(member.key)), token: token)
                    }
                    return .object(object)
                })
        case .string(let text):
            return Self.holdsCredential(text) ? hidden(value, at: path, token: token) : value
        case .null, .bool, .integer, .number: return value
        }
    }

    /// Whether a text carries a credential inside, whatever its key is: a URL with user and password, or `password=…`.
    private static func holdsCredential(_ text: String) -> Bool {
        text.utf8.count < 100_000 && (assignments.finds(text) || holdsURLWithPassword(text))
    }

    private static let assignments = WordSearch([
        "password=", "passwd=", "pwd=", "secret=", "token=", "apikey=", "api_key=",
    ])

    private static func holdsURLWithPassword(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8) else {
            // The first colon is mostly the scheme's; where it is not, the text is looked through.
            guard bytes.contains(UInt8(ascii: "@")), let scheme = text.firstRange(of: "://") else { return false }
            return hasPassword(bytes[scheme.upperBound...])
        }
        return hasPassword(bytes[colon...].dropFirst(3))
    }

    /// Whether what follows `://` begins with `user:password@`.
    private static func hasPassword(_ rest: Substring.UTF8View) -> Bool {
        let authority = rest.prefix { ![UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) }
        guard let sign = authority.lastIndex(of: UInt8(ascii: "@")) else { return false }
        return authority[..<sign].contains(UInt8(ascii: ":"))
    }

    /// Null says that there is no value; it hides nothing, and a rule may have to see it.
    private func hidden(_ value: SettingValue, at path: SettingPath, token: ([UInt8], String) -> String) -> SettingValue
    {
        value == .null ? .null : .string(token(CanonicalJSON.bytes(of: value), path.dotted))
    }

    private func isSensitive(_ key: String, at path: SettingPath) -> Bool {
        if !paths.isEmpty, paths.contains(path.generalised.dotted) || paths.contains(path.dotted) { return true }
        return search.finds(key) && SettingsCatalogue.definition(at: path) == nil
    }

    /// The name of a key-value property; nil where the element is none.
    private func propertyName(of element: SettingValue, at list: SettingPath) -> String? {
        guard SettingsCatalogue.listKey(at: list) == "key" else { return nil }
        return element["key"]?.stringValue
    }

    private func isSensitiveProperty(_ name: String, of list: SettingPath) -> Bool {
        search.finds(name) || !paths.isEmpty && paths.contains(list.dotted + "." + name)
    }
}
