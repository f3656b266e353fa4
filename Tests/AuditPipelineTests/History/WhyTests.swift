import AuditModel
import AuditPipeline
import AuditTestSupport
import Policies
import SnapshotStore
import Testing

/// What one night is made of, as far as the verdict of R-LOCK follows from it.
private struct Ingredients {
    var lockout = 5
    var limit = 5
    var waiver: (from: String, expires: String)?
    var isReadable = true
    /// From when R-LOCK, which then reads the time, fails whatever the settings are; it has another form without one.
    var deadline: String?
    var name = "x"

    var waivers: WaiverSet {
        get throws {
            guard let waiver else { return .none }
            let text = """
                waivers:
                  - {id: W-1, rule: R-LOCK, clients: [1], reason: r, owner: o, approver: a, from: \(waiver.from), expires: \(waiver.expires)}

                """
            return try #require(WaiverLoader.load([PolicyFile(name: "w.yaml", text: text)]).waiverSet)
        }
    }
}

struct WhyTests {
    /// The date of a night.
    private static func day(_ day: Int) -> String {
        CalendarDay(daysSince1970: 20_393 + day).description
    }

    /// Runs the night of a day of November 2025 (day 1 is the second).
    private func night(_ day: Int, _ ingredients: Ingredients, in fixture: inout PipelineFixture) async throws {
        fixture.source.bodies[1] = PipelineFixture.answers(code: "C1", lockout: ingredients.lockout)
        fixture.source.bodies[1]?[.settings] = .success(#"{"clientCode":"C1","displayName":"\#(ingredients.name)"}"#)
        if !ingredients.isReadable { fixture.source.bodies[1]?[.internal] = .failure(CaptureFailure(.timedOut)) }
        let now = Timestamp(milliseconds: 1_761_955_200_000 + Int64(day) * 86_400_000)
        _ = try await NightlyAudit(
            store: fixture.store, environment: PipelineFixture.environment,
            address: EnvironmentAddress(baseURL: "https://api.example.com", isSynthetic: false),
            roster: fixture.clients,
            policies: try PipelineFixture.policySet(limit: ingredients.limit, deadline: ingredients.deadline),
            waivers: try ingredients.waivers, toolVersion: "test"
        ).run(from: fixture.source, clock: { now })
    }

    /// Stores a night like the latest one whose recorded verdict of R-LOCK is another: an older version's.
    private func nightOfAnOlderVersion(_ day: Int, saying verdict: Verdict, in fixture: PipelineFixture) throws {
        let model = try #require(try fixture.store.runs().last)
        var run = model
        run.startedAt = Timestamp(milliseconds: 1_761_955_200_000 + Int64(day) * 86_400_000)
        run.id = AuditRun.ID(environment: run.environment, startedAt: run.startedAt)
        run.state = .open
        run.sealedAt = nil
        run.toolVersion = "older"
        try fixture.store.beginRun(run, roster: fixture.clients)
        let nights = try fixture.store.nights(of: model.id).map { night -> ClientNight in
            var copy = night
            var results = try fixture.store.results(#require(night.results))
            for index in results.indices where results[index].ruleID == "R-LOCK" {
                results[index] = RuleResult(ruleID: "R-LOCK", verdict: verdict)
            }
            let key = Digest(of: "older \(night.number) \(day)")
            copy.results = try fixture.store.store([(key: key, results: results)]).first
            return copy
        }
        try fixture.store.append(nights, to: run.id)
        try fixture.store.seal(run.id, at: run.startedAt, state: .complete)
    }

    private func story(_ fixture: PipelineFixture, rule: String = "R-LOCK") throws -> VerdictStory {
        let nights = try StoredNights(among: fixture.store.runs(), zone: .utc)
        return try Chronicle(store: fixture.store, zone: .utc).verdictStory(of: rule, for: "1", over: nights)
    }

    @Test func `of one input changed at random, that one is named`() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        print("seed \(seed)")
        let causes: [VerdictStory.Cause] = [
            .setting, .rule, .waiver, .waiverExpired, .waiverBegan, .evidence, .time, .tool,
        ]
        for round in 0..<60 {
            // Each comes up, in an order that chance sets.
            let cause = round < causes.count ? causes[round] : causes.randomElement(using: &random) ?? .setting
            let isTurned = Bool.random(using: &random)
            let second = Int.random(in: 3...9, using: &random)
            var fixture = try PipelineFixture(clients: [1, 2])
            var (one, other) = (Ingredients(), Ingredients())
            // What the rule does not read may be anything.
            other.name = Bool.random(using: &random) ? "x" : "y"
            // A rule that reads the time is moved by it only where a moment that counts lies between the nights.
            if Bool.random(using: &random) { one.deadline = "2026-06-01T00:00:00Z" }
            other.deadline = one.deadline
            switch cause {
            case .setting:
                one.limit = Int.random(in: 2...6, using: &random)
                (other.limit, other.lockout) = (one.limit, one.limit + Int.random(in: 1...9, using: &random))
                one.lockout = one.limit
            case .rule:
                one.lockout = Int.random(in: 3...9, using: &random)
                (other.lockout, one.limit, other.limit) = (one.lockout, one.lockout, one.lockout - 1)
            case .waiver:
                (one.lockout, other.lockout) = (9, 9)
                other.waiver = ("2025-11-01", "2026-01-31")
            case .waiverExpired:
                (one.lockout, other.lockout) = (9, 9)
                one.waiver = ("2025-11-01", "2025-11-0\(Int.random(in: 2...3, using: &random))")
                other.waiver = one.waiver
            case .evidence:
                one.lockout = Bool.random(using: &random) ? 5 : 9
                (other.lockout, other.isReadable) = (one.lockout, false)
            case .tool:
                (one.lockout, other.lockout) = isTurned ? (5, 5) : (9, 9)
            case .waiverBegan:
                (one.lockout, other.lockout) = (9, 9)
                one.waiver = (Self.day(Int.random(in: 2...second, using: &random)), "2026-01-31")
                other.waiver = one.waiver
            case .time:
                one.deadline = Self.day(Int.random(in: 2...second, using: &random)) + "T00:00:00Z"
                other.deadline = one.deadline
            case .client: break
            }
            if isTurned, [.setting, .rule, .waiver].contains(cause) { swap(&one, &other) }
            try await night(1, one, in: &fixture)
            if cause == .tool {
                try nightOfAnOlderVersion(2, saying: isTurned ? .fail : .pass, in: fixture)
            }
            try await night(second, other, in: &fixture)
            let move = try #require(try story(fixture).lastMove, "seed \(seed), round \(round), \(cause)")
            #expect(move.causes == [cause], "seed \(seed), round \(round), turned \(isTurned)")
            #expect(move.after.day.daysSince1970 - 20_393 == second, "seed \(seed), round \(round)")
            try names(cause, in: move, "seed \(seed), round \(round)")
        }
    }

    /// Whether a story names what changed, and nothing else.
    private func names(_ cause: VerdictStory.Cause, in move: VerdictStory.Move, _ place: String) throws {
        let paths = move.changes.map(\.path.dotted)
        #expect(paths == (cause == .setting ? ["internal.maxFailedCcsLoginAttempts"] : []), "\(place)")
        #expect(move.fields.isEmpty == (cause != .rule), "\(place)")
        #expect(move.evidence.map(\.group) == (cause == .evidence ? [.internal] : []), "\(place)")
        if cause == .rule {
            #expect(move.fields.contains { $0.before != $0.after && $0.before != nil && $0.after != nil }, "\(place)")
        }
        if cause == .waiverExpired { #expect(move.before.standing.waiver?.id == "W-1", "\(place)") }
    }

    @Test func `two inputs that each would have done it are both named, and so are two that it took`() async throws {
        for (one, other, count) in [
            (Ingredients(lockout: 5, limit: 5), Ingredients(lockout: 9, limit: 3), 2),
            (Ingredients(lockout: 5, limit: 8), Ingredients(lockout: 7, limit: 6), 1),
        ] {
            var fixture = try PipelineFixture(clients: [1])
            try await night(1, one, in: &fixture)
            try await night(2, other, in: &fixture)
            let move = try #require(try story(fixture).lastMove)
            #expect(move.causes == [.setting, .rule])
            #expect(move.sufficient.count == count)
            #expect(Set(move.sufficient.flatMap { $0 }) == [.group(.internal), .policies])
        }
    }

    @Test func `an input that changed and made no difference is not a cause`() async throws {
        var fixture = try PipelineFixture(clients: [1])
        try await night(1, Ingredients(lockout: 5, limit: 5), in: &fixture)
        try await night(2, Ingredients(lockout: 9, limit: 6), in: &fixture)
        let move = try #require(try story(fixture).lastMove)
        #expect(move.differing.contains(.policies))
        #expect(move.causes == [.setting])
        #expect(move.fields.isEmpty)
    }

    @Test func `nights that could not tell are passed over and listed`() async throws {
        var fixture = try PipelineFixture(clients: [1])
        try await night(1, Ingredients(), in: &fixture)
        try await night(2, Ingredients(isReadable: false), in: &fixture)
        try await night(3, Ingredients(lockout: 9), in: &fixture)
        try await night(4, Ingredients(isReadable: false), in: &fixture)
        try await night(5, Ingredients(lockout: 9), in: &fixture)
        let story = try story(fixture)
        let move = try #require(story.lastMove)
        #expect(story.since.day.description == "2025-11-04")
        #expect(move.before.day.description == "2025-11-02")
        #expect(move.missed.map(\.description) == ["2025-11-03"])
        #expect(move.causes == [.setting])
    }

    @Test func `a verdict that never moved says since when it is known`() async throws {
        var fixture = try PipelineFixture(clients: [1])
        for day in 1...3 { try await night(day, Ingredients(lockout: 9), in: &fixture) }
        let story = try story(fixture)
        #expect(story.lastMove == nil)
        #expect(story.since.day.description == "2025-11-02")
        #expect(story.nightCount == 3)
    }

    @Test func `a finding's id leads to its client and rule, and an unknown one is refused`() async throws {
        var fixture = try PipelineFixture()
        try await night(1, Ingredients(), in: &fixture)
        let nights = try StoredNights(among: fixture.store.runs(), zone: .utc)
        let chronicle = Chronicle(store: fixture.store, zone: .utc)
        let id = Finding.id(client: fixture.clients[1].id, ruleID: "R-ENC")
        let subject = try chronicle.subject(ofFinding: id.lowercased(), in: nights)
        #expect(subject.client.id == fixture.clients[1].id)
        #expect(subject.ruleID == "R-ENC")
        #expect(throws: PipelineError.unknownFinding("F-00000000")) {
            try chronicle.subject(ofFinding: "F-00000000", in: nights)
        }
        #expect(throws: PipelineError.ruleOfNoNight("R-ENK", suggestion: "R-ENC")) {
            try story(fixture, rule: "R-ENK")
        }
    }
}
