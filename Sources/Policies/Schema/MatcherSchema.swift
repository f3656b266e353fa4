internal import AuditModel

/// The schemas of matchers, one for each type of setting.
struct MatcherSchema {
    private typealias ValueType = SettingDefinition.ValueType

    let allowsParameters: Bool

    /// What goes under `$defs`.
    var definitions: [String: SchemaDocument] {
        var definitions: [String: SchemaDocument] = ["anyMatcher": scalar(nil), "anyListMatcher": list(nil)]
        definitions["numberOfElements"] = scalar(.integer)
        let anyValue: SchemaDocument = ["$ref": "#/$defs/anyValue"]
        definitions["anyValue"] = either([
            ["type": ["boolean", "null", "object"]], number, text, ["type": "array", "items": anyValue],
        ])
        for definition in SettingsCatalogue.definitions {
            let isList = definition.path.steps.contains(.each)
            definitions[Self.name(of: definition.type, isList: false)] = scalar(definition.type)
            if isList { definitions[Self.name(of: definition.type, isList: true)] = list(definition.type) }
        }
        if !allowsParameters {
            // Undocumented settings stand in rules alone.
            definitions["anyMatcher"] = nil
            definitions["anyListMatcher"] = nil
            definitions["anyValue"] = nil
        }
        return definitions
    }

    /// The name under `$defs`; `anyMatcher` is the one of a type that nobody knows.
    static func name(of type: SettingDefinition.ValueType, isList: Bool) -> String {
        let end = isList ? "ListMatcher" : "Matcher"
        return switch type {
        case .boolean: "boolean" + end
        case .integer: "integer" + end
        case .string: "string" + end
        case .integerText: "integerText" + end
        case .list: "list" + end
        case .openEnumeration(let words): "oneOf." + words.joined(separator: ".") + "." + end
        }
    }

    // MARK: Scalars

    private func scalar(_ type: ValueType?) -> SchemaDocument {
        // A list has no matchers but after [*].
        if type == .list { return value(of: type, coerces: false).with(["type": ["array", "null", "string"]]) }
        return ["if": ["type": "object"], "then": scalarMap(type), "else": value(of: type, coerces: false)]
    }

    private func scalarMap(_ type: ValueType?) -> SchemaDocument {
        let coerces = type.map(ModifierWord.coerce.fits) ?? true
        let words = ScalarWord.allCases.filter { word in
            [false, true].contains { (!$0 || coerces) && word.operand.fits(type, coerces: $0) }
        }
        var properties = SettingObject()
        for word in words {
            let schema = coerces ? [:] : operand(word, type, coerces: false)
            properties[word.rawValue] = schema.described(word.meaning)
        }
        for modifier in ModifierWord.ofScalars where type.map(modifier.fits) ?? true {
            properties[modifier.rawValue] = ValueShape.word(modifier.words).schema.described(modifier.meaning)
        }
        let schema: SchemaDocument = [
            "type": "object", "properties": .object(properties), "additionalProperties": false,
            "anyOf": .array(words.map { ["required": .texts([$0.rawValue])] }),
        ]
        guard coerces else { return schema }
        func operands(coerces: Bool) -> SchemaDocument {
            let members = words.map { word in
                SettingObject.Member(
                    key: word.rawValue,
                    value: word.operand.fits(type, coerces: coerces) ? operand(word, type, coerces: coerces) : false)
            }
            return ["properties": .object(SettingObject(members))]
        }
        return schema.with([
            "if": ["properties": ["coerce": ["const": "int"]], "required": ["coerce"]],
            "then": operands(coerces: true), "else": operands(coerces: false),
        ])
    }

    private func operand(_ word: ScalarWord, _ type: ValueType?, coerces: Bool) -> SchemaDocument {
        switch word.operand {
        case .value: return value(of: type, coerces: coerces)
        case .values: return values(of: type, coerces: coerces)
        case .bound: return either([number, parameter])
        case .range:
            return either([
                ["type": "array", "minItems": 2, "maxItems": 2, "items": either([number, parameter])], parameter,
            ])
        case .pattern: return text
        }
    }

    // MARK: Lists

    private func list(_ type: ValueType?) -> SchemaDocument {
        var properties = SettingObject()
        for word in ListWord.allCases {
            let schema: SchemaDocument
            switch word {
            case .subsetOf, .supersetOf, .containsNone: schema = values(of: type, coerces: false)
            case .contains: schema = value(of: type, coerces: false)
            case .unique: schema = ValueShape.flag.schema
            case .size: schema = ["$ref": "#/$defs/numberOfElements"]
            case .each:
                schema = ["$ref": .string("#/$defs/" + (type.map { Self.name(of: $0, isList: false) } ?? "anyMatcher"))]
            }
            properties[word.rawValue] = schema.described(word.meaning)
        }
        for modifier in ModifierWord.ofLists {
            properties[modifier.rawValue] = ValueShape.word(modifier.words).schema.described(modifier.meaning)
        }
        return [
            "type": "object", "properties": .object(properties), "additionalProperties": false,
            "anyOf": .array(ListWord.allCases.map { ["required": .texts([$0.rawValue])] }),
        ]
    }

    // MARK: Values

    private var number: SchemaDocument { ValueShape.number.schema }
    private var text: SchemaDocument {
        allowsParameters
            ? either([["type": "string", "pattern": .string(TextPattern.plainText)], parameter])
            : ["type": "string", "pattern": .string(TextPattern.plainText)]
    }
    private var parameter: SchemaDocument {
        allowsParameters ? ["type": "string", "pattern": .string(TextPattern.parameterReference)] : false
    }

    private func either(_ schemas: [SchemaDocument]) -> SchemaDocument {
        let schemas = schemas.filter { $0 != false }
        return schemas.count == 1 ? schemas[0] : ["anyOf": .array(schemas)]
    }

    private func value(of type: ValueType?, coerces: Bool) -> SchemaDocument {
        let null: SchemaDocument = ["type": "null"]
        guard let type else { return ["$ref": "#/$defs/anyValue"] }
        let integer = ValueShape.integer(-SettingValue.largestInteger...SettingValue.largestInteger).schema
        if coerces { return either([integer, null, parameter]) }
        switch type {
        case .boolean: return either([["type": "boolean"], null, parameter])
        case .integer: return either([integer, null, parameter])
        case .string, .integerText: return either([text, null])
        // The words are offered; another one is a warning of the loader.
        case .openEnumeration(let words): return either([["enum": .texts(words)], text, null])
        case .list: return either([["type": "array"], null, parameter])
        }
    }

    private func values(of type: ValueType?, coerces: Bool) -> SchemaDocument {
        either([["type": "array", "items": value(of: type, coerces: coerces)], parameter])
    }
}
