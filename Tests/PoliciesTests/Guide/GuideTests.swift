import AuditModel
import AuditTestSupport
import Foundation
import Policies
import Testing

/// Every example of the guide is loaded and judged, and every row of its tables holds.
struct GuideTests {
    private static func guide() throws -> Guide {
        try Guide(
            try String(contentsOf: packageRoot.appending(path: "docs/policy-language.md"), encoding: .utf8))
    }

    @Test func `every example loads without a mistake or a warning, and every row of its table holds`() throws {
        var rows = 0
        let examples = try Self.guide().examples
        for example in examples {
            let loaded = PolicyLoader.load(example.files)
            #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics.map(\.description).joined(separator: "\n"))")
            guard let set = loaded.policySet else { continue }
            var tests = [example.testFile(rules: set.facts.map(\.id))]
            if let cases = example.cases { tests.append(cases) }
            for text in tests {
                let read = PolicyTests.load(PolicyFile(name: "line-\(example.line)", text: text), for: set)
                let errors = read.diagnostics.filter { $0.severity == .error }
                #expect(errors.isEmpty, "\(errors.map(\.description).joined(separator: "\n"))")
                for test in read.tests?.run(on: set).cases ?? [] {
                    for expectation in test.expectations {
                        #expect(
                            expectation.isMet,
                            "\(test.name): \(expectation.ruleID) is \(expectation.actualWord), not \(expectation.expectedWord)"
                        )
                    }
                }
            }
            rows += example.rows.count
            let words = Set(example.rows.flatMap { $0.verdicts.map(\.word) })
            #expect(words.isSuperset(of: ["pass", "fail"]), "line \(example.line) shows no pass, or no failure")
        }
        print("the guide: \(examples.count) examples, \(rows) rows")
        #expect(examples.count >= 12 && rows >= 40)
    }

    @Test func `every word of the language stands in an example`() throws {
        let blocks = try Self.guide().blocks
        var words: Set<String> = []
        func collect(_ schema: SettingValue, isName: Bool) {
            for member in schema.objectValue?.members ?? [] {
                if isName, !member.key.contains(".") { words.insert(member.key) }
                collect(member.value, isName: member.key == "properties" && !isName)
            }
            for element in schema.arrayValue ?? [] { collect(element, isName: false) }
        }
        for schema in [FileSchema.policy, FileSchema.policyTests, FileSchema.waivers] { collect(schema, isName: false) }
        #expect(words.count > 60)
        // Groups stand in paths; a base without one shows that it was not captured.
        for group in SettingsGroup.allCases { words.remove(group.rawValue) }
        for word in words.sorted() {
            #expect(
                blocks.contains("\(word): ") || blocks.contains("\(word):\n") || blocks.contains("\"\(word)\": "),
                "\(word)")
        }
    }

    @Test func `every example is valid by its schema`() throws {
        for example in try Self.guide().examples {
            for policy in example.policies {
                #expect(try SchemaKind.policy.schema.problems(of: document(of: policy)) == [], "line \(example.line)")
            }
            if let waivers = example.waivers {
                #expect(try SchemaKind.waivers.schema.problems(of: document(of: waivers)) == [])
                #expect(SchemaKind.waivers.errors(in: waivers) == [])
            }
            if let cases = example.cases {
                #expect(try SchemaKind.policyTests.schema.problems(of: document(of: cases)) == [])
            }
        }
    }
}
