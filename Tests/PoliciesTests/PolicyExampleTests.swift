import AuditModel
import AuditTestSupport
import Foundation
import Policies
import Testing

/// The worked example of the policy language, without what is not built yet.
struct PolicyExampleTests {
    /// The example's rules that use `cel:`, and those whose cases need waivers.
    static let rulesWithCEL: Set<String> = ["LV-VOX-001", "LV-CTY-002"]

    @Test func `the cases of the worked example hold, where they need neither CEL nor waivers`() throws {
        let url = packageRoot.deletingLastPathComponent().appending(path: "shared/examples/policy-example.yaml")
        guard let data = try? Data(contentsOf: url) else {
            print("skipped the worked example: no shared/examples beside the package")
            return
        }
        let text = String(decoding: data, as: UTF8.self)
        let (policy, tests) = try Self.split(text)
        let loaded = PolicyLoader.load([PolicyFile(name: "example.yaml", text: policy)])
        let set = try #require(
            loaded.policySet, "\(loaded.diagnostics.map(\.description).joined(separator: "\n"))")
        #expect(set.facts.count == 10)
        let read = PolicyTests.load(PolicyFile(name: "example.tests.yaml", text: tests), for: set)
        let readTests = try #require(
            read.tests, "\(read.diagnostics.map(\.description).joined(separator: "\n"))")
        let report = readTests.run(on: set)
        for test in report.cases {
            for expectation in test.expectations where !expectation.isMet {
                Issue.record(
                    "\(test.name): \(expectation.ruleID) is \(expectation.actual), not \(expectation.expected)")
            }
        }
        print(
            "worked example: \(report.cases.count) cases, \(report.cases.map(\.expectations.count).reduce(0, +)) verdicts"
        )
        #expect(report.cases.count >= 18)
    }

    /// The file as two: rules with CEL, waivers and expectations that need either are left out.
    static func split(_ text: String) throws -> (policy: String, tests: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let rules = try #require(lines.firstIndex(of: "rules:"))
        let waivers = try #require(lines.firstIndex { $0.hasPrefix("waivers:") })
        let tests = try #require(lines.firstIndex { $0.hasPrefix("tests:") })
        var blocks: [[String]] = []
        for line in lines[(rules + 1)..<waivers] {
            if line.hasPrefix("  - id:") { blocks.append([]) }
            if !blocks.isEmpty { blocks[blocks.count - 1].append(line) }
        }
        let kept = blocks.filter { block in !rulesWithCEL.contains { block[0].hasSuffix($0) } }
        let policy = lines[...rules] + kept.flatMap(\.self)
        var cases: [String] = []
        for line in lines[(tests + 1)...] {
            // "today" stands with the waiver's cases alone.
            if line.contains("today:") { continue }
            var line = String(line.dropFirst(2))
            // Names with a quote inside are plain scalars, which YAML allows; a value "…" after one would not be.
            for rule in rulesWithCEL {
                for verdict in ["pass", "fail", "unknown", "notApplicable"] {
                    line = line.replacing(", \(rule): \(verdict)", with: "").replacing("\(rule): \(verdict)", with: "")
                }
            }
            if !line.hasSuffix("expect: {}}") { cases.append(line) }
        }
        return (policy.joined(separator: "\n"), cases.joined(separator: "\n"))
    }
}
