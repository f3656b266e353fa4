@testable import AuditModel
import AuditTestSupport
import Testing

struct SettingPathTests {
    @Test(arguments: [
        "internal.callRecordingDays", "messaging.property[key=requeue_limit].value", "countries[*].countryCode",
        "countries[id=128].name", "voicePool.voice[0].id", #"settings["odd key"]"#, #"countries[countryCode="1"].name"#,
        "messaging.property[key=x#2].value", "voicePool", "messaging.property[key=null].value",
    ])
    func `the dotted form is read and written alike`(text: String) throws {
        #expect(try SettingPath(dotted: text).dotted == text)
    }

    @Test(
        arguments: [
            ("intrenal.x", "unknown group 'intrenal'", 0, "internal"),
            ("", "a path starts with a group: internal, settings, messaging, voicePool, countries", 0, nil),
            ("internal.", "a key is expected after '.'", 9, nil),
            ("internal[", "'*', a position, or KEY=VALUE is expected in brackets", 9, nil),
            ("internal[x]", "'x' is no position; write [*], [0] or [x=VALUE]", 9, nil),
            ("countries[id=1", "']' is expected here", 14, nil),
            ("internal x", "'.' or '[' is expected here", 8, nil),
        ] as [(String, String, Int, String?)])
    func `a path that cannot be read says why and where`(
        text: String, message: String, offset: Int, suggestion: String?
    ) {
        #expect(throws: SettingPathError(message: message, offset: offset, suggestion: suggestion)) {
            try SettingPath(dotted: text)
        }
    }

    @Test func `pointers escape as RFC 6901 says`() {
        #expect(SettingPath(.internal, [.key("a/b~c"), .index(2)]).pointer == "/a~1b~0c/2")
        #expect(SettingPath(.internal, [.each]).pointer == nil)
    }

    @Test func `every random concrete path survives its dotted form`() throws {
        var generator = SeededGenerator(seed: 0x5EED_0003)
        print("seed \(generator.seed)")
        for _ in 0..<500 {
            let steps = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                Bool.random(using: &generator)
                    ? SettingPath.Step.key(hostileStrings.randomElement(using: &generator) ?? "")
                    : .selected(
                        key: "key", value: .string(hostileStrings.randomElement(using: &generator) ?? ""),
                        occurrence: nil)
            }
            let path = SettingPath(.messaging, steps)
            #expect(try SettingPath(dotted: path.dotted) == path, "\(path.dotted)")
        }
    }

    @Test func `paths of every kind have one order`() throws {
        var generator = SeededGenerator(seed: 0x5EED_0004)
        print("seed \(generator.seed)")
        let texts = [
            "messaging.property[key=2].value", "messaging.property[key=10]", "messaging.property[key=1x]",
            "messaging.property[0]", "messaging.property[*]", "messaging.property", "messaging.property[key=\"2\"]",
        ]
        let sorted = try texts.map { try SettingPath(dotted: $0) }.sorted()
        for _ in 0..<20 { #expect(sorted.shuffled(using: &generator).sorted() == sorted) }
    }

    @Test func `a path leads to values by key and by position`() throws {
        let body: SettingValue = [
            "property": [["key": "a", "value": "1"], ["key": "b", "value": "2"], ["key": "a", "value": "3"]]
        ]
        func found(_ text: String) throws -> [String] {
            try SettingPath(dotted: text).resolved(in: body).map {
                "\($0.path) \($0.pointer) \($0.value.map(CanonicalJSON.text(of:)) ?? "absent")"
            }
        }
        #expect(
            try found("messaging.property[key=a].value") == [
                #"messaging.property[key=a].value /property/0/value "1""#,
                #"messaging.property[key=a#2].value /property/2/value "3""#,
            ])
        #expect(try found("messaging.property[*].value").count == 3)
        #expect(try found("messaging.property[key=z].value") == ["messaging.property[key=z].value /property absent"])
        #expect(try found("messaging.nothing") == ["messaging.nothing /nothing absent"])
        #expect(try found("messaging.property[1].value") == [#"messaging.property[1].value /property/1/value "2""#])
    }
}
