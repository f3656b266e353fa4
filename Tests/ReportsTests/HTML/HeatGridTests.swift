import AuditModel
import AuditTestSupport
import Foundation
import Testing

@testable import Reports

struct HeatGridTests {
    private let rules = SampleFleet.rules

    private func rows(_ letters: [String], waived: [Finding] = []) -> HeatRows {
        HeatRows(grid(letters), severities: rules.prefix(letters[0].count).map(\.severity), waived: waived)
    }

    /// A grid of one line a client: `p`, `f`, `u`, `n`, and `-` for what was not judged.
    private func grid(_ letters: [String]) -> VerdictGrid {
        var grid = VerdictGrid(ruleIDs: rules.prefix(letters[0].count).map(\.id))
        for (index, line) in letters.enumerated() {
            let verdicts: [Character: Verdict] = ["p": .pass, "f": .fail, "u": .unknown, "n": .notApplicable]
            grid.append(
                SampleFleet.clients[index],
                zip(rules, line).compactMap { rule, letter in
                    verdicts[letter].map { RuleResult(ruleID: rule.id, verdict: $0) }
                })
        }
        return grid
    }

    private func codes(_ clients: [Client]) -> [String] { clients.map(\.code) }

    @Test func `clients that pass are one line, and one that no rule judges is not among them`() {
        let rows = rows(["pp", "pn", "nn", "--", "fp", "up"])
        #expect(codes(rows.passing) == ["ACME", "BETA"])
        #expect(codes(rows.unassessed) == ["CORAL", "DELTA"])
        #expect(rows.rows.flatMap { codes($0.clients) } == ["EPSI", "FJORD"])
    }

    @Test func `clients with the same verdicts share a row, the worst rows and the severest rules come first`() {
        // The first two rules are critical, the next two high, the sixth medium.
        let rows = rows(["pppppf", "ppffpp", "fppppp", "ppffpp", "uppppp", "pppppp"])
        #expect(rows.rows.map { codes($0.clients) } == [["CORAL"], ["BETA", "DELTA"], ["ACME"], ["EPSI"]])
        #expect(rows.columns == [0, 2, 3, 5])
        #expect(rows.passingColumns == [1, 4] && rows.idleColumns == [])
    }

    @Test func `a rule that applies to nobody is not said to hold`() {
        let rows = rows(["fnp", "fnp"])
        #expect(rows.columns == [0] && rows.idleColumns == [1] && rows.passingColumns == [2])
    }

    @Test func `a waiver shows where it lies, and its client is not among those that pass`() {
        let finding = Finding(
            client: SampleFleet.clients[0], result: RuleResult(ruleID: rules[1].id, verdict: .fail),
            waiver: SampleReports.waived[0].waiver)
        let rows = rows(["pf", "pf"], waived: [finding])
        #expect(rows.passing.isEmpty)
        // The failure is worse than the waived one.
        #expect(rows.rows.map(\.marks) == [[.pass, .fail], [.pass, .waived]])
    }

    @Test func `every cell of the page says the verdict of its row and column by a sign`() throws {
        let report = SampleReports.night
        let markup = HeatGrid(report.verdicts, rules: report.rules.map(\.facts), waived: report.waived).html.markup
        let outline = try MarkupOutline("<!DOCTYPE html>\n" + markup)
        let rows = HeatRows(
            report.verdicts, severities: report.rules.map(\.facts.severity), waived: report.waived)
        let marks = rows.rows.flatMap { row in rows.columns.map { row.marks[$0] } }
        for (verdict, letter) in [
            (ReportedVerdict.fail, "f"), (.waived, "w"), (.unknown, "u"), (.notApplicable, "n"),
        ] {
            // One more is in the legend.
            let cells = markup.components(separatedBy: "<td class=\"\(letter)\">\(verdict.sign)</td>").count - 1
            #expect(cells == marks.count { $0 == verdict })
        }
        #expect(markup.components(separatedBy: "<td>✓</td>").count - 1 == marks.count { $0 == .pass })
        #expect(Set(ReportedVerdict.allCases.map(\.sign)).count == 5)
        #expect(outline.tags.count { $0 == "<td>" || $0 == "<td class>" } == marks.count)
        // Failures by client, told another way.
        let failing = Set(report.failures.map { "\($0.client.id) \($0.result.ruleID)" })
        #expect(marks.count { $0 == .fail } <= failing.count)
    }

    /// Each client different from all others, which is the worst that can be.
    @Test func `a thousand clients under fifty rules stay small, and none is lost`() throws {
        var random = SeededGenerator(seed: 7)
        let rules = (0..<50).map { RuleFacts(id: "R-\($0)", title: "t", severity: .high, policyID: "p") }
        var grid = VerdictGrid(ruleIDs: rules.map(\.id))
        for number in 0..<1_000 {
            let client = Client(
                id: Client.ID(environment: SampleFleet.environment, number: 10_000 + number), code: "CLIENT\(number)")
            grid.append(
                client,
                rules.map { rule in
                    RuleResult(ruleID: rule.id, verdict: Int.random(in: 0..<5, using: &random) == 0 ? .fail : .pass)
                })
        }
        let markup = HeatGrid(grid, rules: rules, waived: []).html.markup
        #expect(markup.utf8.count < 1_200_000, "\(markup.utf8.count) bytes")
        #expect(markup.components(separatedBy: "CLIENT").count - 1 == 1_000)
    }

    @Test func `what is beyond the limit is told by number`() {
        var grid = VerdictGrid(ruleIDs: (0..<12).map { "R-\($0)" })
        // 2,100 different rows of failures out of 4,096.
        for number in 1...2_100 {
            let results = (0..<12).map { bit in
                RuleResult(ruleID: "R-\(bit)", verdict: number >> bit & 1 == 1 ? .fail : .pass)
            }
            grid.append(Client(id: Client.ID(environment: SampleFleet.environment, number: number), code: ""), results)
        }
        let markup = HeatGrid(grid, rules: [], waived: []).html.markup
        #expect(markup.contains("100 clients more do not pass every rule and are not in this grid"))
    }
}
