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

    /// Takes more patterns than the defaults; one with a dot is a path, one without is looked for inside keys.
    public init(additionalPatterns: [String] = []) {
        words = (Self.defaultPatterns + additionalPatterns.filter { !$0.contains(".") }).map { $0.lowercased() }
        paths = Set(additionalPatterns.filter { $0.contains(".") })
    }

    /// What all that is decided about a body before it is stored depends on: the version of these rules and the patterns.
    var digest: Digest {
        Digest(of: ["ingest 2", .array(words.map { .string($0) }), .array(paths.sorted().map { .string($0) })])
    }

    /// The body with every sensitive value replaced by `token(canonical bytes, path)`.
    ///
    /// Documented settings are not sensitive, whatever their key looks like (`encryptCcsPassword` is a flag). A messaging
    /// property is judged by its `key`, and its `value` is replaced.
    public func redacted(
        _ body: SettingValue, of group: SettingsGroup, token: ([UInt8], String) -> String
    ) -> SettingValue {
        redacted(body, at: SettingPath(group), token: token)
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
        guard text.utf8.count < 100_000 else { return false }
        let lowered = text.lowercased()
        if let scheme = lowered.firstRange(of: "://") {
            let authority = lowered[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            if let sign = authority.lastIndex(of: "@"), authority[..<sign].contains(":") { return true }
        }
        return ["password=", "passwd=", "pwd=", "secret=", "token=", "apikey=", "api_key="].contains {
            lowered.contains($0)
        }
    }

    /// Null says that there is no value; it hides nothing, and a rule may have to see it.
    private func hidden(_ value: SettingValue, at path: SettingPath, token: ([UInt8], String) -> String) -> SettingValue
    {
        value == .null ? .null : .string(token(CanonicalJSON.bytes(of: value), path.dotted))
    }

    private func isSensitive(_ key: String, at path: SettingPath) -> Bool {
        if paths.contains(path.generalised.dotted) || paths.contains(path.dotted) { return true }
        return SettingsCatalogue.definition(at: path) == nil && matches(key)
    }

    /// The name of a key-value property; nil where the element is none.
    private func propertyName(of element: SettingValue, at list: SettingPath) -> String? {
        guard SettingsCatalogue.listKey(at: list) == "key" else { return nil }
        return element["key"]?.stringValue
    }

    private func isSensitiveProperty(_ name: String, of list: SettingPath) -> Bool {
        matches(name) || paths.contains(list.dotted + "." + name)
    }

    private func matches(_ key: String) -> Bool {
        let lowered = key.lowercased()
        return words.contains { lowered.contains($0) }
    }
}
