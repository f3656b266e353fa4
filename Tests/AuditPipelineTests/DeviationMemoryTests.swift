import AuditModel
import AuditTestSupport
import Testing

@testable import AuditPipeline

struct DeviationMemoryTests {
    @Test func `what is remembered is what the catalogue says`() {
        var generator = SeededGenerator(seed: UInt64.random(in: 0 ... .max))
        var memory = DeviationMemory()
        let known: [SettingValue] = [
            ["callRecordingDays": 1], ["callRecordingDays": 2], ["callRecordingDays": nil], ["calRecordingDays": 1],
            ["property": []], ["property": [["key": "a", "value": "b"]]],
            ["property": [["key": "a", "value": "b"], ["key": "c", "vale": "d"]]],
            ["property": [["key": "a", "vale": "b"], ["key": "c", "vale": "d"]]],
            ["property": [["key": "a", "vale": "b"], ["key": "c"]]],
        ]
        for _ in 0..<2000 {
            let group = SettingsGroup.allCases.randomElement(using: &generator) ?? .internal
            let body =
                Bool.random(using: &generator)
                ? known.randomElement(using: &generator) ?? .null : .random(depth: 2, using: &generator)
            let remembered = memory.deviations(of: body, group: group)
            let direct = SettingsCatalogue.deviations(of: body, group: group)
            #expect(
                remembered.map(\.path) == direct.map(\.path) && remembered.map(\.kind) == direct.map(\.kind),
                "seed \(generator.seed): \(CanonicalJSON.text(of: body)) of \(group)")
        }
    }
}
