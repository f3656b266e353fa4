import AuditModel
import AuditTestSupport
import SnapshotStore
import Testing

@testable import AuditPipeline

struct DocumentShapesTests {
    @Test func `of documents with the same keys one is read, and all are told what the catalogue says`() throws {
        var generator = SeededGenerator(seed: UInt64.random(in: 0 ... .max))
        let store = try SnapshotStore.open(at: SnapshotStore.inMemory, access: .readWrite)
        let known: [SettingValue] = [
            ["callRecordingDays": 1], ["callRecordingDays": 2], ["callRecordingDays": nil], ["calRecordingDays": 1],
            ["callRecordingDays": "a\":"], ["callRecordingDays": ":"], ["property": []], ["property": ["key", "b"]],
            ["property": [["key": "a", "value": "b"]]], ["property": [["key": "a\\\"", "value": "{"]]],
            ["property": [["key": "a", "value": "b"], ["key": "c", "vale": "d"]]],
        ]
        var shapes = DocumentShapes()
        for _ in 0..<1000 {
            let group = SettingsGroup.allCases.randomElement(using: &generator) ?? .internal
            let body =
                Bool.random(using: &generator)
                ? known.randomElement(using: &generator) ?? .null : .random(depth: 3, using: &generator)
            let id = try store.intern([NewDocument(group: group, value: body, keyedRawDigest: nil)])[0]
            let text = try #require(try store.texts(of: [id])[id])
            let remembered = shapes.deviations[try shapes.number(of: text)]
            let direct = SettingsCatalogue.deviations(of: body, group: group)
            #expect(
                remembered.map(\.path) == direct.map(\.path) && remembered.map(\.kind) == direct.map(\.kind),
                "seed \(generator.seed): \(CanonicalJSON.text(of: body)) of \(group)")
        }
    }
}
