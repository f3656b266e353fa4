internal import AuditModel

extension PolicyFileReader {
    mutating func readRule(_ node: YAMLNode, into draft: inout PolicyDraft) {
        // The id first, so that every other mistake of the rule can name it.
        let name = node["id"]?.string.map { "rule \($0)" } ?? "a rule"
        guard let fields = log.fields(of: node, name, PolicyKeys.rule) else { return }
        let errorsBefore = log.diagnostics.count { $0.severity == .error }
        let id = identifier(fields["id"]?.value, "rule")
        if let id, let place = fields["id"]?.value.place { draft.ruleIDs.append((id, place)) }
        let title = log.text(fields["title"]?.value, "'title'")
        if let id, let title, let place = fields["title"]?.value.place { draft.titles.append((title, id, place)) }
        let isUndocumented = flag(fields["undocumented"]?.value, "'undocumented'") ?? false
        let severity = log.word(fields["severity"]?.value, "'severity'", as: Severity.self)
        let scopes = fields["scope"].map { readScopeNames($0.value, in: name) }
        let controls = readControls(fields["controls"]?.value, in: name)
        let rationale = log.text(fields["rationale"]?.value, "'rationale'")
        let remediation = log.text(fields["remediation"]?.value, "'remediation'")
        let facts = RuleFacts(
            id: id ?? "", title: title ?? "", severity: severity ?? defaults.severity, rationale: rationale,
            remediation: remediation, controls: controls, policyID: policyID)
        let source = RuleSource(
            name: name, fields: fields, isUndocumented: isUndocumented, defaults: defaults,
            timeZones: timeZones, scopes: scopes,
            facts: facts, place: node.place)
        var own = parameters.replacing([:])
        let rule = source.compiled(with: &own, log: &log)
        parameters.noteUse(of: own.used)
        guard let rule, id != nil, title != nil, log.diagnostics.count(where: { $0.severity == .error }) == errorsBefore
        else { return }
        draft.rules.append(RuleDraft(source: source, rule: rule, parametersRead: own.used))
    }

    mutating func flag(_ node: YAMLNode?, _ name: String) -> Bool? {
        guard let node else { return nil }
        if let value = node.bool { return value }
        log.error(.expected(name, what: "true or false", found: node.kindName), at: node.place)
        return nil
    }

    mutating func readScopeNames(_ node: YAMLNode, in rule: String) -> [Scope] {
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
            let fields = log.fields(of: node, "a control of \(rule)", PolicyKeys.control)
            guard let fields, let reference = log.text(fields["ref"]?.value, "'ref'") else { continue }
            let strength = log.word(
                fields["strength"]?.value, "'strength'", as: ControlReference.Strength.self)
            let caveat = log.text(fields["caveat"]?.value, "'caveat'")
            controls.append(ControlReference(reference: reference, strength: strength ?? .supports, caveat: caveat))
        }
        return controls
    }
}
