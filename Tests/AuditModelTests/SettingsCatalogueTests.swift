import AuditModel
import Testing

struct SettingsCatalogueTests {
    @Test func `the catalogue has every documented setting`() {
        let counts = SettingsGroup.allCases.map { group in
            SettingsCatalogue.definitions.filter { $0.path.group == group && $0.path.steps.count == 1 }.count
        }
        // 7 internal, 17 general, messaging's two keys, the voice list; countries are the body itself.
        #expect(counts == [7, 17, 2, 1, 0])
        #expect(VoiceTalent.known.count == 10)
        #expect(VoiceTalent.name(of: 7) == nil)
        #expect(VoiceTalent.name(of: 11) == "Claudine")
    }

    @Test func `lists are keyed as the vendor identifies their elements`() throws {
        #expect(SettingsCatalogue.listKey(at: try SettingPath(dotted: "voicePool.voice")) == "id")
        #expect(SettingsCatalogue.listKey(at: try SettingPath(dotted: "messaging.property")) == "key")
        #expect(SettingsCatalogue.listKey(at: SettingPath(.countries)) == "id")
        #expect(SettingsCatalogue.listKey(at: try SettingPath(dotted: "internal.unknown")) == nil)
    }

    @Test func `what 0 may mean is said for each limit`() throws {
        for key in [
            "maxDailyAttempts", "maxFailedCcsLoginAttempts", "maxFailedAcdLoginAttempts", "passwordExpirationDays",
        ] {
            #expect(SettingsCatalogue.definition(at: SettingPath(.internal, key: key))?.zeroMeaning != nil, "\(key)")
        }
        #expect(SettingsCatalogue.definition(at: SettingPath(.internal, key: "callRecordingDays"))?.zeroMeaning == nil)
    }

    @Test func `a concrete path finds the definition of its list's elements`() throws {
        let known = try SettingPath(dotted: "messaging.property[key=requeue_limit].value")
        #expect(SettingsCatalogue.definition(at: known)?.type == .integerText)
        let other = try SettingPath(dotted: "messaging.property[key=other].value")
        #expect(SettingsCatalogue.definition(at: other)?.type == .string)
        #expect(SettingsCatalogue.definition(at: try SettingPath(dotted: "countries[id=1].name"))?.type == .string)
    }

    @Test func `order alone does not change the order-free digest`() {
        let one: SettingValue = ["voice": [["id": 1], ["id": 5]]]
        let other: SettingValue = ["voice": [["id": 5], ["id": 1]]]
        let third: SettingValue = ["voice": [["id": 5], ["id": 5]]]
        let digests = [one, other, third].map { KeyedLists.orderFreeDigest(of: $0, group: .voicePool) }
        #expect(digests[0] == digests[1])
        #expect(digests[0] != digests[2])
        #expect(Digest(of: one) != Digest(of: other))
    }

    @Test(arguments: [
        ("maxFailedCcsLogins", "maxFailedCcsLoginAttempts"), ("encryptCssPassword", "encryptCcsPassword"),
        ("callrecordingdays", "callRecordingDays"),
    ])
    func `a mistyped key is near the one that was meant`(typed: String, meant: String) {
        #expect(NearestName.to(typed, among: SettingsCatalogue.knownKeys(of: .internal).sorted()) == meant)
    }

    @Test func `nothing is suggested for a word that is near to none`() {
        #expect(NearestName.to("zzzzzz", among: SettingsCatalogue.knownKeys(of: .internal).sorted()) == nil)
    }
}

struct KeyDeviationTests {
    @Test func `undocumented and missing mandatory keys are told apart`() {
        let body: SettingValue = [
            "property": [["key": "a", "value": "1", "scope": "x"], ["key": "b", "scope": "y"]], "new": 1,
        ]
        let found = SettingsCatalogue.deviations(of: body, group: .messaging).map { "\($0.kind) \($0.path)" }
        #expect(
            found == [
                "undocumented messaging.new", "undocumented messaging.property[*].scope",
                "mandatoryMissing messaging.defaultInputFilterId",
            ])
    }
}
