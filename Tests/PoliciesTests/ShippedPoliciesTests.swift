import AuditModel
import AuditTestSupport
import Foundation
import Policies
import Testing

/// All shipped policies together, as `audit run` loads them.
struct ShippedPoliciesTests {
    private static let names = ["calling-compliance", "change-control", "recording-retention", "security-baseline"]

    private static func loaded() throws -> PolicySet {
        let loaded = PolicyLoader.load(try names.map { try SecurityBaselineTests.file($0 + ".yaml") })
        #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics.map(\.description).joined(separator: "\n"))")
        return try #require(loaded.policySet)
    }

    @Test func `the folder holds these policies, each with its cases, and no live waivers`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: SecurityBaselineTests.folder.path).sorted()
        let policies = Self.names.flatMap { [$0 + ".tests.yaml", $0 + ".yaml"] }
        #expect(files == (policies + ["schemas"]).sorted())
    }

    @Test(arguments: names) func `the cases of a policy hold, and each of its rules has one that fails`(
        name: String
    ) throws {
        let set = try Self.loaded()
        let tests = PolicyTests.load(try SecurityBaselineTests.file(name + ".tests.yaml"), for: set)
        #expect(tests.diagnostics.isEmpty, "\(tests.diagnostics.map(\.description).joined(separator: "\n"))")
        let report = try #require(tests.tests).run(on: set)
        for test in report.cases {
            for expectation in test.expectations where !expectation.isMet {
                Issue.record("\(test.name): \(expectation.ruleID) is not \(expectation.expected)")
            }
        }
        let own = Set(set.facts.filter { $0.policyID == name }.map(\.id))
        #expect(!own.isEmpty)
        #expect(own.isDisjoint(with: report.rulesNeverFailing))
    }

    @Test func `every rule says why, what to do, and for which control with which caveat`() throws {
        for rule in try Self.loaded().facts {
            #expect(rule.rationale != nil && rule.remediation != nil, "\(rule.id)")
            #expect(!rule.controls.isEmpty && rule.controls.allSatisfy { $0.strength == .supports }, "\(rule.id)")
            if rule.policyID != "security-baseline" {
                #expect(rule.controls.allSatisfy { $0.caveat != nil }, "\(rule.id)")
            }
        }
    }

    @Test func `rules of Regulation F look at lines of collections alone`() throws {
        let set = try Self.loaded()
        let client = Client(
            id: Client.ID(environment: EnvironmentName("test"), number: 1), code: "A", labels: ["line": "sales"])
        let snapshot = Snapshot(
            client: client,
            groups: PerGroup(repeating: .failure(CaptureFailure(.notAttempted, detail: ""))))
        let applying = set.results(for: snapshot).filter { $0.verdict != .notApplicable }.map(\.ruleID)
        let bound = ["CALL-ATTEMPTS-LIMIT", "CALL-ATTEMPTS-ON", "CALL-MACHINE-MESSAGES", "REC-DAYS-REGF"]
        #expect(Set(applying) == Set(set.facts.map(\.id)).subtracting(bound))
    }
}
