import AuditModel
import AuditPipeline
import Policies
import SnapshotStore
import Testing

/// The past is told by the rules that each run recorded, whatever holds today.
struct RecordedRulesTests {
    private static func selection(_ run: AuditRun) -> RunSelection {
        RunSelection(asked: run.id.short, run: run, day: DayZone.utc.day(of: run.startedAt))
    }

    /// Night 1 judged by a limit of 5, night 2 by one of 3; nothing of the clients changed, but for client 2's encryption.
    private func twoNights() async throws -> (fixture: PipelineFixture, runs: [AuditRun]) {
        var fixture = try PipelineFixture()
        let first = try await fixture.night(1).report.run
        fixture.policies = try PipelineFixture.policySet(limit: 3)
        fixture.source.bodies[2] = PipelineFixture.answers(code: "C2", encrypted: false)
        let second = try await fixture.night(2).report.run
        return (fixture, [first, second])
    }

    @Test func `a report of each run says what it said then`() async throws {
        let (fixture, runs) = try await twoNights()
        let chronicle = Chronicle(store: fixture.store, zone: .utc)
        let first = try chronicle.report(of: runs[0], judgedBy: .recorded)
        #expect(first.failures.isEmpty)
        let second = try chronicle.report(of: runs[1], judgedBy: .recorded)
        #expect(second.failures.count { $0.result.ruleID == "R-LOCK" } == 3)
        // Today's rules over the first night, as 'check --as-of' judges it; and those of another night.
        let today = try chronicle.report(of: runs[0], judgedBy: .policies(try PipelineFixture.policySet(limit: 1)))
        #expect(today.failures.count == 3)
        let recorded = try #require(try chronicle.policySet(of: runs[1]))
        #expect(try chronicle.report(of: runs[0], judgedBy: .policies(recorded)).failures.count == 3)
    }

    @Test func `rules that were compiled for one run are not taken for those of another`() async throws {
        let (fixture, runs) = try await twoNights()
        let rulings = RecordedRulings()
        for _ in 0..<2 {
            for run in runs {
                let shared = Chronicle(store: fixture.store, zone: .utc, rulings: rulings)
                let alone = Chronicle(store: fixture.store, zone: .utc)
                #expect(try shared.policySet(of: run)?.digest == alone.policySet(of: run)?.digest)
                #expect(
                    try shared.report(of: run, judgedBy: .recorded) == alone.report(of: run, judgedBy: .recorded))
            }
        }
    }

    @Test func `a difference tells apart what moved by the rules and what by the client`() async throws {
        let (fixture, runs) = try await twoNights()
        let report = try Chronicle(store: fixture.store, zone: .utc).difference(
            from: Self.selection(runs[0]), to: Self.selection(runs[1]))
        let causes = Dictionary(grouping: report.verdictChanges, by: \.ruleID).mapValues { $0.map(\.causes) }
        #expect(causes["R-LOCK"] == Array(repeating: [.rule], count: 3))
        #expect(causes["R-ENC"]?.count == 1 && causes["R-ENC"]?.first?.contains(.setting) == true)
        #expect(report.notes.contains { $0.contains("judged by different policies") })
    }

    @Test func `a filter by client tells what the whole difference tells of them, with the counts of all`() async throws
    {
        let (fixture, runs) = try await twoNights()
        let chronicle = Chronicle(store: fixture.store, zone: .utc)
        let sides = runs.map(Self.selection)
        let whole = try chronicle.difference(from: sides[0], to: sides[1])
        for client in fixture.clients {
            let part = try chronicle.difference(
                from: sides[0], to: sides[1], filter: DiffFilter(clients: [client.code]))
            #expect(part.verdictChanges == whole.verdictChanges.filter { $0.client.id == client.id })
            #expect(part.settingsChanges == whole.settingsChanges.filter { $0.clients.contains(client) })
            #expect(part.from == whole.from && part.to == whole.to)
        }
    }

    @Test func `both sides the same run, and a run that only fetched, are said`() async throws {
        var (fixture, runs) = try await twoNights()
        fixture.policies = nil
        let fetched = try await fixture.night(3).report.run
        let chronicle = Chronicle(store: fixture.store, zone: .utc)
        let same = try chronicle.difference(from: Self.selection(runs[1]), to: Self.selection(runs[1]))
        #expect(same.isEmpty && same.notes.contains { $0.hasPrefix("Both sides are the same run") })
        let report = try chronicle.difference(from: Self.selection(runs[1]), to: Self.selection(fetched))
        #expect(report.verdictChanges.isEmpty && report.to.counts == nil)
        #expect(report.notes.contains { $0.contains("only fetched; it has no verdicts") })
    }
}
