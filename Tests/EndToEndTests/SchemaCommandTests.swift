import AuditTestSupport
import Foundation
import Testing

/// `audit policy schema`, and the lines by which files name their schemas.
struct SchemaCommandTests {
    private static let folder = packageRoot.appending(path: "policies")

    @Test(arguments: ["policy", "policy-tests", "waivers", "audit-config"]) func `a published schema is printed`(
        name: String
    ) throws {
        let result = try AuditProcess(folder: Self.folder).run("policy", "schema", name)
        let file = Self.folder.appending(path: "schemas/\(name).schema.json")
        #expect(result.status == 0 && result.errors.isEmpty)
        #expect(try String(contentsOf: file, encoding: .utf8) == result.output)
    }

    @Test func `a schema that is not there is refused with those that are`() throws {
        let result = try AuditProcess(folder: Self.folder).run("policy", "schema", "polcy")
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(result.errors.contains("'policy-tests'"), "\(result.errors)")
    }

    @Test func `every shipped file and the file that init writes name a schema`() throws {
        let marker = "# yaml-language-server: $schema="
        for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder.path) where name.hasSuffix(".yaml")
        {
            let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
            let line = try #require(text.split(separator: "\n").first)
            #expect(line.hasPrefix(marker))
            #expect(line.hasSuffix(name.hasSuffix(".tests.yaml") ? "/policy-tests.schema.json" : "/policy.schema.json"))
            let schema = Self.folder.appending(path: String(line.dropFirst(marker.count)))
            #expect(FileManager.default.fileExists(atPath: schema.path))
        }
        try withTemporaryFolder { folder in
            #expect(try AuditProcess(folder: folder).run("init").status == 0)
            let text = try String(contentsOf: folder.appending(path: "audit.yaml"), encoding: .utf8)
            #expect(text.hasPrefix(marker) && text.contains("audit-config.schema.json\n"))
        }
    }
}
