import AuditModel
import AuditTestSupport
import Drift
import Testing

struct BacktestTests {
    private func id(_ number: Int) -> Client.ID { Client.ID(environment: EnvironmentName("na3"), number: number) }

    @Test func `three clients and two rules come to what a hand count gives`() {
        var backtest = Backtest(ruleIDs: ["A", "B"], nights: 6) { _, history in history.counts.fail > 0 }
        backtest.add(id(1), stretches("pffpfp", "nnnnnn"))
        backtest.add(id(2), stretches("..ppuf", "..nnnn"))
        backtest.add(id(3), stretches("pfppp.", "nnnnn."))
        backtest.add(id(4), [])
        #expect(backtest.clientCount == 3)
        let a = backtest.rules[0]
        #expect(a.ruleID == "A")
        #expect(a.firstFailure == 1)
        #expect(a.firstClients == [id(1), id(3)])
        #expect(a.failingNights == 4, "nights 1, 2, 4 and 5")
        #expect(a.counts.fail == 5)
        #expect(a.counts.pass == 9)
        #expect(a.failingClients == 3)
        #expect(a.flaps == 1)
        #expect(a.flappingClients == 1)
        #expect(a.unknownNights == 1)
        #expect(a.counts.unknown == 1)
        #expect(a.lastNight.pass == 1)
        #expect(a.lastNight.fail == 1)
        #expect(a.lastNight.total == 2, "client 3 has left by then")
        #expect(a.judgesAnyone)
        let b = backtest.rules[1]
        #expect(b.firstFailure == nil)
        #expect(!b.judgesAnyone)
        #expect(b.counts.notApplicable == 15)
        #expect(backtest.details.map(\.client) == [id(1), id(2), id(3)])
        #expect(backtest.details.allSatisfy { $0.ruleID == "A" })
    }

    @Test func `any histories come to what counting night by night gives`() {
        for seed: UInt64 in 1...40 {
            var generator = SeededGenerator(seed: seed)
            let nights = Int.random(in: 1...12, using: &generator)
            var fleet: [(Client.ID, String)] = []
            for number in 1...Int.random(in: 1...6, using: &generator) {
                let text = (0..<nights).compactMap { _ in "ppfun.".randomElement(using: &generator) }
                fleet.append((id(number), String(text)))
            }
            var backtest = Backtest(ruleIDs: ["R"], nights: nights)
            for (client, text) in fleet { backtest.add(client, stretches(text)) }
            let table = fleet.map { verdicts($0.1) }
            let failing = (0..<nights).filter { night in table.contains { $0[night] == .fail } }
            let rule = backtest.rules[0]
            #expect(rule.firstFailure == failing.first, "seed \(seed)")
            #expect(rule.failingNights == failing.count, "seed \(seed)")
            #expect(
                rule.firstClients
                    == fleet.filter { client, text in failing.first.map { verdicts(text)[$0] == .fail } ?? false }.map(
                        \.0),
                "seed \(seed)")
            #expect(rule.counts.fail == table.joined().filter { $0 == .fail }.count, "seed \(seed)")
            #expect(rule.counts.total == table.joined().filter { $0 != nil }.count, "seed \(seed)")
            #expect(rule.unknownNights == (0..<nights).count { night in table.contains { $0[night] == .unknown } })
            #expect(rule.lastNight.pass == table.filter { $0[nights - 1] == .pass }.count, "seed \(seed)")
        }
    }
}
