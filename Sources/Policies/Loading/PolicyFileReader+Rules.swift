internal import AuditModel

extension PolicyFileReader {
    private static let ruleKeys = [
        "id", "title", "severity", "scope", "when", "check", "message", "rationale", "remediation", "controls",
        "undocumented",
    ]

    mutating func readRule(_ node: YAMLNode, into draft: inout PolicyDraft) {
        // The id first, so that every other mistake of the rule can name it.
        let name = node["id"]?.string.map { "rule \($0)" } ?? "a rule"
        guard let fields = log.fields(of: node, name, known: Self.ruleKeys, required: ["id", "title", "check"]) else {
            return
        }
        let errorsBefore = log.diagnostics.count { $0.severity == .error }
        let id = identifier(fields["id"]?.value, "rule")
        if let id, let place = fields["id"]?.value.place { draft.ruleIDs.append((id, place)) }
        let title = log.text(fields["title"]?.value, "'title'")
        if let id, let title, let place = fields["title"]?.value.place { draft.titles.append((title, id, place)) }
        let isUndocumented = flag(fields["undocumented"]?.value, "'undocumented'") ?? false
        let severity = log.word(fields["severity"]?.value, "'severity'", as: Severity.self)
        let scopes = fields["scope"].map { readScopeNames($0.value, in: name) }
        var conditions = ConditionReader(
            rule: name, isUndocumented: isUndocumented, defaults: defaults, parameters: parameters, log: log)
        let condition = fields["when"].flatMap { conditions.condition(of: $0.value, key: "when", isWhen: true) }
        let check = fields["check"].flatMap { conditions.condition(of: $0.value, key: "check", isWhen: false) }
        parameters = conditions.parameters
        log = conditions.log
        let message = fields["message"].flatMap { readTemplate($0.value, in: name) }
        let controls = readControls(fields["controls"]?.value, in: name)
        let rationale = log.text(fields["rationale"]?.value, "'rationale'")
        let remediation = log.text(fields["remediation"]?.value, "'remediation'")
        guard let id, let title, let check, log.diagnostics.count(where: { $0.severity == .error }) == errorsBefore
        else { return }
        let facts = RuleFacts(
            id: id, title: title, severity: severity ?? defaults.severity, rationale: rationale,
            remediation: remediation, controls: controls, policyID: policyID)
        draft.rules.append(
            (
                CompiledRule(
                    facts: facts, scopes: scopes, condition: condition, check: check, message: message,
                    definition: RuleDefinition.digest(
                        fields: fields, scopes: scopes, defaults: defaults, parameters: parameters)),
                node.place
            ))
    }

    private mutating func flag(_ node: YAMLNode?, _ name: String) -> Bool? {
        guard let node else { return nil }
        if let value = node.bool { return value }
        log.error(.expected(name, what: "true or false", found: node.kindName), at: node.place)
        return nil
    }

    private mutating func readScopeNames(_ node: YAMLNode, in rule: String) -> [Scope] {
        var found: [Scope] = []
        let nodes = node.elements ?? [node]
        if nodes.isEmpty {
            log.error(.expected("'scope'", what: "a scope's name", found: "an empty list"), at: node.place)
        }
        for node in nodes {
            guard let name = log.text(node, "'scope'") else { continue }
            if let scope = scopes[name] {
                usedScopes.insert(name)
                found.append(scope)
            } else {
                log.error(
                    .unknownScope(name, in: rule), at: node.place,
                    suggestion: NearestName.to(name, among: scopePlaces.map(\.name)))
            }
        }
        return found
    }

    private mutating func readControls(_ node: YAMLNode?, in rule: String) -> [ControlReference] {
        var controls: [ControlReference] = []
        for node in log.elements(of: node, "'controls'") {
            if node.entries == nil {
                if let text = log.text(node, "a control") { controls.append(ControlReference(reference: text)) }
                continue
            }
            let fields = log.fields(
                of: node, "a control of \(rule)", known: ["ref", "strength", "caveat"], required: ["ref"])
            guard let fields, let reference = log.text(fields["ref"]?.value, "'ref'") else { continue }
            let strength = log.word(
                fields["strength"]?.value, "'strength'", as: ControlReference.Strength.self)
            let caveat = log.text(fields["caveat"]?.value, "'caveat'")
            controls.append(ControlReference(reference: reference, strength: strength ?? .supports, caveat: caveat))
        }
        return controls
    }

    /// A message: `{value}`, `{path}`, `{client.id}`, `{params.NAME}`; `{{` and `}}` are the braces themselves.
    private mutating func readTemplate(_ node: YAMLNode, in rule: String) -> MessageTemplate? {
        guard let text = log.text(node, "'message'") else { return nil }
        var parts: [MessageTemplate.Part] = []
        var literal = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            if (character == "{" || character == "}"), rest.first == character {
                literal.append(character)
                rest.removeFirst()
                continue
            }
            if character == "}" {
                log.error(.braceAlone("}"), at: node.place)
                return nil
            }
            guard character == "{" else {
                literal.append(character)
                continue
            }
            guard let end = rest.firstIndex(of: "}") else {
                log.error(.braceAlone("{"), at: node.place)
                return nil
            }
            let name = String(rest[..<end])
            rest = rest[rest.index(after: end)...]
            guard let part = part(named: name, in: rule, at: node.place) else { return nil }
            if case .text(let value) = part {
                literal += value
                continue
            }
            if !literal.isEmpty { parts.append(.text(literal)) }
            literal = ""
            parts.append(part)
        }
        if !literal.isEmpty { parts.append(.text(literal)) }
        return MessageTemplate(parts: parts)
    }

    private mutating func part(named name: String, in rule: String, at place: SourcePlace) -> MessageTemplate.Part? {
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
