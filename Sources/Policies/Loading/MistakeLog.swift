internal import AuditModel

/// Collects what is wrong with one file while it is read.
struct MistakeLog {
    let source: SourceText
    private(set) var diagnostics: [Diagnostic]
    /// Places of values that could not be read: what more could be said of them would be said of a stopgap.
    private let spoilt: Set<SourcePlace.Start>

    /// - Parameter reading: what is wrong with the file as YAML.
    init(_ source: SourceText, reading: [Diagnostic] = []) {
        self.source = source
        diagnostics = reading
        spoilt = Set(reading.map { SourcePlace.Start(line: $0.line, column: $0.column) })
    }

    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    mutating func error(_ mistake: PolicyMistake, at place: SourcePlace, suggestion: String? = nil) {
        guard spoilt.isEmpty || !spoilt.contains(.init(line: place.line, column: place.column)) else { return }
        diagnostics.append(source.error(mistake, at: place, suggestion: suggestion))
    }

    mutating func warning(_ mistake: PolicyMistake, at place: SourcePlace, suggestion: String? = nil) {
        // Without what could not be read, a doubt about the rest may be none.
        guard spoilt.isEmpty else { return }
        diagnostics.append(source.diagnostic(.warning, at: place, mistake.sentence, suggestion: suggestion))
    }

    mutating func append(_ others: [Diagnostic]) { diagnostics += others }

    // MARK: Shapes

    /// The entries of a map by key; an error for anything else, and for keys that are not known.
    mutating func fields(
        of node: YAMLNode, _ name: String, known: [String], required: [String] = []
    ) -> [String: YAMLNode.Entry]? {
        guard let entries = node.entries else {
            error(.expected(name, what: "a map", found: node.kindName), at: node.place)
            return nil
        }
        var fields: [String: YAMLNode.Entry] = [:]
        for entry in entries {
            // Byte by byte, so that a look-alike is an unknown key and not a known one.
            if known.contains(where: { $0.isIdentical(to: entry.key) }) {
                fields[entry.key] = entry
            } else {
                error(
                    .unknownKey(entry.key, in: name), at: entry.keyPlace,
                    suggestion: NearestName.to(entry.key, among: known))
            }
        }
        for key in required where fields[key] == nil { error(.missingKey(key, in: name), at: node.place) }
        return fields
    }

    /// The entries of a map by key, after the map's table.
    mutating func fields(of node: YAMLNode, _ name: String, _ table: KeyTable) -> [String: YAMLNode.Entry]? {
        fields(of: node, name, known: table.names, required: table.requiredNames)
    }

    /// The entries of a map whose keys are free; an error for anything else.
    mutating func entries(of node: YAMLNode?, _ name: String) -> [YAMLNode.Entry] {
        guard let node else { return [] }
        guard let entries = node.entries else {
            error(.expected(name, what: "a map", found: node.kindName), at: node.place)
            return []
        }
        return entries
    }

    /// The elements of a list; an error for anything else.
    mutating func elements(of node: YAMLNode?, _ name: String) -> [YAMLNode] {
        guard let node else { return [] }
        guard let elements = node.elements else {
            error(.expected(name, what: "a list", found: node.kindName), at: node.place)
            return []
        }
        return elements
    }

    /// Text that is not blank; an error for anything else. A number stands as it is written (`version: 1.10`).
    mutating func text(_ node: YAMLNode?, _ name: String, allowsNumbers: Bool = false) -> String? {
        guard let node else { return nil }
        switch node.kind {
        case .string(let text) where !text.allSatisfy(\.isWhitespace): return text
        case .integer where allowsNumbers, .float where allowsNumbers: return node.text
        case .string:
            error(.expected(name, what: "text", found: "empty"), at: node.place)
        case .null, .bool, .integer, .float, .sequence, .mapping:
            error(.expected(name, what: "text", found: node.kindName), at: node.place)
        }
        return nil
    }

    /// One of a closed set of words; an error, with the nearest of them, for anything else.
    mutating func word<Word: RawRepresentable & CaseIterable>(
        _ node: YAMLNode?, _ name: String, as type: Word.Type
    ) -> Word? where Word.RawValue == String {
        guard let node else { return nil }
        if let text = node.string, let word = Word(rawValue: text) { return word }
        let known = Word.allCases.map(\.rawValue)
        error(
            .notAWord(node.text ?? node.kindName, of: name, known: known), at: node.place,
            suggestion: node.text.flatMap { NearestName.to($0, among: known) })
        return nil
    }

    /// A literal as a JSON value; an error where JSON has no such value.
    mutating func literal(_ node: YAMLNode) -> SettingValue? {
        switch node.kind {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .string(let value): return .string(value)
        case .integer(let value):
            guard value.magnitude <= SettingValue.largestInteger.magnitude else { break }
            return .integer(value)
        case .float(let value):
            guard let value = SettingValue(exactly: value) else { break }
            return value
        case .sequence(let elements):
            var values: [SettingValue] = []
            for element in elements {
                guard let value = literal(element) else { return nil }
                values.append(value)
            }
            return .array(values)
        case .mapping(let entries):
            var members: [SettingObject.Member] = []
            for entry in entries {
                guard let value = literal(entry.value) else { return nil }
                members.append(SettingObject.Member(key: entry.key, value: value))
            }
            return .object(SettingObject(members))
        }
        error(.numberTooLarge(node.text ?? ""), at: node.place)
        return nil
    }
}
