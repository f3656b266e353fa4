internal import AuditModel

extension PolicyFileReader {
    /// Reads one entry under `override:`; whether its targets exist is judged when all files are read.
    mutating func readOverride(_ node: YAMLNode, into draft: inout PolicyDraft) {
        let errorsBefore = log.diagnostics.count { $0.severity == .error }
        guard let fields = log.fields(of: node, "an override", PolicyKeys.override) else { return }
        let targets = readTargets(fields, at: node.place)
        var override = OverrideDraft(targets: targets, place: node.place)
        if let severity = log.word(fields["severity"]?.value, "'severity'", as: Severity.self),
            let place = fields["severity"]?.keyPlace
        {
            override.severity = (severity, place)
        }
        override.message = fields["message"]?.value
        for entry in log.entries(of: fields["params"]?.value, "'params'") {
            guard let value = log.literal(entry.value) else { continue }
            override.parameters.append(
                OverrideDraft.Parameter(
                    name: entry.key, value: value, place: entry.keyPlace, valuePlace: entry.value.place))
        }
        if let value = flag(fields["disable"]?.value, "'disable'"), let place = fields["disable"]?.keyPlace {
            override.disables = (value, place)
        }
        override.reason = log.text(fields["reason"]?.value, "'reason'")
        if override.disables?.value == true, fields["reason"] == nil, let place = override.disables?.place {
            log.error(.disabledWithoutReason, at: place)
        }
        switch (fields["scope"], fields["clients"]) {
        case (let scope?, nil): override.subject = .scopes(readScopeNames(scope.value, in: "an override"))
        case (nil, let clients?): override.subject = .clients(readClients(clients.value))
        case (_?, let clients?): log.error(.twoOfOne("clients", "scope", in: "an override"), at: clients.keyPlace)
        case (nil, nil): break
        }
        guard log.diagnostics.count(where: { $0.severity == .error }) == errorsBefore else { return }
        if override.fields.isEmpty {
            log.error(.overrideSetsNothing, at: node.place)
        } else {
            draft.overrides.append(override)
        }
    }

    private mutating func readTargets(
        _ fields: [String: YAMLNode.Entry], at place: SourcePlace
    ) -> [OverrideDraft.Target] {
        let given = ["rule", "rules", "policy"].compactMap { fields[$0] }
        guard let entry = given.first else {
            log.error(.missingKey("rule", in: "an override"), at: place)
            return []
        }
        if given.count > 1 {
            log.error(.twoOfOne(given[1].key, given[0].key, in: "an override"), at: given[1].keyPlace)
        }
        if entry.key == "rules" {
            let nodes = log.elements(of: entry.value, "'rules'")
            if nodes.isEmpty, entry.value.elements != nil {
                log.error(.expected("'rules'", what: "a list of rule ids", found: "empty"), at: entry.value.place)
            }
            return nodes.compactMap { node in log.text(node, "a rule's id").map { .rule($0, node.place) } }
        }
        guard let text = log.text(entry.value, "'\(entry.key)'") else { return [] }
        return [entry.key == "rule" ? .rule(text, entry.value.place) : .policy(text, entry.value.place)]
    }

    private mutating func readClients(_ node: YAMLNode) -> [Waiver.ClientReference] {
        let nodes = log.elements(of: node, "'clients'")
        if nodes.isEmpty, node.elements != nil {
            log.error(.expected("'clients'", what: "a list of clients", found: "empty"), at: node.place)
        }
        return nodes.compactMap { log.clientReference($0) }
    }
}
