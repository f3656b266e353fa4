import AuditModel
import AuditPipeline
import AuditTestSupport
import Drift
import Policies
import SnapshotStore
import Testing

struct BacktestTests {
    private static func set(_ rules: String) throws -> PolicySet {
        let text = """
            policy: {id: candidate, title: Candidate, version: "1"}
            scopes: {production: {env: prod}}
            rules:
            \(rules)
            """
        let loaded = PolicyLoader.load([PolicyFile(name: "candidate.yaml", text: text)])
        return try #require(loaded.policySet, "\(loaded.diagnostics)")
    }

    private static func candidate() throws -> PolicySet {
        try set(
            """
              - {id: C-ENC, title: Encrypted, check: {internal.encryptCcsPassword: true}}
              - {id: C-LOCK, title: Lockout, scope: production, check: {internal.maxFailedCcsLoginAttempts: {atMost: 5, zero: violates}}}
              - {id: C-VOICE, title: Voices, when: {internal.encryptCcsPassword: true}, check: {"voicePool.voice[*].id": {contains: 5}}}

            """)
    }

    private func backtest(
        _ fixture: PipelineFixture, _ set: PolicySet, clients: [String] = [],
        details: BacktestReport.Details = .everyone
    ) throws -> BacktestReport {
        let nights = try StoredNights(among: fixture.store.runs(), zone: .utc)
        return try Chronicle(store: fixture.store, zone: .utc)
            .backtest(set, over: nights, clients: clients, details: details)
    }

    @Test func `the first night, its clients and what follows are what happened`() async throws {
        var fixture = try PipelineFixture()
        _ = try await fixture.night(1)
        fixture.source.bodies[2] = PipelineFixture.answers(code: "C2", encrypted: false)
        _ = try await fixture.night(2)
        fixture.source.bodies[2] = PipelineFixture.answers(code: "C2")
        fixture.source.bodies[3]?[.internal] = .failure(CaptureFailure(.timedOut))
        _ = try await fixture.night(3)
        fixture.source.bodies[2] = PipelineFixture.answers(code: "C2", encrypted: false)
        _ = try await fixture.night(4)
        let report = try backtest(fixture, try Self.candidate())
        #expect(report.nights.days.map(\.description) == ["2025-11-02", "2025-11-03", "2025-11-04", "2025-11-05"])
        #expect(report.clients.map(\.id.number) == [1, 2, 3])
        let enc = report.rules[0]
        #expect(enc.facts.id == "C-ENC")
        #expect(enc.result.firstFailure == 1)
        #expect(enc.result.firstClients.map(\.number) == [2])
        #expect(enc.result.failingNights == 2)
        #expect(enc.result.flaps == 1)
        #expect(enc.result.counts.unknown == 2, "a night that could not be read is not carried over")
        #expect(enc.result.unknownNights == 2)
        #expect(enc.result.lastNight.fail == 1)
        #expect(enc.result.lastNight.unknown == 1)
        #expect(enc.clients.map(\.client.id.number) == [1, 2, 3])
        #expect(enc.clients[2].history.lastVerdict == .unknown)
        #expect(report.judgedCount == 3, "equal evidence is judged once: as it was, unencrypted, and not read")
        #expect(report.hasFailures)
        #expect(report.hasUnknowns)
    }

    @Test func `labels and the roster count as they were in each night`() async throws {
        var fixture = try PipelineFixture()
        for number in 1...3 { fixture.source.bodies[number] = PipelineFixture.answers(code: "C\(number)", lockout: 9) }
        fixture.clients[0].labels = ["env": "uat"]
        _ = try await fixture.night(1)
        let gone = fixture.clients.removeLast()
        _ = try await fixture.night(2)
        fixture.clients[0].labels = ["env": "prod"]
        fixture.clients.append(gone)
        _ = try await fixture.night(3)
        let lock = try backtest(fixture, try Self.candidate()).rules[1]
        #expect(lock.result.counts.fail == 6, "2 and 3; then 2; then all three")
        #expect(lock.result.counts.notApplicable == 2, "client 1 while it was uat")
        #expect(lock.result.counts.total == 8, "client 3 was away for a night")
        #expect(lock.clients[0].history.firstFailure == 2)
    }

