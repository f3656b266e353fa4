import AuditModel
import AuditPipeline
import AuditTestSupport
import Policies
import SnapshotStore
import Testing

/// What moved the verdicts of many clients at once is what the story of each alone tells.
struct MovesTests {
    private static func question(_ client: Client, _ runs: [AuditRun]) -> VerdictMoveQuestion {
        VerdictMoveQuestion(client: client.id, before: runs[0], after: runs[1])
    }

    @Test func `each client's move is that of its own story`() async throws {
        var fixture = try PipelineFixture(clients: [1, 2, 3, 4])
        // Client 3 fails from the start, by its setting; the stricter rule moves 1; its setting 2; client 4 cannot be read.
        fixture.source.bodies[3] = PipelineFixture.answers(code: "C3", lockout: 12)
        _ = try await fixture.night(1)
        fixture.policies = try PipelineFixture.policySet(limit: 4)
        fixture.source.bodies[2] = PipelineFixture.answers(code: "C2", lockout: 9)
        fixture.source.bodies[4]?[.internal] = .failure(CaptureFailure(.timedOut))
        _ = try await fixture.night(2)
        let runs = try fixture.store.runs()
        let chronicle = Chronicle(store: fixture.store, zone: .utc)
        let moves = try chronicle.moves(of: "R-LOCK", fixture.clients.map { Self.question($0, runs) }.reversed())
        #expect(moves.count == 4)
        let nights = try StoredNights(among: runs, zone: .utc)
        for client in fixture.clients where client.id.number != 3 {
            let story = try chronicle.verdictStory(of: "R-LOCK", for: client.code, over: nights)
            let own = try #require(story.lastMove, "\(client.code)")
            let move = try #require(moves[client.id])
            #expect(move.causes == own.causes && move.changes == own.changes, "\(client.code)")
            #expect(move.before.standing == own.before.standing && move.after.standing == own.after.standing)
        }
        #expect(moves[fixture.clients[0].id]?.causes == [.rule])
        #expect(moves[fixture.clients[3].id]?.causes.contains(.evidence) == true)
        // A question about what did not move is answered all the same, and by none of the inputs.
        #expect(moves[fixture.clients[2].id]?.changes.isEmpty == true)
        #expect(moves[fixture.clients[2].id]?.sufficient == [])
    }

    @Test func `a client that one of the runs did not judge is left out`() async throws {
        var fixture = try PipelineFixture(clients: [1, 2])
        _ = try await fixture.night(1)
        let second = fixture.clients.removeLast()
        fixture.source.bodies[1] = PipelineFixture.answers(code: "C1", lockout: 9)
        _ = try await fixture.night(2)
        let runs = try fixture.store.runs()
        let chronicle = Chronicle(store: fixture.store, zone: .utc)
        let moves = try chronicle.moves(
            of: "R-LOCK", [Self.question(second, runs), Self.question(fixture.clients[0], runs)])
        #expect(Array(moves.keys) == [fixture.clients[0].id])
        #expect(try chronicle.moves(of: "R-LOCK", []).isEmpty)
    }

    @Test func `of a rule that neither run has, nothing moved`() async throws {
        var fixture = try PipelineFixture(clients: [1])
        _ = try await fixture.night(1)
        fixture.source.bodies[1] = PipelineFixture.answers(code: "C1", lockout: 9)
        _ = try await fixture.night(2)
        let runs = try fixture.store.runs()
        let moves = try Chronicle(store: fixture.store, zone: .utc).moves(
            of: "R-NONE", [Self.question(fixture.clients[0], runs)])
        #expect(moves[fixture.clients[0].id]?.changes.isEmpty ?? true)
    }
}
