import AuditModel
import AuditTestSupport
import Drift
import Testing

struct SettingTimelinesTests {
    /// Bodies of one group night by night; nil for a night that could not be read.
    private func timelines(
        _ bodies: [SettingValue?], of group: SettingsGroup, known: [SettingPath: SettingValue?] = [:]
    ) -> [SettingTimeline] {
        var previous: SettingValue?
        let nights = bodies.enumerated().map { night, body -> (night: Int, sight: SettingTimelines.Sight) in
            guard let body else { return (night, .missed) }
            defer { previous = body }
            return (night, .seen(previous.map { Changes.between($0, body, group: group) } ?? []))
        }
        return SettingTimelines.timelines(of: nights, known: known)
    }

    private func values(_ setting: SettingTimeline) -> [String] {
        setting.timeline.spans.map { $0.value.map(CanonicalJSON.text(of:)) ?? "absent" }
    }

    @Test func `each setting that changed is told with its values, and no other`() throws {
        let told = timelines(
            [["a": 1, "b": 1], ["a": 2, "b": 1], nil, ["a": 2, "b": 1, "c": 0], ["a": 1, "b": 1, "c": 0]],
            of: .internal)
        #expect(told.map(\.path.dotted) == ["internal.a", "internal.c"])
        #expect(values(told[0]) == ["1", "2", "1"])
        #expect(values(told[1]) == ["absent", "0"])
        #expect(told[1].timeline.shifts.first?.missed == [2])
    }

    @Test func `an element that came and changed later is told by its members`() {
        func body(_ value: String?) -> SettingValue {
            ["property": .array(value.map { [["key": "x", "value": .string($0)]] } ?? [])]
        }
        let told = timelines([body(nil), body("1"), body("2"), body(nil)], of: .messaging)
        #expect(told.map(\.path.dotted) == ["messaging.property[key=x].value"])
        #expect(values(told[0]) == ["absent", #""1""#, #""2""#, "absent"])
    }

    @Test func `an element that only came is told as a whole`() {
        let told = timelines([["voice": [["id": 1]]], ["voice": [["id": 1], ["id": 5]]]], of: .voicePool)
        #expect(told.map(\.path.dotted) == ["voicePool.voice[id=5]"])
        #expect(values(told[0]) == ["absent", #"{"id":5}"#])
    }

    @Test func `absent, null and an empty list are three values`() {
        let told = timelines([[:], ["a": .null], ["a": []]], of: .internal)
        #expect(told.map(values) == [["absent", "null", "[]"]])
    }

    @Test func `a setting that is asked for is told though it never changed`() {
        let path = SettingPath(.internal, key: "b")
        let told = timelines([["a": 1, "b": 1], ["a": 2, "b": 1]], of: .internal, known: [path: .some(1)])
        #expect(told.map(\.path.dotted) == ["internal.a", "internal.b"])
        #expect(values(told[1]) == ["1"])
        let added = timelines([["a": 1], ["a": 1, "b": 1]], of: .internal, known: [path: .some(1)])
        #expect(values(added[0]) == ["absent", "1"])
    }

    @Test func `the timeline of a plain setting is what every night shows of it`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let bodies = (0..<Int.random(in: 1...8, using: &random)).map { _ -> SettingValue? in
                guard Int.random(in: 0..<5, using: &random) > 0 else { return nil }
                var object = SettingObject()
                for key in ["a", "b"] where Bool.random(using: &random) {
                    object[key] = .integer(Int64.random(in: 0...2, using: &random))
                }
                return .object(object)
            }
            for setting in timelines(bodies, of: .internal) {
                let spans = setting.timeline.spans
                for (night, body) in bodies.enumerated() {
                    let own = spans.first { $0.first <= night && night <= $0.last && !$0.missedWithin.contains(night) }
                    #expect((own == nil) == (body == nil), "seed \(seed)")
                    guard let body, let own else { continue }
                    #expect(own.value == setting.path.resolved(in: body).first?.value, "seed \(seed)")
                }
            }
        }
    }
}
