import AuditModel
import AuditPipeline
import AuditTestSupport
import Drift
import Evidence
import Policies
import SnapshotStore
import Testing

/// What is told of the past, before and after unchanged nights were pruned.
struct PrunedPastTests {
    /// All that is told, as values that can be compared.
    private struct Told {
        var values: [(what: String, value: AnyHashable)] = []

        mutating func add(_ what: String, _ value: some Hashable & Sendable) {
            values.append((what, AnyHashable(value)))
        }

        /// What is not the same in both.
        func differences(from other: Told) -> [String] {
            guard values.count == other.values.count else { return ["\(values.count) ≠ \(other.values.count)"] }
            return zip(values, other.values).filter { $0.value != $1.value }.map { $0.0.what }
        }
    }

    private static func told(_ fixture: PipelineFixture) throws -> Told {
        var told = Told()
        let store = fixture.store
        let chronicle = Chronicle(store: store, zone: .utc)
        let runs = try store.runs()
        let nights = try StoredNights(among: runs, zone: .utc)
        let selections = zip(nights.runs, nights.days).map { RunSelection(asked: "x", run: $0, day: $1) }
        for run in runs {
            told.add("report of \(run.startedAt)", try chronicle.report(of: run, judgedBy: .recorded))
            told.add(
                "report of \(run.startedAt) by today's rules",
                try chronicle.report(of: run, judgedBy: .policies(PipelineFixture.policySet(limit: 3))))
            if run.kind == .full {
                let remedies = try chronicle.remedies(of: run)
                told.add("remedies of \(run.startedAt)", remedies.clients.map(\.client.id))
            }
            try chronicle.forEachExported(of: run) { told.add("export", $0.snapshot) }
        }
        for (place, earlier) in selections.enumerated() {
            for later in selections[(place + 1)...] where (place * 7 + later.day.daysSince1970).isMultiple(of: 5) {
                let difference = try chronicle.difference(from: earlier, to: later)
                told.add("difference \(earlier.day) \(later.day)", difference)
                told.add("patches", try chronicle.patches(of: difference))
            }
        }
        let candidate = try PipelineFixture.policySet(limit: 4)
        let backtest = try chronicle.backtest(candidate, over: nights, details: .everyone)
        for rule in backtest.rules {
            told.add("backtest", rule.result)
            for client in rule.clients { told.add("backtest of a client", client.history) }
        }
        told.add("backtest cost", backtest.judgedCount)
        let coverage = try chronicle.coverage(of: candidate, over: nights)
        told.add("coverage", coverage.undocumented)
        let shift = try chronicle.policyDifference(from: PipelineFixture.policySet(), to: candidate, over: nights)
        told.add("policy difference", shift.shifts)
        var ledger = VerdictLedger()
        try ledger.follow(runs, in: chronicle)
        told.add("ledger", ledger.nights)
        for rule in ["R-ENC", "R-LOCK"] { told.add("spells", ledger.spells(of: rule)) }
        for client in fixture.clients {
            try tell(client, chronicle, nights, &told)
        }
        return told
    }

    private static func tell(
        _ client: Client, _ chronicle: Chronicle, _ nights: StoredNights, _ told: inout Told
    ) throws {
        let history = try chronicle.history(of: client.code, over: nights)
        told.add("history of \(client.code)", history.settings)
        told.add("flips of \(client.code)", history.flips)
        told.add("exposures of \(client.code)", history.exposures)
        told.add("missed of \(client.code)", history.missed)
        for setting in history.settings {
            for shift in setting.timeline.shifts {
                told.add(
                    "interval of \(setting.path.dotted)",
                    [
                        history.askedAt(shift.lastBefore, setting.path.group),
                        history.answeredAt(shift.firstAfter, setting.path.group),
                    ])
            }
            for span in setting.timeline.spans {
                told.add(
                    "sight of \(setting.path.dotted)",
                    [
                        history.answeredAt(span.first, setting.path.group),
                        history.askedAt(span.last, setting.path.group),
                    ])
            }
        }
        for rule in ["R-ENC", "R-LOCK"] {
            for length in [nights.runs.count, nights.runs.count - 7] {
                let part = try StoredNights(among: Array(nights.runs.prefix(length)), zone: .utc)
                guard let story = try? chronicle.verdictStory(of: rule, for: client.code, over: part) else { continue }
                told.add("story", [story.current, story.since])
                told.add("story's move", story.lastMove?.causes ?? [])
            }
        }
    }

