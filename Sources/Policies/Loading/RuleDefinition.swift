internal import AuditModel

/// What a rule's verdict depends on, reduced to one digest: two policy sets judge alike by a rule where its digests are
/// equal, whatever else changed in the files (titles, rationale, order, other rules).
enum RuleDefinition {
    /// The digest of a rule's conditions, scopes, defaults and the parameters that it names, and of its being disabled.
    static func digest(
        fields: [String: YAMLNode.Entry], scopes: [Scope]?, defaults: RuleDefaults, parameters: ParameterTable,
        parametersRead: Set<String>, disabled: String? = nil
    ) -> Digest {
        var definition = SettingObject()
        for key in ["when", "check", "undocumented"] {
            if let node = fields[key]?.value { definition[key] = value(of: node) }
        }
        definition["scopes"] = .array(
            (scopes ?? []).map { scope in
                .array(scope.labels.map { .array([.string($0.name), .array($0.values.map { .string($0) })]) })
            })
        definition["defaults"] = .array([.bool(defaults.absentPasses), .bool(defaults.nullPasses)])
        for (name, value) in parameters.values where parametersRead.contains(name) { definition["$" + name] = value }
        if disabled != nil { definition["disabled"] = .bool(true) }
        return Digest(of: .object(definition))
    }

    /// A node as a value. Spelling and places do not count, but every type does.
    private static func value(of node: YAMLNode) -> SettingValue {
        switch node.kind {
        case .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): .array(["integer", .string(String(value))])
        case .float(let value): .array(["number", .string(value.description)])
        case .string(let value): .string(value)
        case .sequence(let elements): .array(elements.map(value))
        case .mapping(let entries):
            .object(SettingObject(entries.map { SettingObject.Member(key: $0.key, value: value(of: $0.value)) }))
        }
    }
}