    @Test func `only the clients that are asked for are judged, and a stranger has its sentence`() async throws {
        let fixture = try PipelineFixture()
        _ = try await fixture.night(1)
        let report = try backtest(fixture, try Self.candidate(), clients: ["C2", "na3/3"])
        #expect(report.clients.map(\.id.number) == [2, 3])
        #expect(report.rules[0].result.counts.total == 2)
        let error = #expect(throws: PipelineError.self) {
            try backtest(fixture, try Self.candidate(), clients: ["C22"])
        }
        #expect(
            error?.description == "no client 'C22' is on the roster in these nights. Did you mean 'C2'?")
    }

    @Test func `a policy that judges nobody says so`() async throws {
        let fixture = try PipelineFixture()
        _ = try await fixture.night(1)
        let set = try Self.set(
            "  - {id: X, title: X, when: {internal.encryptCcsPassword: false}, check: {internal.callRecordingDays: 1}}\n"
        )
        let report = try backtest(fixture, set)
        #expect(!report.judgesAnyone)
        #expect(report.rules[0].result.counts.notApplicable == 3)
        #expect(!report.hasFailures)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `any history comes to what judging every run afresh gives`(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        var fixture = try PipelineFixture(clients: Array(1...12))
        for day in 1...10 {
            for index in fixture.clients.indices where Int.random(in: 0..<4, using: &generator) == 0 {
                let number = fixture.clients[index].id.number
                fixture.source.bodies[number] = PipelineFixture.answers(
                    code: "C\(number)", encrypted: Bool.random(using: &generator),
                    lockout: Int.random(in: 0...9, using: &generator))
                if Int.random(in: 0..<3, using: &generator) == 0 {
                    fixture.source.bodies[number]?[.internal] = .failure(CaptureFailure(.timedOut))
                }
                if Int.random(in: 0..<3, using: &generator) == 0 {
                    fixture.clients[index].labels["env"] = Bool.random(using: &generator) ? "prod" : "uat"
                }
            }
            if day == 4 { fixture.clients.remove(at: Int.random(in: 0..<12, using: &generator)) }
            _ = try await fixture.night(day)
        }
        let set = try Self.candidate()
        let report = try backtest(fixture, set)
        let chronicle = Chronicle(store: fixture.store, zone: .utc)
        var expected = Array(repeating: VerdictCounts(), count: set.facts.count)
        var last: [VerdictCounts] = []
        for run in report.nights.runs {
            last = try chronicle.report(of: run, judgedBy: .policies(set)).rules.map(\.counts)
            for (index, counts) in last.enumerated() {
                expected[index].add(.pass, times: counts.pass)
                expected[index].add(.fail, times: counts.fail)
                expected[index].add(.unknown, times: counts.unknown)
                expected[index].add(.notApplicable, times: counts.notApplicable)
            }
        }
        #expect(report.rules.map(\.result.counts) == expected, "seed \(seed)")
        #expect(report.rules.map(\.result.lastNight) == last, "seed \(seed)")
        #expect(expected.contains { $0.fail > 0 } && expected.contains { $0.unknown > 0 }, "seed \(seed)")
    }

    @Test func `two sets are compared by verdicts, in the last night and over all`() async throws {
        var fixture = try PipelineFixture()
        _ = try await fixture.night(1)
        fixture.source.bodies[1] = PipelineFixture.answers(code: "C1", lockout: 3)
        _ = try await fixture.night(2)
        let old = try PipelineFixture.policySet(limit: 5)
        let new = try PipelineFixture.policySet(limit: 4)
        let nights = try StoredNights(among: fixture.store.runs(), zone: .utc)
        let chronicle = Chronicle(store: fixture.store, zone: .utc)
        let report = try chronicle.policyDifference(from: old, to: new, over: nights)
        #expect(report.redefinedRules == ["R-LOCK"])
        #expect(report.differences.map(\.client.id.number) == [2, 3])
        #expect(report.differences.allSatisfy { $0.before.verdict == .pass && $0.after.verdict == .fail })
        #expect(report.differences.first?.after.comparisons.first?.actual == 5)
        #expect(report.shifts.map(\.clientNights) == [5])
        #expect(!report.isEmpty)
        let today = try chronicle.policyDifference(from: old, to: new, over: nights.last, clients: ["1"])
        #expect(today.differences.isEmpty)
        #expect(today.isEmpty)
        #expect(today.clientCount == 1)
    }

    @Test func `a rule that an override changes for one client alone is defined differently`() async throws {
        let fixture = try PipelineFixture()
        _ = try await fixture.night(1)
        let base = """
            policy: {id: p, title: P, version: "1"}
            params: {limit: 5}
            rules:
              - {id: R-ENC, title: Encrypted, check: {internal.encryptCcsPassword: true}}
              - {id: R-LOCK, title: Locked, check: {internal.maxFailedCcsLoginAttempts: {between: [1, $limit]}}}

            """
        let overlay = """
            policy: {id: o, title: O, version: "1"}
            override:
              - {rule: R-LOCK, clients: [2], params: {limit: 6}}

            """
        let files = [PolicyFile(name: "p.yaml", text: base), PolicyFile(name: "o.yaml", text: overlay, layer: 1)]
        let old = try #require(PolicyLoader.load([files[0]]).policySet)
        let new = try #require(PolicyLoader.load(files).policySet)
        let report = try Chronicle(store: fixture.store, zone: .utc).policyDifference(
            from: old, to: new, over: StoredNights(among: fixture.store.runs(), zone: .utc))
        #expect(report.redefinedRules == ["R-LOCK"])
        #expect(report.isEmpty)
    }

    @Test func `undocumented settings are told from the night on in which they came`() async throws {
        var fixture = try PipelineFixture()
        _ = try await fixture.night(1)
        fixture.source.bodies[2]?[.internal] = .success(#"{"encryptCcsPassword":true,"newKey":1}"#)
        _ = try await fixture.night(2)
        fixture.source.bodies[3]?[.internal] = .success(#"{"encryptCcsPassword":true,"newKey":2}"#)
        fixture.source.bodies[2] = PipelineFixture.answers(code: "C2")
        _ = try await fixture.night(3)
        let nights = try StoredNights(among: fixture.store.runs(), zone: .utc)
        let report = try Chronicle(store: fixture.store, zone: .utc)
            .coverage(of: try PipelineFixture.policySet(), over: nights)
        #expect(
            report.undocumented.map {
                "\($0.path) \($0.firstNight) \($0.firstClients.map(\.number)) \($0.clientCount) \($0.clientsInLastNight)"
            } == ["internal.newKey 1 [2] 2 1"])
        #expect(report.clientCount == 3)
        #expect(
            report.paths.map { "\($0.ruleID) \($0.clientsMatched)/\($0.clientsCaptured)" } == [
                "R-ENC 3/3", "R-LOCK 2/3",
            ])
    }
}
