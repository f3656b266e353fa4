import AuditModel
import Drift
import Testing

struct CausalPathsTests {
    @Test(arguments: [
        ("internal.a", "internal.a", true), ("internal.a", "internal.b", false), ("internal.a", "settings.a", false),
        ("voicePool.voice[id=5]", "voicePool.voice[*].id", true), ("voicePool.voice", "voicePool.voice[*].id", true),
        ("voicePool.voice[id=5]", "voicePool.voice", true), ("settings.odd.inner", "settings.odd", true),
        ("messaging.property[key=a].value", "messaging.property[key=a].value", true),
        ("messaging.property[key=b].value", "messaging.property[key=a].value", false),
        ("messaging.property[key=a#2].value", "messaging.property[key=a].value", true),
        ("messaging.property[key=a].value", "messaging.property[*].key", false),
        ("countries[id=1].name", "countries[id=2].name", false), ("settings.l[1]", "settings.l[2]", false),
        ("settings.l[1]", "settings.l[1].x", true), ("settings.l[1]", "settings.l[*].x", true),
        // Which element a selection by another member meant cannot be told from the path.
        ("countries[id=1].name", "countries[countryCode=7].name", true),
        // The member that is selected by has changed, so the element may be selected now.
        ("countries[id=1].countryCode", "countries[countryCode=7].name", true),
    ])
    func `a change bears on a rule where one path leads to the other`(path: String, pattern: String, bears: Bool) throws
    {
        let change = Change(path: try concrete(path), before: 1, after: 2)
        let found = CausalPaths.paths(of: [change], comparedBy: [try SettingPath(dotted: pattern)])
        #expect(found == (bears ? [change.path] : []))
    }

    @Test func `an element that came or went is asked for the member that the pattern selects by`() throws {
        let pattern = try SettingPath(dotted: #"countries[countryCode="7"].name"#)
        let path = SettingPath(.countries, [.selected(key: "id", value: 1, occurrence: 1)])
        for (code, bears) in [("7", true), ("86", false)] {
            let change = Change(path: path, before: nil, after: ["id": 1, "countryCode": .string(code)])
            #expect(CausalPaths.paths(of: [change], comparedBy: [pattern]).isEmpty == !bears)
        }
    }

    /// The path as changes have it: with an occurrence in each selection.
    private func concrete(_ text: String) throws -> SettingPath {
        var path = try SettingPath(dotted: text)
        path.steps = path.steps.map { step in
            guard case .selected(let key, let value, nil) = step else { return step }
            return .selected(key: key, value: value, occurrence: 1)
        }
        return path
    }
}