    /// A fleet whose settings stay, change, swing back, fail and vanish, as drawn.
    private static func drifting(_ generator: inout SeededGenerator, nights: Int) async throws -> PipelineFixture {
        var fixture = try PipelineFixture()
        let all = fixture.clients
        for day in 1...nights {
            func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }
            fixture.clients = all.filter { $0.id.number == 1 || !chance(3) }
            for client in all where chance(12) {
                fixture.source.bodies[client.id.number] = PipelineFixture.answers(
                    code: client.code, encrypted: chance(50),
                    lockout: [0, 4, 5, 9][Int.random(in: 0..<4, using: &generator)])
            }
            if chance(5) { fixture.policies = try PipelineFixture.policySet(limit: chance(50) ? 5 : 9) }
            // Moments of their own, so that a lost one shows.
            fixture.source.askedAt = Timestamp(milliseconds: 1_761_955_200_000 + Int64(day) * 86_400_000 + 7_777)
            var night = fixture
            if chance(15) {
                let number = all[Int.random(in: 0..<all.count, using: &generator)].id.number
                let group = SettingsGroup.allCases[Int.random(in: 0..<5, using: &generator)]
                night.source.bodies[number]?[group] = .failure(CaptureFailure(.timedOut))
            }
            if chance(6) { night.policies = nil }
            _ = try await night.night(day)
        }
        fixture.clients = all
        return fixture
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `reports, changes, intervals, exposures, causes and trials are the same before and after`(
        seed: UInt64
    ) async throws {
        print("fleet drawn with seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let fixture = try await Self.drifting(&generator, nights: 28)
        let before = try Self.told(fixture)
        let runs = try fixture.store.runs()
        let cutoff = runs[Int.random(in: 14..<runs.count, using: &generator)].startedAt
        let tally = try fixture.store.pruneUnchangedNights(
            in: PipelineFixture.environment, startedBefore: cutoff, rowsAtOnce: 7)
        #expect(tally.rows > 5, "seed \(seed)")
        #expect(try Self.told(fixture).differences(from: before) == [], "seed \(seed)")
        let outcome = try EvidenceCheck(fixture.store, keys: [], held: [], sample: 1000).outcome()
        #expect(outcome.verification.findings == [], "seed \(seed)")
        #expect(outcome.verification.prunedCaptures == tally.rows * 5)
        #expect(outcome.notChecked.contains { $0.contains("pruned capture") })
        // Every night is judged again by its mark, too.
        let judged = runs.filter { $0.kind == .full }.reduce(0) { $0 + $1.clientCount }
        #expect(outcome.judgedAgain == judged)
    }

    @Test func `a pruned night cannot be proven, and the nearest that can are named`() async throws {
        var fixture = try PipelineFixture(clients: [1, 2, 3])
        for day in 1...6 {
            fixture.source.bodies[2] = PipelineFixture.answers(code: "C2", lockout: day)
            _ = try await fixture.night(day)
        }
        let runs = try fixture.store.runs()
        _ = try LogKeeper(fixture.store).checkpoint()
        _ = try fixture.store.pruneUnchangedNights(
            in: PipelineFixture.environment, startedBefore: runs[4].startedAt)
        let chronicle = Chronicle(store: fixture.store, zone: .utc)
        let path = try SettingPath(dotted: "internal.encryptCcsPassword")
        let client = fixture.clients[0].id
        let expected = PipelineError.hashOnly(client, runs[2], before: runs[0], after: runs[4])
        #expect(throws: expected) { try chronicle.proof(of: path, client: client, in: runs[2]) }
        #expect(expected.status == .usage)
        #expect(
            expected.description.hasSuffix(
                "can be proven: runs \(runs[0].id.short) of 2025-11-02T00:00:00Z and \(runs[4].id.short) of "
                    + "2025-11-06T00:00:00Z (--at \(runs[0].id.short) or --at \(runs[4].id.short))."),
            "\(expected)")
        let checkpoint = try #require(try fixture.store.checkpoints().last).checkpoint()
        // The second client changes every night, so it is kept among pruned ones.
        let kept = [(0, client), (4, client), (5, client)] + (0...5).map { ($0, fixture.clients[1].id) }
        for (place, client) in kept {
            let proof = try chronicle.proof(of: path, client: client, in: runs[place])
            let proven = try proof.verify(trusting: .heldCheckpoint(checkpoint))
            #expect(proven.value == true && proven.capture.client == client)
        }
    }

    @Test func `a review of pruned nights says what it cannot prove`() async throws {
        var fixture = try PipelineFixture(clients: [1, 2])
        fixture.source.bodies[1] = PipelineFixture.answers(code: "C1", encrypted: false)
        for day in 1...8 { _ = try await fixture.night(day) }
        _ = try LogKeeper(fixture.store).checkpoint()
        let runs = try fixture.store.runs()
        let nights = try StoredNights(among: runs, zone: .utc)
        let sides = [1, 5].map { RunSelection(asked: "x", run: runs[$0], day: nights.days[$0]) }
        let chronicle = Chronicle(store: fixture.store, zone: .utc)
        let before = try chronicle.review(from: sides[0], to: sides[1], toolVersion: "1.0.0")
        _ = try fixture.store.pruneUnchangedNights(in: PipelineFixture.environment, startedBefore: runs[7].startedAt)
        let after = try chronicle.review(from: sides[0], to: sides[1], toolVersion: "1.0.0")
        #expect(after.record.sides == before.record.sides && after.record.difference == before.record.difference)
        #expect(!before.settingProofs.isEmpty && after.settingProofs.isEmpty)
        #expect(before.record.leftOut == [])
        #expect(after.record.leftOut.contains { $0.contains("pruned to their hashes") }, "\(after.record.leftOut)")
    }
}
