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
        var spellings: [String] = []
        func offer(_ definition: SettingDefinition, selecting: Bool) {
            let isList = !selecting && definition.path.steps.contains(.each)
            let matcher = MatcherSchema.name(of: definition.type, isList: isList)
            let schema: SchemaDocument = ["$ref": .string("#/$defs/" + matcher)]
            let spelling = PathPattern.spellings(of: definition, selecting: selecting, isOpen: isOpen)
            var canonical = ""
            if !selecting {
                let path = definition.path.dotted
                // Said once: where undocumented settings stand, the documented ones need no words.
                properties[path] = isOpen ? schema : schema.described(Self.meaning(of: definition))
                canonical = "(?!" + PathPattern.escaped(path) + "$)"
            }
            patterns["^" + canonical + spelling + "$"] = schema
            spellings.append(spelling)
        }
        for definition in SettingsCatalogue.definitions {
            offer(definition, selecting: false)
            if definition.path.steps.contains(.each) { offer(definition, selecting: true) }
        }
        if isOpen {
            let unknown = "^(?!(?:" + spellings.joined(separator: "|") + ")$)"
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
