import AuditModel
import AuditPipeline
import AuditTestSupport
import Drift
import SnapshotStore
import Testing

/// What patches between two stored runs promise, held by random nights; a failure prints the seed it came from.
struct PatchTests {
    static let seeds: [UInt64] = (0..<40).map { 0x9A7C_4000 + $0 }

    private static func selection(_ run: AuditRun) -> RunSelection {
        RunSelection(asked: run.id.short, run: run, day: DayZone.utc.day(of: run.startedAt), note: nil)
    }

    private static func patches(
        _ fixture: PipelineFixture, filter: DiffFilter = DiffFilter()
    ) throws -> (report: PatchReport, diff: DiffReport) {
        let runs = try fixture.store.runs().sorted { $0.startedAt < $1.startedAt }
        let chronicle = Chronicle(store: fixture.store, zone: .utc)
        let diff = try chronicle.difference(
            from: selection(try #require(runs.first)), to: selection(try #require(runs.last)), filter: filter)
        return (try chronicle.patches(of: diff, filter: filter), diff)
    }

    /// The canonical bytes of a client's group in a run.
    private static func stored(
        _ group: SettingsGroup, of client: Client.ID, in run: AuditRun, _ store: SnapshotStore
    ) throws -> [UInt8] {
        let content = try #require(try store.snapshot(of: client, in: run.id)).groups[group]
        return CanonicalJSON.bytes(of: try #require(content.value))
    }

    private static func body(using generator: inout SeededGenerator) -> String {
        var object = SettingObject()
        object["property"] = .array(
            (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                [
                    "key": .integer(Int64.random(in: 0...3, using: &generator)),
                    "value": .random(depth: 2, using: &generator),
                ]
            })
        object["defaultInputFilterId"] = .random(depth: 2, using: &generator)
        return CanonicalJSON.text(of: .object(object))
    }

    @Test(arguments: seeds)
    func `each patch takes the earlier stored document to the later one, byte for byte`(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        var fixture = try PipelineFixture()
        for night in 1...2 {
            for client in fixture.clients.map(\.id.number) where Bool.random(using: &generator) || night == 1 {
                fixture.source.bodies[client]?[.messaging] = .success(Self.body(using: &generator))
            }
            _ = try await fixture.night(night)
        }
        let (report, _) = try Self.patches(fixture)
        for entry in report.entries {
            #expect(entry.kind == .changed, "seed \(seed)")
            let before = try Self.stored(entry.group, of: entry.client.id, in: report.from.run, fixture.store)
            let after = try Self.stored(entry.group, of: entry.client.id, in: report.to.run, fixture.store)
            #expect(entry.before == .document(Digest(of: before)) && entry.after == .document(Digest(of: after)))
            // Through the patch's own text, as another program gets it.
            let patch = try JSONPatch(bytes: CanonicalJSON.bytes(of: try #require(entry.patch)))
            let patched = try patch.applied(to: try JSONReader.value(of: before))
            #expect(CanonicalJSON.bytes(of: patched) == after, "seed \(seed)")
        }
        // And what has no entry is the same.
        for client in fixture.clients {
            for group in SettingsGroup.allCases
            where !report.entries.contains(where: { $0.client == client && $0.group == group }) {
                #expect(
                    try Self.stored(group, of: client.id, in: report.from.run, fixture.store)
                        == Self.stored(group, of: client.id, in: report.to.run, fixture.store), "seed \(seed)")
            }
        }
    }

    @Test(arguments: seeds)
    func `keyed lists in another order are no difference, and the patch still leads to the later order`(
        seed: UInt64
    ) async throws {
        var generator = SeededGenerator(seed: seed)
        var fixture = try PipelineFixture(clients: [1])
        let voices: [SettingValue] = (0..<6).map { ["id": .integer(Int64($0)), "name": .string("v\($0)")] }
        func body(_ voices: [SettingValue]) -> String { CanonicalJSON.text(of: ["voice": .array(voices)]) }
        fixture.source.bodies[1]?[.voicePool] = .success(body(voices))
        _ = try await fixture.night(1)
        let shuffled = voices.shuffled(using: &generator)
        fixture.source.bodies[1]?[.voicePool] = .success(body(shuffled))
        _ = try await fixture.night(2)
        let (report, diff) = try Self.patches(fixture)
        #expect(diff.isEmpty, "seed \(seed)")
        #expect(report.entries.isEmpty == (voices == shuffled), "seed \(seed)")
        // A value that is another is a difference, whatever the order.
        var altered = shuffled
        altered[Int.random(in: 0..<6, using: &generator)] = ["id": 77, "name": "other"]
        fixture.source.bodies[1]?[.voicePool] = .success(body(altered))
        _ = try await fixture.night(3)
        #expect(try !Self.patches(fixture).diff.isEmpty, "seed \(seed)")
    }

    @Test func `a document that came, went or was not read is said, and has no patch`() async throws {
        var fixture = try PipelineFixture(clients: [1, 2])
        fixture.source.bodies[1]?[.internal] = .failure(CaptureFailure(.timedOut))
        fixture.source.bodies[1]?[.settings] = .failure(CaptureFailure(.timedOut))
        _ = try await fixture.night(1)
        let gone = fixture.clients.removeLast()
        fixture.clients += try PipelineFixture(clients: [3]).clients
        fixture.source.bodies[3] = PipelineFixture.answers(code: "C3")
        fixture.source.bodies[1]?[.internal] = PipelineFixture.answers(code: "C1")[.internal]
        fixture.source.bodies[1]?[.voicePool] = .failure(CaptureFailure(.forbidden, status: 403))
        _ = try await fixture.night(2)
        let entries = try Self.patches(fixture).report.entries
        #expect(entries.allSatisfy { $0.patch == nil })
        let told = entries.map { "\($0.client.id.number) \($0.group.rawValue) \($0.kind.rawValue)" }
        #expect(
            told == ["1 internal appeared", "1 settings notRead", "1 voicePool vanished"]
                + SettingsGroup.allCases.map { "2 \($0.rawValue) vanished" }
                + SettingsGroup.allCases.map { "3 \($0.rawValue) appeared" })
        #expect(entries.filter { $0.client.id == gone.id }.allSatisfy { $0.after == nil })
        #expect(entries[1].before == .failure(CaptureFailure(.timedOut)))
        let chosen = DiffFilter(clients: ["C3"], groups: [.countries])
        #expect(try Self.patches(fixture, filter: chosen).report.entries.map(\.client.id.number) == [3])
    }

    @Test func `a patch of a part is refused in words`() async throws {
        let fixture = try PipelineFixture(clients: [1])
        _ = try await fixture.night(1)
        let filter = DiffFilter(paths: [try SettingPath(dotted: "internal.encryptCcsPassword")])
        #expect(throws: PipelineError.patchOfAPart) { try Self.patches(fixture, filter: filter) }
        #expect("\(PipelineError.patchOfAPart)".contains("leave --path away"))
        #expect(PipelineError.patchOfAPart.status == .usage)
    }
}
