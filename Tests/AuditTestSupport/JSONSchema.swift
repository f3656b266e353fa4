public import AuditModel

/// A validator of JSON Schema, for schemas that keep to the keywords below; any other keyword, and any format that is not
/// known, is itself told as a problem, so that a misspelt one cannot make a test pass.
///
/// Drafts 04, 06, 07, 2019-09 and 2020-12, as `$schema` says, the last where it says nothing; without `$dynamicRef`,
/// `unevaluated…`, `dependencies` and references to other documents. Formats are held to.
public struct JSONSchema: Sendable {
    private let root: SettingValue

    /// Takes a schema document.
    public init(_ root: SettingValue) {
        self.root = root
    }

    /// Takes a schema document's bytes.
    public init(bytes: some Sequence<UInt8>) throws {
        root = try JSONReader.value(of: Array(bytes))
    }

    /// What is wrong with a document, each with its place; empty for a valid one.
    public func problems(of instance: SettingValue) -> [String] {
        var validation = SchemaValidation(root: root)
        validation.validate(instance, by: root, at: "")
        return validation.problems
    }
}

/// What the drafts read differently.
enum SchemaDraft: Sendable {
    /// The siblings of `$ref` are ignored, `exclusiveMinimum` is a flag beside `minimum`, `items` may be a list.
    case draft4
    /// The siblings of `$ref` are ignored, `items` may be a list.
    case draft6or7
    /// All keywords count; before 2020-12 `items` may be a list.
    case draft2019or2020

    init?(_ uri: String?) {
        guard let uri else {
            self = .draft2019or2020
            return
        }
        switch uri.hasSuffix("#") ? String(uri.dropLast()) : uri {
        case "http://json-schema.org/draft-04/schema": self = .draft4
        case "http://json-schema.org/draft-06/schema", "http://json-schema.org/draft-07/schema": self = .draft6or7
        case "https://json-schema.org/draft/2019-09/schema", "https://json-schema.org/draft/2020-12/schema":
            self = .draft2019or2020
        default: return nil
        }
    }
}

struct SchemaValidation {
    let root: SettingValue
    let draft: SchemaDraft
    var problems: [String] = []
    var patterns: [String: Regex<AnyRegexOutput>] = [:]

    init(root: SettingValue) {
        self.root = root
        let named = SchemaDraft(root["$schema"]?.stringValue)
        draft = named ?? .draft2019or2020
        if named == nil { report("", "the schema is of a draft that is not supported") }
    }

    private static let annotations: Set<String> = [
        "$schema", "$id", "id", "$comment", "$defs", "definitions", "title", "description", "default", "examples",
        "deprecated", "readOnly", "writeOnly", "$anchor", "contentMediaType",
    ]

    mutating func report(_ place: String, _ problem: String) {
        problems.append("\(place.isEmpty ? "/" : place): \(problem)")
    }

    mutating func validate(_ instance: SettingValue, by schema: SettingValue, at place: String) {
        switch schema {
        case .bool(true): return
        case .bool(false): return report(place, "nothing is allowed here")
        case .object(let object):
            if let reference = object["$ref"], draft != .draft2019or2020 {
                return check(instance, keyword: "$ref", value: reference, of: object, at: place)
            }
            for member in object.members where !Self.annotations.contains(member.key) {
                check(instance, keyword: member.key, value: member.value, of: object, at: place)
            }
        case .null, .integer, .number, .string, .array: report(place, "a schema is an object or a boolean")
        }
    }

    mutating func isValid(_ instance: SettingValue, by schema: SettingValue, at place: String) -> Bool {
        var trial = SchemaValidation(root: root)
        // Compiling patterns is most of the work, so a trial shares them.
        swap(&trial.patterns, &patterns)
        defer { swap(&trial.patterns, &patterns) }
        trial.validate(instance, by: schema, at: place)
        return trial.problems.isEmpty
    }

    private mutating func count(of schemas: SettingValue, satisfiedBy instance: SettingValue, at place: String) -> Int {
        var count = 0
        for schema in schemas.arrayValue ?? [] where isValid(instance, by: schema, at: place) { count += 1 }
        return count
    }

    private mutating func check(
        _ instance: SettingValue, keyword: String, value: SettingValue, of schema: SettingObject, at place: String
    ) {
        switch keyword {
        case "$ref":
            guard let target = resolved(value.stringValue ?? "") else {
                return report(place, "unresolved $ref \(value)")
            }
            validate(instance, by: target, at: place)
        case "type":
            let types = value.arrayValue?.compactMap(\.stringValue) ?? [value.stringValue ?? ""]
            if !types.contains(where: { instance.isOfType($0) }) {
                report(place, "is \(instance.typeName), not \(types.joined(separator: " or "))")
            }
        case "enum": if value.arrayValue?.contains(instance) != true { report(place, "is none of the enumerated") }
        case "const": if value != instance { report(place, "is not the constant") }
        case "allOf": for one in value.arrayValue ?? [] { validate(instance, by: one, at: place) }
        case "anyOf":
            if count(of: value, satisfiedBy: instance, at: place) == 0 { report(place, "matches none of anyOf") }
        case "oneOf":
            let matches = count(of: value, satisfiedBy: instance, at: place)
            if matches != 1 { report(place, "matches \(matches) of oneOf") }
        case "not": if isValid(instance, by: value, at: place) { report(place, "matches what it must not") }
        case "if":
            let branch = isValid(instance, by: value, at: place) ? "then" : "else"
            if let schema = schema[branch] { validate(instance, by: schema, at: place) }
        case "then", "else": break
        default: checkByType(instance, keyword: keyword, value: value, of: schema, at: place)
        }
    }

    private func resolved(_ reference: String) -> SettingValue? {
        guard reference.hasPrefix("#") else { return nil }
        var value: SettingValue? = root
        for part in reference.dropFirst().split(separator: "/") {
            let key = part.replacing("~1", with: "/").replacing("~0", with: "~")
            value = Int(key).flatMap { value?[$0] } ?? value?[String(key)]
        }
        return value
    }
}

extension SettingValue {
    func isOfType(_ name: String) -> Bool {
        switch (self, name) {
        case (.null, "null"), (.bool, "boolean"), (.integer, "integer"), (.integer, "number"), (.number, "number"),
            (.string, "string"), (.array, "array"), (.object, "object"):
            true
        default: false
        }
    }
}
