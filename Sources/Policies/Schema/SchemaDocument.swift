public import AuditModel

/// A JSON Schema, or a part of one: a JSON value.
public typealias SchemaDocument = SettingValue

extension SettingValue {
    /// The same object with the members of another, which win.
    func with(_ others: SchemaDocument) -> SchemaDocument {
        guard case .object(var object) = self, case .object(let more) = others else { return others }
        for member in more.members { object[member.key] = member.value }
        return .object(object)
    }

    /// The same schema with what editors show beside it.
    func described(_ meaning: String) -> SchemaDocument { with(["description": .string(meaning)]) }

    /// A list of texts.
    static func texts(_ texts: [String]) -> SchemaDocument { .array(texts.map { .string($0) }) }
}

extension KeyTable {
    /// The schema of a map with these keys.
    public var schema: SchemaDocument {
        var object = SettingObject()
        object["type"] = "object"
        object["additionalProperties"] = false
        object["properties"] = .object(
            SettingObject(keys.map { .init(key: $0.name, value: $0.shape.schema.described($0.meaning)) }))
        if !requiredNames.isEmpty { object["required"] = .texts(requiredNames) }
        if !rules.isEmpty { object["allOf"] = .array(rules.map(\.schema)) }
        return .object(object)
    }
}

extension KeyTable.Rule {
    fileprivate var schema: SchemaDocument {
        switch self {
        case .exactlyOne(let names): ["oneOf": .array(names.map { ["required": .texts([$0])] })]
        case .atLeastOne(let names): ["anyOf": .array(names.map { ["required": .texts([$0])] })]
        case .notBoth(let one, let other): ["not": ["required": .texts([one, other])]]
        case .implication(let condition, let consequence, nil): ["if": condition, "then": consequence]
        case .implication(let condition, let consequence, let other?):
            ["if": condition, "then": consequence, "else": other]
        }
    }
}

extension ValueShape {
    /// The schema of a value of this shape.
    public var schema: SchemaDocument {
        switch self {
        case .anything: return [:]
        case .scalar: return ["type": ["string", "number", "boolean", "null"]]
        case .null: return ["type": "null"]
        case .flag: return ["type": "boolean"]
        case .integer(let range):
            return ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
        case .number:
            return [
                "type": "number", "minimum": .integer(-SettingValue.largestInteger),
                "maximum": .integer(SettingValue.largestInteger),
            ]
        case .digits: return ["type": "number"]
        case .text(nil): return ["type": "string"]
        case .text(let pattern?): return ["type": "string", "pattern": .string(pattern)]
        case .day: return ["type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"]
        case .word(let words): return ["enum": .texts(words)]
        case .list(let element, let least):
            let schema: SchemaDocument = ["type": "array", "items": element.schema]
            return least > 0 ? schema.with(["minItems": .integer(Int64(least))]) : schema
        case .map(let table): return table.schema
        case .names(let pattern, let shape, let least):
            var schema: SchemaDocument = ["type": "object", "additionalProperties": shape.schema]
            if let pattern { schema = schema.with(["propertyNames": ["pattern": .string(pattern)]]) }
            return least > 0 ? schema.with(["minProperties": .integer(Int64(least))]) : schema
        case .patterns(let patterns):
            let members = patterns.map { SettingObject.Member(key: $0.pattern, value: $0.shape.schema) }
            return [
                "type": "object", "patternProperties": .object(SettingObject(members)), "additionalProperties": false,
            ]
        case .either(let shapes): return ["anyOf": .array(shapes.map(\.schema))]
        case .definition(let name): return ["$ref": .string("#/$defs/" + name)]
        }
    }
}
