import AuditModel
import AuditTestSupport
import Policies
import SnapshotStore
import Testing

@testable import AuditPipeline

/// The recorded verdicts of many nights in memory say what the nights' own reports said.
struct VerdictLedgerTests {
    /// What one night said: the verdict by client and rule; nothing where it did not judge it.
    private typealias Sayings = [String: Verdict]

    private static let rules = ["R-ENC", "R-LOCK"]
    private static let numbers = [1, 2, 3]

    private static func key(_ number: Int, _ rule: String) -> String { "\(number) \(rule)" }

    private static func sayings(_ report: AuditReport) -> Sayings {
        var sayings: Sayings = [:]
        for (row, client) in report.verdicts.clients.enumerated() {
            for (column, rule) in report.verdicts.ruleIDs.enumerated() {
                sayings[key(client.id.number, rule)] = report.verdicts[row, column]?.verdict
            }
        }
        return sayings
    }

    /// The spell by the plainest walk back, night by night.
    private static func spell(_ nights: [Sayings], at last: Int, _ number: Int, _ rule: String) -> VerdictLedger.Spell?
    {
        guard nights[last][key(number, rule)] == .fail else { return nil }
        var spell = VerdictLedger.Spell(first: last, lastBefore: nil, before: nil, nights: 0)
        for night in (0...last).reversed() {
            switch nights[night][key(number, rule)] {
            case .fail: (spell.first, spell.nights) = (night, spell.nights + 1)
            case .unknown: continue
            case let verdict:
                // Judged, by rules without this one: that breaks the series. Not judged at all: it does not.
                if verdict == nil, !nights[night].keys.contains(where: { $0.hasPrefix("\(number) ") }) { continue }
                (spell.lastBefore, spell.before) = (night, verdict)
                return spell
            }
        }
        return spell
    }

    private static func lockoutAlone() throws -> PolicySet {
        let text = """
            policy: {id: p, title: Without encryption, version: "1"}
            rules:
              - {id: R-LOCK, title: Locked out, severity: high, check: {internal.maxFailedCcsLoginAttempts: {atMost: 5, zero: violates}}}

            """
        return try #require(PolicyLoader.load([PolicyFile(name: "p.yaml", text: text)]).policySet)
    }

    private static func chronicle(_ fixture: PipelineFixture) -> Chronicle {
        Chronicle(store: fixture.store, zone: .utc)
    }

