import AuditModel
import AuditTestSupport
import Drift
import Policies
import SnapshotStore
import Testing

@testable import AuditPipeline

struct VerdictWalkTests {
    private struct Told: Equatable {
        var client: Client.ID
        var stretches: [VerdictStretch]
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `how many clients are walked at once changes nothing`(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        var fixture = try PipelineFixture(clients: Array(1...7))
        for night in 1...6 {
            for number in 1...7 where Bool.random(using: &generator) {
                fixture.source.bodies[number] = PipelineFixture.answers(
                    code: "C\(number)", encrypted: Bool.random(using: &generator))
            }
            if night == 3 { fixture.clients.remove(at: 4) }
            _ = try await fixture.night(night)
        }
        let runs = try fixture.store.runs()
        let sets = [try PipelineFixture.policySet(), try PipelineFixture.policySet(limit: 3)]
        func told(_ clientsAtOnce: Int, among numbers: Set<Int>? = nil) throws -> [Told] {
            var walk = try VerdictWalk(runs, in: fixture.store, judgedBy: sets, clientsAtOnce: clientsAtOnce)
            var told: [Told] = []
            try walk.forEachClient(among: numbers) { told.append(Told(client: $0.id, stretches: $1)) }
            return told
        }
        let whole = try told(1024)
        #expect(whole.map(\.client.number) == Array(1...7), "seed \(seed)")
        #expect(whole[4].stretches.last?.nights.upperBound == 2, "client 5 has left")
        #expect(whole.allSatisfy { $0.stretches.allSatisfy { $0.verdicts.count == 4 } })
        for clientsAtOnce in [1, 2, 3, 7] { #expect(try told(clientsAtOnce) == whole, "seed \(seed)") }
        #expect(try told(2, among: [3, 6]) == [whole[2], whole[5]], "seed \(seed)")
    }
}
