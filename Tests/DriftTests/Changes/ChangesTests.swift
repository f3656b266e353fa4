import AuditModel
import Drift
import Testing

struct ChangesTests {
    private func changes(_ before: SettingValue, _ after: SettingValue, _ group: SettingsGroup = .settings) -> [String]
    {
        Changes.between(before, after, group: group).map(described)
    }

    @Test func `equal bodies have no changes`() {
        #expect(changes(["a": 1, "b": ["c": nil]], ["b": ["c": nil], "a": 1]) == [])
    }

    @Test func `changes are told at the leaf, sorted by path`() {
        let before: SettingValue = ["scrubWireless": true, "gone": 1, "nested": ["x": 1, "y": 2]]
        let after: SettingValue = ["scrubWireless": false, "come": "", "nested": ["x": 1, "y": 3]]
        #expect(
            changes(before, after) == [
                "added settings.come \"\"", "removed settings.gone 1", "modified settings.nested.y 2 → 3",
                "modified settings.scrubWireless true → false",
            ])
    }

    @Test(arguments: [nil, "", [], [:], false, 0, "0", 0.5] as [SettingValue])
    func `absent, null, empty text, empty list, empty object and other types are all different`(value: SettingValue) {
        let all: [SettingValue] = [nil, "", [], [:], false, 0, "0", 0.5]
        #expect(changes([:], ["key": value]).count == 1)
        #expect(changes(["key": value], [:]).count == 1)
        for other in all {
            #expect(changes(["key": value], ["key": other]).count == (value == other ? 0 : 1))
        }
    }

    @Test func `text that only looks alike is another value`() {
        #expect(changes(["name": "caf\u{e9}"], ["name": "cafe\u{301}"]).count == 1)
        #expect(changes(["caf\u{e9}": 1], ["cafe\u{301}": 1]).count == 2)
    }

    @Test func `order alone is never a change in a keyed list`() {
        let one: SettingValue = ["voice": [["id": 1], ["id": 5], ["id": 3]]]
        let other: SettingValue = ["voice": [["id": 3], ["id": 1], ["id": 5]]]
        #expect(changes(one, other, .voicePool) == [])
    }

    @Test func `an element that one side lacks is one change with the element as its value`() {
        let one: SettingValue = ["voice": [["id": 1], ["id": 5], ["id": 3]]]
        let other: SettingValue = ["voice": [["id": 3], ["id": 8], ["id": 1]]]
        #expect(
            changes(one, other, .voicePool) == [
                "removed voicePool.voice[id=5] {\"id\":5}", "added voicePool.voice[id=8] {\"id\":8}",
            ])
        #expect(changes([["id": 1]], [["id": 44], ["id": 1]], .countries) == ["added countries[id=44] {\"id\":44}"])
    }

    @Test func `a property that is edited is modified at its value`() {
        let one: SettingValue = ["property": [["key": "a", "value": "1"], ["key": "requeue_limit", "value": "3"]]]
        let other: SettingValue = ["property": [["key": "requeue_limit", "value": "4"], ["key": "a", "value": "1"]]]
        #expect(
            changes(one, other, .messaging) == [
                "modified messaging.property[key=requeue_limit].value \"3\" → \"4\""
            ])
    }

    @Test func `a key that is renamed is one element removed and another added`() {
        let one: SettingValue = ["property": [["key": "a", "value": "1"]]]
        let other: SettingValue = ["property": [["key": "b", "value": "1"]]]
        #expect(changes(one, other, .messaging).map { $0.prefix(5) } == ["remov", "added"])
    }

    @Test func `identity has a type, so id 5 and id "5" are two elements`() {
        let one: SettingValue = ["voice": [["id": 5]]]
        let other: SettingValue = ["voice": [["id": "5"]]]
        #expect(changes(one, other, .voicePool).count == 2)
    }

    @Test func `repeated keys are kept and told by their occurrence`() {
        let one: SettingValue = ["voice": [["id": 5], ["id": 1]]]
        let other: SettingValue = ["voice": [["id": 5], ["id": 1], ["id": 5]]]
        #expect(changes(one, other, .voicePool) == ["added voicePool.voice[id=5#2] {\"id\":5}"])
        #expect(changes(other, one, .voicePool) == ["removed voicePool.voice[id=5#2] {\"id\":5}"])
    }

    @Test func `repeated keys in another order are no change`() {
        let one: SettingValue = ["property": [["key": "a", "value": "1"], ["key": "a", "value": "2"]]]
        let other: SettingValue = ["property": [["key": "a", "value": "2"], ["key": "a", "value": "1"]]]
        #expect(changes(one, other, .messaging) == [])
    }

    @Test func `of repeated keys only the element that differs is told`() {
        let one: SettingValue = ["property": [["key": "a", "value": "1"], ["key": "a", "value": "2"]]]
        let other: SettingValue = ["property": [["key": "a", "value": "3"], ["key": "a", "value": "1"]]]
        #expect(changes(one, other, .messaging) == ["modified messaging.property[key=a#2].value \"2\" → \"3\""])
    }

    @Test func `elements without the key are known by position`() {
        let one: SettingValue = ["voice": [["id": 1], ["name": "x"], 7]]
        let other: SettingValue = ["voice": [["name": "y"], ["id": 1], 7]]
        #expect(changes(one, other, .voicePool) == ["modified voicePool.voice[1].name \"x\" → \"y\""])
        #expect(changes(["voice": []], ["voice": [[:], [:]]], .voicePool).count == 2)
    }

    @Test func `a list that the catalogue does not know is compared by position`() {
        #expect(
            changes(["odd": [1, 2]], ["odd": [2, 1, 3]]) == [
                "modified settings.odd[0] 1 → 2", "modified settings.odd[1] 2 → 1", "added settings.odd[2] 3",
            ])
    }

    @Test func `a body of another type is modified as a whole`() {
        #expect(changes([:], [], .countries) == ["modified countries {} → []"])
    }

    @Test func `long lists are compared in time that grows with their length`() {
        let count = 20_000
        let one = SettingValue.array((0..<count).map { ["id": .integer(Int64($0)), "name": "a"] })
        let other = SettingValue.array((0..<count).reversed().map { ["id": .integer(Int64($0)), "name": "b"] })
        #expect(Changes.between(one, other, group: .countries).count == count)
        let alike = SettingValue.array((0..<count).map { ["id": 1, "name": .string(String($0))] })
        let changed = SettingValue.array((0..<count).map { ["id": 1, "name": .string(String($0 + 7))] })
        #expect(Changes.between(alike, changed, group: .countries).count == 7)
    }
}

/// A change as one line: kind, path, value or values.
func described(_ change: Change) -> String {
    let values = [change.before, change.after].compactMap { $0.map(CanonicalJSON.text) }
    return "\(change.kind.rawValue) \(change.path) \(values.joined(separator: " → "))"
}
