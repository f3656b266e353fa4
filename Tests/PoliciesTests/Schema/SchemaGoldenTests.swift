import AuditModel
import AuditTestSupport
import Foundation
import Policies
import Testing

/// The published schemas are what the tables give; `make golden` writes them anew.
struct SchemaGoldenTests {
    private static let schemas: [(name: String, schema: SettingValue)] = [
        ("policy", FileSchema.policy), ("policy-tests", FileSchema.policyTests), ("waivers", FileSchema.waivers),
    ]

    @Test(arguments: ["policy", "policy-tests", "waivers"]) func `the published schema is the tables'`(
        name: String
    ) throws {
        let schema = try #require(Self.schemas.first { $0.name == name }).schema
        let file = packageRoot.appending(path: "policies/schemas/\(name).schema.json")
        let text = PrettyJSON.text(of: schema)
        if ProcessInfo.processInfo.environment["AUDIT_WRITE_GOLDENS"] != nil { try Data(text.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text, "'make golden' writes the schemas anew")
    }

    @Test(arguments: ["policy", "policy-tests", "waivers"]) func `a schema is valid by its metaschema`(
        name: String
    ) throws {
        guard skipWithoutConformanceFolder("the metaschema"), let metaschema = try Metaschema.draft202012() else {
            return
        }
        let schema = try #require(Self.schemas.first { $0.name == name }).schema
        let problems = metaschema.problems(of: schema)
        #expect(problems.isEmpty, "\(problems.prefix(5))")
        // The metaschema does tell a wrong one.
        guard case .object(var wrong) = schema else { return }
        wrong["properties"] = ["a": ["type": "texts"]]
        #expect(!metaschema.problems(of: .object(wrong)).isEmpty)
    }

    @Test func `every documented setting is offered with its meaning, type and place in the portal`() throws {
        let condition = try #require(FileSchema.policy["$defs"]?["condition"]?["properties"])
        for definition in SettingsCatalogue.definitions {
            let text = try #require(condition[definition.path.dotted]?["description"]?.stringValue)
            #expect(text.contains(definition.meaning) && text.contains(definition.portalTab))
            #expect(text.contains("Type: \(definition.type.name)"))
            if let unit = definition.unit { #expect(text.contains("unit: \(unit)")) }
            if let range = definition.legalRange { #expect(text.contains("Legal: \(range.lowerBound) to ")) }
        }
    }
}
