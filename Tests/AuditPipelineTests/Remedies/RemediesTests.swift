import AuditModel
import AuditPipeline
import Policies
import SnapshotStore
import Testing

/// What a stored run's failures come to: writes to voice pools, and steps for people.
struct RemediesTests {
    private static func fixture(settings: Result<String, CaptureFailure>? = nil) throws -> PipelineFixture {
        var fixture = try PipelineFixture(clients: [1, 2])
        let text = """
            policy: {id: p, title: Remedies, version: "1"}
            rules:
              - {id: V-MUST, title: Must, severity: low, check: {"voicePool.voice[*].id": {contains: 7}}}
              - {id: V-NOT, title: Not, severity: high, check: {"voicePool.voice[*].id": {containsNone: [5]}}}
              - {id: LOCK, title: Lock, severity: medium, check: {internal.maxFailedCcsLoginAttempts: {atMost: 4}}}
              - {id: MSG, title: Messaging, severity: info, check: {messaging.defaultInputFilterId: 1}}

            """
        fixture.policies = PolicyLoader.load([PolicyFile(name: "p.yaml", text: text)]).policySet
        if let settings { fixture.source.bodies[1]?[.settings] = settings }
        return fixture
    }

    private func remedies(
        _ fixture: PipelineFixture, clients: [String] = [], rules: [String] = [], waivers: WaiversOnDay? = nil
    ) async throws -> RemedyReport {
        let run = try await fixture.night(0).report.run
        return try Chronicle(store: fixture.store, zone: .utc).remedies(
            of: run, clients: clients, rules: rules, waivers: waivers)
    }

    @Test func `failures come with their remedies, the most severe first, and the pool that was captured`() async throws
    {
        let report = try await remedies(try Self.fixture())
        #expect(report.clients.map(\.client.code) == ["C1", "C2"])
        let first = report.clients[0]
        #expect(first.failures.map(\.rule.id) == ["V-NOT", "LOCK", "V-MUST"])
        #expect(
            first.failures.map(\.remedy) == [
                .writes(additions: [], removals: [5]), .byHand(.otherSetting), .writes(additions: [7], removals: []),
            ])
        #expect(first.additions == [7] && first.removals == [5])
        #expect(first.failures[0].finding.id == Finding.id(client: first.client.id, ruleID: "V-NOT"))
        let pool = try #require(first.pool)
        #expect(pool.voices == [1, 5] && pool.answeredAt == Timestamp(milliseconds: 1_000))
        #expect(pool.document == Digest(of: try JSONReader.value(of: #"{"voice":[{"id":1},{"id":5}]}"#)))
        #expect(report.waived == 0 && report.unknown == 0)
    }

    @Test func `clients and rules can be chosen, and unknown ones are told`() async throws {
        let fixture = try Self.fixture()
        let report = try await remedies(fixture, clients: ["C2"], rules: ["V-MUST", "LOCK"])
        #expect(report.clients.map(\.client.code) == ["C2"])
        #expect(report.clients[0].failures.map(\.rule.id) == ["LOCK", "V-MUST"])
        #expect(report.clients[0].additions == [7] && report.clients[0].removals.isEmpty)
        let run = try #require(try fixture.store.runs().last)
        let chronicle = Chronicle(store: fixture.store, zone: .utc)
        #expect(throws: PipelineError.unknownRule("V-MSUT", suggestion: "V-MUST")) {
            try chronicle.remedies(of: run, rules: ["V-MSUT"])
        }
        #expect(throws: PipelineError.clientOfNoNight("C9", suggestion: "C1")) {
            try chronicle.remedies(of: run, clients: ["C9"])
        }
    }

    @Test(
        arguments: [
            (#"{"clientCode":"C1","defaultVoiceId":5}"#, .voice(5)),
            (#"{"clientCode":"C1","defaultVoiceId":0}"#, .none),
            (#"{"clientCode":"C1","defaultVoiceId":null}"#, .none), (#"{"clientCode":"C1"}"#, .none),
            (#"{"clientCode":"C1","defaultVoiceId":"5"}"#, .notKnown), (nil, .notKnown),
        ] as [(String?, CapturedPool.DefaultVoice)])
    func `the default voice is known, none, or not known`(
        settings: String?, expected: CapturedPool.DefaultVoice
    ) async throws {
        let report = try await remedies(
            try Self.fixture(settings: settings.map { .success($0) } ?? .failure(CaptureFailure(.timedOut))))
        #expect(report.clients[0].pool?.defaultVoice == expected)
    }

    @Test func `what is waived is let be and counted; what cannot be told is counted`() async throws {
        var fixture = try Self.fixture()
        fixture.source.bodies[2]?[.voicePool] = .failure(CaptureFailure(.timedOut))
        let text = """
            waivers:
              - {id: W, rules: [V-NOT, LOCK], clients: [na3/1], reason: r, owner: o, approver: a, from: 2025-01-01, expires: 2025-12-31}

            """
        let waivers = try #require(WaiverLoader.load([PolicyFile(name: "w.yaml", text: text)]).waiverSet)
        let inForce = WaiversOnDay(waivers, on: try #require(CalendarDay("2025-06-01")))
        let report = try await remedies(fixture, waivers: inForce)
        #expect(report.waived == 2 && report.unknown == 2)
        #expect(report.clients[0].failures.map(\.rule.id) == ["V-MUST"] && report.clients[0].removals.isEmpty)
        #expect(report.clients[1].failures.map(\.rule.id) == ["LOCK"] && report.clients[1].pool == nil)
        let run = try #require(try fixture.store.runs().last)
        let ended = WaiversOnDay(waivers, on: try #require(CalendarDay("2026-01-01")))
        let after = try Chronicle(store: fixture.store, zone: .utc).remedies(of: run, waivers: ended)
        #expect(after.waived == 0)
    }

    @Test func `a fetch without policies has no failures to mend`() async throws {
        var fixture = try Self.fixture()
        fixture.policies = nil
        let run = try await fixture.night(0).report.run
        #expect(throws: PipelineError.notJudged(run.id)) {
            try Chronicle(store: fixture.store, zone: .utc).remedies(of: run)
        }
    }
}
