internal import AuditModel

/// Reads a message: `{value}`, `{path}`, `{client.id}`, `{params.NAME}`; `{{` and `}}` are the braces themselves.
enum MessageReader {
    static func template(
        of node: YAMLNode, in rule: String, parameters: inout ParameterTable, log: inout MistakeLog
    ) -> MessageTemplate? {
        guard let text = log.text(node, "'message'") else { return nil }
        func place(before rest: Substring) -> SourcePlace {
            let read = text[..<rest.startIndex].dropLast().unicodeScalars.count
            return log.source.place(ofCharacter: read, in: text, startingAt: node.place)
        }
        var parts: [MessageTemplate.Part] = []
        var literal = ""
        var rest = text[...]
        var isWhole = true
        while let character = rest.popFirst() {
            if (character == "{" || character == "}"), rest.first == character {
                literal.append(character)
                rest.removeFirst()
                continue
            }
            if character == "}" {
                log.error(.braceAlone("}"), at: place(before: rest))
                isWhole = false
                continue
            }
            guard character == "{" else {
                literal.append(character)
                continue
            }
            guard let end = rest.firstIndex(of: "}") else {
                log.error(.braceAlone("{"), at: place(before: rest))
                isWhole = false
                continue
            }
            let name = String(rest[..<end])
            let start = place(before: rest)
            rest = rest[rest.index(after: end)...]
            guard let part = part(named: name, in: rule, at: start, parameters: &parameters, log: &log) else {
                isWhole = false
                continue
            }
            if case .text(let value) = part {
                literal += value
                continue
            }
            if !literal.isEmpty { parts.append(.text(literal)) }
            literal = ""
            parts.append(part)
        }
        if !literal.isEmpty { parts.append(.text(literal)) }
        return isWhole ? MessageTemplate(parts: parts) : nil
    }

    private static func part(
        named name: String, in rule: String, at place: SourcePlace, parameters: inout ParameterTable,
        log: inout MistakeLog
    ) -> MessageTemplate.Part? {
        switch name {
        case "value": return .value
        case "path": return .path
        case "client.id": return .clientID
        case _ where name.hasPrefix("params."):
            let value = parameters.value(
                of: String(name.dropFirst("params.".count)), in: rule, at: place, prefix: "params.", log: &log)
            return value.map { .text(Self.words($0)) }
        default:
            log.error(
                .unknownPlaceholder(name), at: place,
                suggestion: NearestName.to(
                    name, among: ["value", "path", "client.id"] + parameters.names.map { "params." + $0 }
                )
                .map { "{\($0)}" })
            return nil
        }
    }

    private static func words(_ value: SettingValue) -> String {
        switch value {
        case .string(let text): text
        case .array(let elements): elements.map(words).joined(separator: ", ")
        case .null, .bool, .integer, .number, .object: CanonicalJSON.text(of: value)
        }
    }
}