    @Test func `spells are those of the nights' own reports, whether the ledger grew with them or is new`() async throws
    {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        print("seed \(seed)")
        var fixture = try PipelineFixture(clients: Self.numbers)
        let (whole, part) = (try PipelineFixture.policySet(), try Self.lockoutAlone())
        var growing = VerdictLedger()
        var nights: [Sayings] = []
        var reports: [AuditReport] = []
        for day in 1...30 {
            for number in Self.numbers {
                fixture.source.bodies[number] = PipelineFixture.answers(
                    code: "C\(number)", encrypted: Int.random(in: 0..<3, using: &random) > 0,
                    lockout: Bool.random(using: &random) ? 5 : 9)
                if Int.random(in: 0..<5, using: &random) == 0 {
                    fixture.source.bodies[number]?[.internal] = .failure(CaptureFailure(.timedOut))
                }
            }
            fixture.policies = Int.random(in: 0..<6, using: &random) == 0 ? part : whole
            let report = try await fixture.night(day).report
            reports.append(report)
            nights.append(Self.sayings(report))
            // Looked at now and then, as a server is.
            guard day == 30 || Bool.random(using: &random) else { continue }
            let runs = try fixture.store.runs().shuffled(using: &random)
            try growing.follow(runs, in: Self.chronicle(fixture))
            var fresh = VerdictLedger()
            try fresh.follow(runs, in: Self.chronicle(fixture))
            for ledger in [growing, fresh] {
                #expect(ledger.nights.map(\.run.id) == reports.map(\.run.id), "seed \(seed), day \(day)")
                for rule in Self.rules {
                    let spells = ledger.spells(of: rule)
                    for number in Self.numbers {
                        let expected = Self.spell(nights, at: day - 1, number, rule)
                        #expect(spells[number] == expected, "seed \(seed), day \(day), client \(number), \(rule)")
                    }
                }
            }
        }
        for (index, night) in growing.nights.enumerated() {
            let report = reports[index]
            #expect(night.clientsCollected == report.completeness.clientsCollected, "seed \(seed)")
            let sum = report.rules.reduce(into: VerdictCounts()) { sum, rule in
                sum.pass += rule.counts.pass
                sum.fail += rule.counts.fail
                sum.unknown += rule.counts.unknown
                sum.notApplicable += rule.counts.notApplicable
            }
            #expect(night.counts == sum, "seed \(seed), night \(index)")
            for number in Self.numbers {
                #expect(
                    growing.spell(of: "R-LOCK", for: number, asOf: report.run.id)
                        == Self.spell(nights, at: index, number, "R-LOCK"), "seed \(seed), night \(index)")
            }
        }
    }

    @Test func `a run that comes late is put in its place, and one that is gone leaves no trace`() async throws {
        var fixture = try PipelineFixture(clients: [1])
        for (day, lockout) in [(1, 9), (2, 5), (3, 9), (4, 9)] {
            fixture.source.bodies[1] = PipelineFixture.answers(code: "C1", lockout: lockout)
            _ = try await fixture.night(day)
        }
        let runs = try fixture.store.runs()
        let chronicle = Self.chronicle(fixture)
        var ledger = VerdictLedger()
        try ledger.follow([runs[0], runs[2], runs[3]], in: chronicle)
        #expect(ledger.spells(of: "R-LOCK")[1] == .init(first: 0, lastBefore: nil, before: nil, nights: 3))
        try ledger.follow(runs, in: chronicle)
        #expect(ledger.nights.map(\.run.id) == runs.map(\.id))
        #expect(ledger.spells(of: "R-LOCK")[1] == .init(first: 2, lastBefore: 1, before: .pass, nights: 2))
        try ledger.follow([runs[0], runs[3]], in: chronicle)
        #expect(ledger.nights.map(\.run.id) == [runs[0].id, runs[3].id])
        #expect(ledger.spells(of: "R-LOCK")[1] == .init(first: 0, lastBefore: nil, before: nil, nights: 2))
        try ledger.follow([], in: chronicle)
        #expect(ledger.nights.isEmpty && ledger.spells(of: "R-LOCK").isEmpty)
    }

    @Test func `runs that only fetched or are still open are no nights, and what nobody knows has no spell`()
        async throws
    {
        var fixture = try PipelineFixture(clients: [1])
        fixture.source.bodies[1] = PipelineFixture.answers(code: "C1", lockout: 9)
        _ = try await fixture.night(1)
        let policies = fixture.policies
        fixture.policies = nil
        _ = try await fixture.night(2)
        fixture.policies = policies
        fixture.source.stopsAfter = 0
        _ = try? await fixture.night(3)
        let runs = try fixture.store.runs()
        #expect(runs.count == 3 && !runs[2].state.isSealed)
        var ledger = VerdictLedger()
        try ledger.follow(runs, in: Self.chronicle(fixture))
        #expect(ledger.nights.map(\.run.id) == [runs[0].id])
        #expect(ledger.spell(of: "R-LOCK", for: 1, asOf: runs[0].id)?.nights == 1)
        #expect(ledger.spell(of: "R-LOCK", for: 1, asOf: runs[1].id) == nil)
        #expect(ledger.spell(of: "R-LOCK", for: 2, asOf: runs[0].id) == nil)
        #expect(ledger.spell(of: "R-NONE", for: 1, asOf: runs[0].id) == nil)
        #expect(ledger.spell(of: "R-LOCK", for: 1, at: 1) == nil)
    }
}
