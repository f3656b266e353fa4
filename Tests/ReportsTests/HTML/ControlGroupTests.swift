import AuditModel
import AuditTestSupport
import Testing

@testable import Reports

struct ControlGroupTests {
    /// A report of rules that name controls, and of clients with verdicts, one letter a rule.
    private func report(_ controls: [[String]], _ letters: [String], waived: [(Int, Int)] = []) -> AuditReport {
        var report = SampleReports.nothing
        let facts = controls.enumerated().map { index, references in
            RuleFacts(
                id: "R-\(index)", title: "t", severity: .high,
                controls: references.map { ControlReference(reference: $0) },
                policyID: "p")
        }
        report.rules = facts.map { RuleSummary(facts: $0, counts: VerdictCounts()) }
        report.verdicts = VerdictGrid(ruleIDs: facts.map(\.id))
        let verdicts: [Character: Verdict] = ["p": .pass, "f": .fail, "u": .unknown, "n": .notApplicable]
        for (row, line) in letters.enumerated() {
            report.verdicts.append(
                SampleFleet.clients[row],
                zip(facts, line).compactMap { facts, letter in
                    verdicts[letter].map { RuleResult(ruleID: facts.id, verdict: $0) }
                })
        }
        report.waived = waived.map { row, column in
            Finding(
                client: SampleFleet.clients[row], result: RuleResult(ruleID: "R-\(column)", verdict: .fail),
                waiver: SampleReports.waived[0].waiver)
        }
        return report
    }

    private func counts(_ report: AuditReport) throws -> VerdictCounts {
        try #require(ControlGroup.grouped(report).first?.controls.first?.clients)
    }

    @Test(arguments: [
        (["pp"], ReportedVerdict.pass), (["pn"], .pass), (["nn"], .notApplicable), (["pu"], .unknown), (["fu"], .fail),
        (["pp", "pu"], .unknown), (["pp", "nf"], .fail), (["p-"], .pass), (["--"], .notApplicable),
    ])
    func `a control passes where all its rules do for every client, and nothing unknown is green`(
        letters: [String], verdict: ReportedVerdict
    ) throws {
        let report = report([["X/1"], ["X/1"]], letters)
        #expect(ControlGroup.grouped(report).first?.controls.first?.verdict == verdict)
    }

    @Test func `a waiver over the only failure makes a control waived, not passed`() throws {
        let report = report([["X/1"], ["X/1"]], ["pf", "pp"], waived: [(0, 1)])
        #expect(ControlGroup.grouped(report).first?.controls.first?.verdict == .waived)
        #expect(try counts(report).waived == 1 && counts(report).pass == 1)
    }

    @Test func `every client counts once for each control`() throws {
        let report = report([["X/1", "X/2"], ["X/1"]], ["pf", "up", "nn", "pp"])
        let controls = try #require(ControlGroup.grouped(report).first?.controls)
        #expect(controls.map(\.clients.total) == [4, 4])
        #expect(controls.map(\.rules.count) == [2, 1])
        #expect(try counts(report).fail == 1 && counts(report).unknown == 1 && counts(report).notApplicable == 1)
    }

    @Test func `frameworks have the names that people call them by, and controls are in the order of their numbers`() {
        let report = report(
            [
                ["PCI-DSS-4.0/8.3.10", "PCI-DSS-4.0/8.3.4", "PCI-DSS-4.0/10.2"], ["NIST-800-53r5/AC-7"],
                ["47-CFR-64.1200(d)"], ["12-CFR-1006.14(b)(2)"], ["GDPR/Art-5(1)(e)"], ["house rule 4"],
            ], ["pppppp"])
        let groups = ControlGroup.grouped(report)
        #expect(
            groups.map { "\($0.title): \($0.controls.map(\.name).joined(separator: ", "))" } == [
                "GDPR: Art-5(1)(e)", "NIST SP 800-53 Rev. 5: AC-7", "Other references: house rule 4",
                "PCI DSS 4.0: 8.3.4, 8.3.10, 10.2", "Regulation F (12 CFR 1006): § 1006.14(b)(2)",
                "TCPA (47 CFR 64.1200): § 64.1200(d)",
            ])
    }

    @Test func `policies without controls, and a night that nothing judged, have no such section`() {
        #expect(ControlGroup.grouped(report([[], []], ["pp"])).isEmpty)
        #expect(ControlGroup.grouped(SampleReports.nothing).isEmpty)
    }
}
