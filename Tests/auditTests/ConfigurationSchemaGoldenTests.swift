import AuditModel
import AuditTestSupport
import Foundation
import Policies
import Testing

@testable import audit

/// The schema of `audit.yaml`: what is published is the tables', and says what the reader says.
struct ConfigurationSchemaGoldenTests {
    private static let schema = JSONSchema(ConfigurationKeys.schema)

    private static let valid = """
        database: d.sqlite
        policies: [policies]
        waivers: w.yaml
        environments:
          na3: {baseURL: "https://api.livevox.com", apiVersion: v5.0, concurrency: 4, requestsPerSecond: 9, timeout: 10s, clientTimeout: 1m, runTimeout: 6h, trustRoots: ca.pem}
          local: {emulator: {clients: 3, seed: 7, night: 0}}
        accounts:
          one: {environment: na3, clientName: ACME, userName: auditor, password: env:P, accessToken: "file:token", countries: shared}
        clients:
          - {id: 7, code: ACME, account: one, name: Acme, labels: {env: prod, tier: 1}}
          - {id: 8, code: OLD, account: one, retired: {date: 2025-10-01, reason: sold}}
        sensitive: [messaging.property.ftp_login]
        timeZone: America/New_York
        failOn: high
        resumeWithin: 90m
        reports: [{format: json, path: "-"}]
        evidence: {origin: example.com/audit, key: "env:KEY", checkpoints: [{file: c.txt}, {command: cat}]}
        notify: [{name: ops, webhook: "env:SLACK_URL", on: [new, alive], format: slack, minimumSeverity: high, environments: [na3]}, {webhook: "file:url"}]

        """

    /// What a schema cannot say of this file.
    private static let beyondSchemas = [
        "is no time zone", "which is not there", "stands twice", "base URL", "cannot be read", "sent over TLS",
    ]

    @Test func `the published schema is the table's`() throws {
        let file = packageRoot.appending(path: "policies/schemas/audit-config.schema.json")
        let text = PrettyJSON.text(of: ConfigurationKeys.schema)
        if ProcessInfo.processInfo.environment["AUDIT_WRITE_GOLDENS"] != nil { try Data(text.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text, "'make golden' writes the schemas anew")
    }

    @Test func `the schema is valid by its metaschema`() throws {
        guard skipWithoutConformanceFolder("the metaschema"), let metaschema = try Metaschema.draft202012() else {
            return
        }
        #expect(metaschema.problems(of: ConfigurationKeys.schema) == [])
    }

    @Test(arguments: [valid, ConfigurationTemplate.text()]) func `a file that is read is valid by its schema`(
        text: String
    ) throws {
        #expect(errors(in: text) == [])
        #expect(Self.schema.problems(of: try document(of: text)) == [])
    }

    @Test func `reader and schema agree on damaged files`() throws {
        let original = try document(of: Self.valid)
        var generator = SeededGenerator(seed: 20_261_124)
        var refused = 0
        for round in 0..<400 {
            var places: [[SettingPath.Step]] = []
            collect(original, [], &places)
            let place = places.randomElement(using: &generator) ?? []
            let damaged = changed(original, place[...], using: &generator)
            let mistakes = errors(in: CanonicalJSON.text(of: damaged))
            let problems = Self.schema.problems(of: damaged)
            let words = "seed \(generator.seed), round \(round), \(place)"
            if mistakes.isEmpty {
                #expect(problems.isEmpty, "\(words): the schema alone refuses it")
            } else if problems.isEmpty {
                let unexplained = mistakes.filter { text in !Self.beyondSchemas.contains { text.contains($0) } }
                #expect(unexplained.isEmpty, "\(words): the reader alone refuses it")
            } else {
                refused += 1
            }
        }
        print("audit.yaml, seed \(generator.seed): of 400 damaged files \(refused) are refused by both")
        #expect(refused > 100)
    }

    // MARK: Files

    private func errors(in text: String) -> [String] {
        switch ConfigurationReader.configuration(of: Array(text.utf8), file: "/etc/audit.yaml", readFile: { _ in nil })
        {
        case .success: []
        case .failure(let mistakes): mistakes.diagnostics.map(\.message)
        }
    }

    private func document(of text: String) throws -> SettingValue {
        func json(_ node: YAMLNode) -> SettingValue {
            switch node.kind {
            case .null: .null
            case .bool(let value): .bool(value)
            case .integer(let value): .integer(value)
            case .float(let value): SettingValue(exactly: value) ?? .null
            case .string(let value): .string(value)
            case .sequence(let elements): .array(elements.map(json))
            case .mapping(let entries):
                .object(SettingObject(entries.map { .init(key: $0.key, value: json($0.value)) }))
            }
        }
        return json(try YAMLReader.node(of: text, file: "audit.yaml").get())
    }

    private func collect(_ value: SettingValue, _ path: [SettingPath.Step], _ places: inout [[SettingPath.Step]]) {
        places.append(path)
        for member in value.objectValue?.members ?? [] { collect(member.value, path + [.key(member.key)], &places) }
        for (index, element) in (value.arrayValue ?? []).enumerated() {
            collect(element, path + [.index(index)], &places)
        }
    }

    private func changed(
        _ value: SettingValue, _ rest: ArraySlice<SettingPath.Step>, using generator: inout SeededGenerator
    ) -> SettingValue {
        switch (rest.first, value) {
        case (.key(let key)?, .object(var object)):
            object[key] = object[key].map { changed($0, rest.dropFirst(), using: &generator) }
            return .object(object)
        case (.index(let index)?, .array(var elements)):
            elements[index] = changed(elements[index], rest.dropFirst(), using: &generator)
            return .array(elements)
        case (nil, .object(var object)) where !object.isEmpty && Bool.random(using: &generator):
            let key = object.keys.randomElement(using: &generator) ?? ""
            if Bool.random(using: &generator) { object[key + "x"] = object[key] }
            object[key] = nil
            return .object(object)
        default:
            let others: [SettingValue] = [
                .null, true, 0, -1, 7, 0.5, "", " ", "text", "high", "json", "v1.2", "30s", "1h30m", "env:", "env:X",
                [], ["a"],
                [1], [:], ["a": 1], "2026-02-30", "2026-02-28",
            ]
            return others.randomElement(using: &generator) ?? .null
        }
    }
}
