import AuditModel
import AuditTestSupport
import Testing

@testable import SnapshotStore

struct DocumentKeysTests {
    @Test func `of documents with the same keys one is read, and all are told what the catalogue says`() throws {
        var generator = SeededGenerator(seed: UInt64.random(in: 0 ... .max))
        let store = try SnapshotStore.withEnvironment()
        let known: [SettingValue] = [
            ["callRecordingDays": 1], ["callRecordingDays": 2], ["callRecordingDays": nil], ["calRecordingDays": 1],
            ["callRecordingDays": "a\":"], ["callRecordingDays": ":"], ["property": []], ["property": ["key", "b"]],
            ["property": [["key": "a", "value": "b"]]], ["property": [["key": "a\\\"", "value": "{"]]],
            ["property": [["key": "a", "value": "b"], ["key": "c", "vale": "d"]]],
        ]
        for _ in 0..<1000 {
            let group = SettingsGroup.allCases.randomElement(using: &generator) ?? .internal
            let body =
                Bool.random(using: &generator)
                ? known.randomElement(using: &generator) ?? .null : .random(depth: 3, using: &generator)
            let id = try store.intern(body, of: group)
            let remembered = try #require(try store.keys(of: [id])[id]).deviations
            let direct = SettingsCatalogue.deviations(of: body, group: group)
            #expect(
                remembered.map(\.path) == direct.map(\.path) && remembered.map(\.kind) == direct.map(\.kind),
                "seed \(generator.seed): \(CanonicalJSON.text(of: body)) of \(group)")
        }
    }
}
