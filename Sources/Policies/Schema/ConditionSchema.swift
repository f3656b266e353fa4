internal import AuditModel

/// The schema of `check`, `when` and `while`: every documented setting with the matchers that fit its type.
struct ConditionSchema {
    /// Whether `$name` stands for a parameter here.
    let allowsParameters: Bool

    /// What goes under `$defs`.
    var definitions: [String: SchemaDocument] {
        let matchers = MatcherSchema(allowsParameters: allowsParameters)
        var definitions = matchers.definitions
        definitions["condition"] = condition(isOpen: false)
        if allowsParameters { definitions["openCondition"] = condition(isOpen: true) }
        return definitions
    }

    private func condition(isOpen: Bool) -> SchemaDocument {
        let name = isOpen ? "openCondition" : "condition"
        var properties = SettingObject()
        var patterns = SettingObject()
        for word in ConditionWord.allCases {
            var schema = word.shape.schema
            if schema["$ref"] != nil { schema = ["$ref": .string("#/$defs/" + name)] }
            if schema["items"] != nil { schema = schema.with(["items": ["$ref": .string("#/$defs/" + name)]]) }
            properties[word.rawValue] = schema.described(word.meaning)
        }
        // By matcher, so that a key is held against few patterns.
        var spellings: [String: [String]] = [:]
        var canonical: [String: [String]] = [:]
        for definition in SettingsCatalogue.definitions {
            let isList = definition.path.steps.contains(.each)
            let name = MatcherSchema.name(of: definition.type, isList: isList)
            let schema: SchemaDocument = ["$ref": .string("#/$defs/" + name)]
            let path = definition.path.dotted
            // Said once: where undocumented settings stand, the documented ones need no words.
            properties[path] = isOpen ? schema : schema.described(Self.meaning(of: definition))
            canonical[name, default: []].append(PathPattern.escaped(path))
            spellings[name, default: []].append(
                PathPattern.spellings(of: definition, selecting: false, isOpen: isOpen))
            guard isList else { continue }
            spellings[MatcherSchema.name(of: definition.type, isList: false), default: []].append(
                PathPattern.spellings(of: definition, selecting: true, isOpen: isOpen))
        }
        for (name, own) in spellings {
            let listed = canonical[name].map { "(?!(?:" + $0.joined(separator: "|") + ")$)" } ?? ""
            patterns["^\(listed)(?:" + own.joined(separator: "|") + ")$"] = ["$ref": .string("#/$defs/" + name)]
        }
        if isOpen {
            let known = spellings.keys.sorted().flatMap { spellings[$0] ?? [] }
            let unknown = "^(?!(?:" + known.joined(separator: "|") + ")$)"
            patterns[unknown + PathPattern.anyScalar.dropFirst()] = ["$ref": "#/$defs/anyMatcher"]
            patterns[unknown + PathPattern.anyList.dropFirst()] = ["$ref": "#/$defs/anyListMatcher"]
        }
        return [
            "type": "object", "minProperties": 1, "properties": .object(properties),
            "patternProperties": .object(patterns), "additionalProperties": false,
        ]
    }

    /// What an editor shows beside a setting.
    static func meaning(of definition: SettingDefinition) -> String {
        var sentences = [definition.meaning]
        var type = "Type: \(definition.type.name)"
        if let unit = definition.unit { type += ", unit: \(unit)" }
        sentences.append(type + ".")
        if let range = definition.legalRange {
            sentences.append("Legal: \(range.lowerBound) to \(range.upperBound).")
        }
        if let range = definition.portalRange {
            sentences.append("The portal offers \(range.lowerBound) to \(range.upperBound).")
        }
        if case .openEnumeration(let words) = definition.type {
            sentences.append("Known values: \(words.joined(separator: ", ")).")
        }
        if let zero = definition.zeroMeaning { sentences.append("Zero: \(zero).") }
        if let key = definition.listKey { sentences.append("Elements are known by '\(key)'.") }
        sentences.append("Portal: \(definition.portalTab).")
        if let caveat = definition.caveat { sentences.append(caveat) }
        return sentences.joined(separator: " ")
    }
}
