import AuditModel
import AuditTestSupport
import Foundation
import SnapshotStore
import Testing

/// Random nights, kept in dictionaries beside the store: both must tell the same.
struct ModelPropertyTests {
    struct Model {
        var runs: [AuditRun] = []
        var rosters: [AuditRun.ID: [Client]] = [:]
        var nights: [AuditRun.ID: [Int: ClientNight]] = [:]
        var contents: [DocumentID: SettingValue] = [:]
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `a random sequence of nights reads back as it was written`(seed: UInt64) throws {
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        try withTemporaryFolder { folder in
            let path = folder.appending(path: "a.sqlite").path
            var store = try SnapshotStore.withEnvironment(at: path)
            var model = Model()
            for night in 0..<12 {
                let roster = (1...12).filter { _ in Int.random(in: 0..<5, using: &generator) > 0 }.map { number in
                    client(number, name: Bool.random(using: &generator) ? "" : "n\(night / 4)")
                }
                let run = newRun(night: night, clients: roster.count)
                try store.beginRun(run, roster: roster)
                model.rosters[run.id] = roster
                model.nights[run.id] = [:]
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    // A process that is killed and another one that goes on.
                    if Int.random(in: 0..<4, using: &generator) == 0 {
                        store = try SnapshotStore.open(at: path, access: .readWrite)
                    }
                    var batch: [ClientNight] = []
                    for client in roster where Bool.random(using: &generator) {
                        let earlier = model.nights[run.id]?[client.id.number]
                        batch.append(
                            try randomNight(
                                of: client.id.number, night: night, earlier: earlier, in: store, &model, &generator))
                    }
                    try store.append(batch, to: run.id)
                    for night in batch { model.nights[run.id]?[night.number] = night }
                }
                try store.seal(run.id, at: Timestamp(milliseconds: run.startedAt.milliseconds + 1), state: .partial)
                for client in roster where model.nights[run.id]?[client.id.number] == nil {
                    model.nights[run.id]?[client.id.number] = ClientNight(
                        number: client.id.number,
                        captures: PerGroup(repeating: .failure(CaptureFailure(.notAttempted))),
                        times: PerGroup(repeating: nil), results: nil)
                }
                model.runs.append(try store.run(run.id))
            }
            try compare(try SnapshotStore.open(at: path, access: .readOnly), with: model)
        }
    }

    private func randomNight(
        of number: Int, night: Int, earlier: ClientNight?, in store: SnapshotStore, _ model: inout Model,
        _ generator: inout SeededGenerator
    ) throws -> ClientNight {
        var result =
            earlier
            ?? ClientNight(
                number: number, captures: PerGroup(repeating: .failure(CaptureFailure(.notAttempted))),
                times: PerGroup(repeating: nil), results: nil)
        for group in SettingsGroup.allCases {
            if case .failure? = earlier?.captures[group] {} else if earlier != nil { continue }
            switch Int.random(in: 0..<8, using: &generator) {
            case 0...4:
                let value: SettingValue = [
                    "v": .integer(Int64.random(in: 0..<3, using: &generator)),
                    "n": Bool.random(using: &generator) ? nil : "é\u{0}",
                ]
                let id = try store.intern(value, of: group)
                #expect(model.contents[id] == nil || model.contents[id] == value)
                model.contents[id] = value
                result.captures[group] = .document(id)
            case 5:
                result.captures[group] = .failure(
                    CaptureFailure(
                        CaptureFailure.Reason.allCases.randomElement(using: &generator) ?? .timedOut,
                        status: Bool.random(using: &generator) ? 500 : nil, detail: "d\(generator.next() % 3)"))
            case 6 where group == .countries: result.captures[group] = .notCollected(.countriesOfAnotherClient)
            default: continue
            }
            result.times[group] = times(
                night: night, after: Int64.random(in: -10...9_999_999, using: &generator),
                taking: Int64.random(in: -1...30_000, using: &generator))
        }
        return result
    }

    private func compare(_ store: SnapshotStore, with model: Model) throws {
        try store.verifyIntegrity()
        #expect(try store.runs(in: na3) == model.runs)
        #expect(try store.documents(model.contents.keys).mapValues(\.value) == model.contents)
        for run in model.runs {
            #expect(try store.roster(of: run.id) == model.rosters[run.id])
            let nights = try store.nights(of: run.id)
            #expect(nights == (model.nights[run.id] ?? [:]).values.sorted { $0.number < $1.number })
        }
        let last = try #require(model.runs.last)
        for number in 1...12 {
            let history = model.runs.reversed().compactMap { model.nights[$0.id]?[number] }
            var seen: [ClientNight] = []
            try store.forEachNight(of: client(number).id) { _, night in
                seen.append(night)
                return true
            }
            #expect(seen == history)
            for group in SettingsGroup.allCases {
                let expected = model.runs.dropLast().reversed().lazy
                    .compactMap { model.nights[$0.id]?[number]?.captures[group].documentID }.first
                #expect(try store.lastKnown(group, of: client(number).id, before: last)?.document == expected)
            }
        }
    }
}
