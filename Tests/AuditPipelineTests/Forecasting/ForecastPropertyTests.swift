import AuditModel
import AuditPipeline
import AuditTestSupport
import Policies
import SnapshotStore
import Testing

/// What was foreseen comes: the nights that follow, with nothing changed, say what the forecast said.
struct ForecastPropertyTests {
    /// What one night says of R-LOCK for each client: pass, fail or waived.
    private func standings(_ report: AuditReport) -> [Int: String] {
        var standings = Dictionary(uniqueKeysWithValues: (1...3).map { ($0, "pass") })
        for finding in report.failures where finding.result.ruleID == "R-LOCK" {
            standings[finding.client.id.number] = "fail"
        }
        for finding in report.waived where finding.result.ruleID == "R-LOCK" {
            standings[finding.client.id.number] = "waived"
        }
        return standings
    }

    @Test func `the nights that follow say what was foreseen`() async throws {
        var random = SeededGenerator(seed: UInt64.random(in: 0...UInt64.max))
        print("seed \(random.seed)")
        for round in 0..<12 {
            let place = "seed \(random.seed), round \(round)"
            let nights = 9
            func day(_ range: ClosedRange<Int>) -> String {
                CalendarDay(daysSince1970: 20_393 + Int.random(in: range, using: &random)).description
            }
            var fixture = try PipelineFixture()
            for number in 1...3 {
                let lockout = Int.random(in: 4...8, using: &random)
                fixture.source.bodies[number] = PipelineFixture.answers(code: "C\(number)", lockout: lockout)
            }
            let deadline = Bool.random(using: &random) ? day(0...12) + "T00:00:00Z" : nil
            fixture.policies = try PipelineFixture.policySet(deadline: deadline)
            let lines = (0..<Int.random(in: 0...5, using: &random)).map { index in
                let from = Int.random(in: -5...9, using: &random)
                return ForecastTests.waiver(
                    "W-\(index)", Int.random(in: 1...3, using: &random), day(from...from), day(from...from + 6),
                    while: Bool.random(using: &random) ? "{atMost: \(Int.random(in: 5...8, using: &random))}" : nil)
            }
            let waivers = try ForecastTests.waivers(lines)
            var previous = standings(try await fixture.night(1, waivers: waivers).report)
            let run = try #require(fixture.store.runs().last)
            let foreseen = try Chronicle(store: fixture.store, zone: .utc).forecast(
                after: run, judgedBy: #require(fixture.policies), waivers: waivers,
                from: DayZone.utc.day(of: run.startedAt), days: nights - 1)
            var expected: [String] = []
            for night in 2...nights {
                let report = try await fixture.night(night, waivers: waivers).report
                let current = standings(report)
                for number in 1...3 where current[number] != previous[number] {
                    expected.append("\(report.day) \(number) \(previous[number] ?? "") \(current[number] ?? "")")
                }
                previous = current
            }
            let told = foreseen.moves.map { move in
                func look(_ standing: Forecast.Standing) -> String {
                    standing.waiver == nil ? standing.verdict.rawValue : "waived"
                }
                return "\(move.day) \(move.client.id.number) \(look(move.before)) \(look(move.after))"
            }
            #expect(told == expected, "\(place)\n\(lines.joined()) deadline \(deadline ?? "none")")
        }
    }
}
