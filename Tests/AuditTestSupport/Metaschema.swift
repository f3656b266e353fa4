internal import AuditModel
import Foundation

/// The metaschema of draft 2020-12, its vocabularies in one document.
public enum Metaschema {
    private static let vocabularies = [
        "core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content",
    ]

    /// The metaschema; nil without the conformance folder.
    ///
    /// References to the vocabularies' documents become references into `$defs`. A dynamic reference always leads to the
    /// whole metaschema here, since nothing extends it; formats are annotations in its vocabulary.
    public static func draft202012() throws -> JSONSchema? {
        guard let folder = conformanceFolder?.appending(path: "schemas/json-schema-2020-12") else { return nil }
        func read(_ name: String, as prefix: String) throws -> SettingValue {
            let data = try Data(contentsOf: folder.appending(path: name))
            return bundled(try JSONReader.value(of: [UInt8](data)), prefix)
        }
        guard case .object(var root) = try read("schema.json", as: "#") else { return nil }
        var definitions = SettingObject()
        for name in vocabularies {
            definitions["meta/" + name] = try read("meta/\(name).json", as: "#/$defs/meta~1" + name)
        }
        root["$defs"] = .object(definitions)
        return JSONSchema(.object(root))
    }

    private static func bundled(_ value: SettingValue, _ prefix: String) -> SettingValue {
        switch value {
        case .array(let elements): return .array(elements.map { bundled($0, prefix) })
        case .object(let object):
            var result = SettingObject()
            for member in object.members {
                switch (member.key, member.value) {
                case ("$dynamicRef", .string): result["$ref"] = "#"
                case ("$ref", .string(let reference)): result["$ref"] = .string(local(reference, prefix))
                // As names of properties that the metaschema speaks of, these stand before schemas, and stay.
                case ("$dynamicAnchor", .string), ("$id", .string), ("format", .string): break
                case ("$vocabulary", .object) where member.value["type"] == nil: break
                default: result[member.key] = bundled(member.value, prefix)
                }
            }
            return .object(result)
        case .null, .bool, .integer, .number, .string: return value
        }
    }

    private static func local(_ reference: String, _ prefix: String) -> String {
        if reference.hasPrefix("#") { return prefix + reference.dropFirst() }
        let parts = reference.split(separator: "#", maxSplits: 1)
        let document = "#/$defs/" + parts[0].replacing("/", with: "~1")
        return document + (parts.count > 1 ? String(parts[1]) : "")
    }
}
