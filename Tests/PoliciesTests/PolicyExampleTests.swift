import AuditModel
import AuditTestSupport
import Foundation
import Policies
import Testing

/// The worked example of the policy language, whole: its waivers and its tests in files of their own.
struct PolicyExampleTests {
    @Test func `every expectation of the worked example holds`() throws {
        let url = packageRoot.deletingLastPathComponent().appending(path: "shared/examples/policy-example.yaml")
        guard let data = try? Data(contentsOf: url) else {
            print("skipped the worked example: no shared/examples beside the package")
            return
        }
        let (policy, tests) = try Self.split(String(decoding: data, as: UTF8.self))
        let loaded = PolicyLoader.load([PolicyFile(name: "example.yaml", text: policy)])
        let set = try #require(
            loaded.policySet, "\(loaded.diagnostics.map(\.description).joined(separator: "\n"))")
        #expect(set.facts.count == 12)
        let read = PolicyTests.load(PolicyFile(name: "example.tests.yaml", text: tests), for: set)
        let readTests = try #require(
            read.tests, "\(read.diagnostics.map(\.description).joined(separator: "\n"))")
        let report = readTests.run(on: set)
        for test in report.cases {
            for expectation in test.expectations where !expectation.isMet {
                Issue.record(
                    "\(test.name): \(expectation.ruleID) is \(expectation.actualWord), not \(expectation.expectedWord)")
            }
        }
        print(
            "worked example: \(report.cases.count) cases, \(report.cases.map(\.expectations.count).reduce(0, +)) verdicts"
        )
        #expect(report.cases.count == 25)
    }

    /// The file as two: the policy, and its tests with the waivers that they play with.
    static func split(_ text: String) throws -> (policy: String, tests: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let waivers = try #require(lines.firstIndex { $0.hasPrefix("waivers:") })
        let tests = try #require(lines.firstIndex { $0.hasPrefix("tests:") })
        let cases = lines[(tests + 1)...].map { String($0.dropFirst(2)) }
        return (
            lines[..<waivers].joined(separator: "\n"), (lines[waivers..<tests] + cases).joined(separator: "\n")
        )
    }
}
