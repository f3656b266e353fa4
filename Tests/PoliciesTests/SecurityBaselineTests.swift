import AuditModel
import AuditTestSupport
import Foundation
import Policies
import Testing

/// The shipped policy, through the loader that users have.
struct SecurityBaselineTests {
    static let folder = packageRoot.appending(path: "policies")

    static func file(_ name: String) throws -> PolicyFile {
        PolicyFile(name: "policies/" + name, bytes: Array(try Data(contentsOf: folder.appending(path: name))))
    }

    static func loaded() throws -> PolicySet {
        let loaded = PolicyLoader.load([try file("security-baseline.yaml")])
        #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics.map(\.description).joined(separator: "\n"))")
        return try #require(loaded.policySet)
    }

    @Test func `its cases hold, and every rule has one that makes it fail`() throws {
        let set = try Self.loaded()
        let tests = PolicyTests.load(try Self.file("security-baseline.tests.yaml"), for: set)
        #expect(tests.diagnostics.isEmpty, "\(tests.diagnostics.map(\.description).joined(separator: "\n"))")
        let report = try #require(tests.tests).run(on: set)
        for test in report.cases {
            for expectation in test.expectations where !expectation.isMet {
                Issue.record(
                    "\(test.name): \(expectation.ruleID) is \(expectation.actual), not \(expectation.expected)")
            }
        }
        #expect(report.rulesNeverFailing == [])
        #expect(report.cases.count == 36)
    }

    @Test func `every rule says why, what to do, and for which control`() throws {
        let facts = try Self.loaded().facts
        #expect(facts.count == 8)
        for rule in facts {
            #expect(rule.rationale != nil, "\(rule.id)")
            #expect(rule.remediation?.hasPrefix("In Client Editor > ") == true, "\(rule.id)")
            #expect(!rule.controls.isEmpty && rule.controls.allSatisfy { $0.strength == .supports }, "\(rule.id)")
        }
    }

    @Test func `the owner's two examples come out in words`() throws {
        let set = try Self.loaded()
        let snapshot = try Snapshot.of([
            .internal: #"{"encryptCcsPassword": false, "maxFailedCcsLoginAttempts": 6}"#
        ])
        let encryption = try #require(set.result(of: "SEC-ENC-CCS", for: snapshot))
        #expect(encryption.verdict == .fail)
        #expect(encryption.message == "encryptCcsPassword must be true, and is false")
        #expect(encryption.comparisons.map(\.expected) == ["true"])
        #expect(encryption.comparisons.map(\.note) == ["Shows the flag, not the algorithm."])
        let lockout = try #require(set.result(of: "SEC-LOCK-CCS-LIMIT", for: snapshot))
        #expect(lockout.verdict == .fail)
        #expect(lockout.message == "maxFailedCcsLoginAttempts must be 5 or less, and is 6")
        #expect(lockout.comparisons.map(\.expected) == ["at most 5"])
    }

    @Test func `however it is damaged, it loads or says why not`() throws {
        var generator = SeededGenerator(seed: 11)
        print("seed \(generator.seed)")
        let original = try Self.file("security-baseline.yaml").bytes
        for _ in 0..<60 {
            var bytes = original
            let position = Int.random(in: 0..<bytes.count, using: &generator)
            let end = min(bytes.count, position + Int.random(in: 1...60, using: &generator))
            bytes.removeSubrange(position..<end)
            let loaded = PolicyLoader.load([PolicyFile(name: "p.yaml", bytes: bytes)])
            #expect((loaded.policySet == nil) == loaded.hasErrors)
        }
    }
}
