import AuditModel
import LiveVoxAPI
import Testing

struct TypedSettingsTests {
    @Test func `absent, null, a value and a wrong type are four different things`() throws {
        let settings = try #require(
            InternalSettings([
                "maxDailyAttempts": nil, "callRecordingDays": 30, "encryptCcsPassword": "yes",
                "answeringMachineDetection": true,
            ]))
        #expect(settings.maxDailyAttempts == .null)
        #expect(settings.callRecordingDays == .value(30))
        #expect(settings.encryptCcsPassword == .mistyped("yes"))
        #expect(settings.encryptAcdPassword == .absent)
        #expect(settings.others == [.init(key: "answeringMachineDetection", value: true)])
    }

    @Test(
        arguments: [
            ("12", .value(12)), ("-3", .value(-3)), ("007", .value(7)), ("", .mistyped("")), ("1.0", .mistyped("1.0")),
            ("+1", .mistyped("+1")), ("9007199254740992", .mistyped("9007199254740992")),
        ] as [(String, Field<Int64>)])
    func `a number may come as digits`(text: String, expected: Field<Int64>) throws {
        #expect(try #require(InternalSettings(["callRecordingDays": .string(text)])).callRecordingDays == expected)
    }

    @Test func `a Boolean may come as the words true and false`() throws {
        let settings = try #require(
            InternalSettings(["encryptCcsPassword": "true", "encryptAcdPassword": "false"]))
        #expect(settings.encryptCcsPassword == .value(true))
        #expect(settings.encryptAcdPassword == .value(false))
        #expect(try #require(InternalSettings(["encryptCcsPassword": 1])).encryptCcsPassword == .mistyped(1))
    }

    @Test func `the vendor's sample of the general settings is read whole`() throws {
        let sample = """
            {"displayName":"Demo","clientCode":"CAVALRY","defaultScreenPopId":3063,"defaultDialingProfileId":0,
            "serviceLevelSeconds":20,"restrictStrategiesScope":true,"defaultStrategyId":468,"requeueStrategyId":469,
            "defaultContactTimingId":1,"defaultVoiceId":1,"answeringMachineOption":null,"scrubWireless":false,
            "acdResourceGroupEnabled":true,"acdAgentSkillEnabled":true,"acctRealtimeDnc":true,"lcidPackageId":1256,
            "reportOnlyAfterAllRetries":false}
            """
        let settings = try #require(GeneralSettings(JSONReader.value(of: sample)))
        #expect(settings.clientCode == .value("CAVALRY"))
        #expect(settings.defaultDialingProfileID == .value(0))
        #expect(settings.answeringMachineOption == .null)
        #expect(settings.lcidPackageID == .value(1256))
        #expect(settings.reportOnlyAfterAllRetries == .value(false))
        #expect(settings.others.isEmpty)
    }

    @Test(
        arguments: [
            ("LEAVE_MESSAGES", .leaveMessages), ("NO_MESSAGES", .noMessages), ("TRANSFER", .transfer),
            ("leave_messages", .other("leave_messages")), ("BEEP", .other("BEEP")),
        ] as [(String, AnsweringMachineOption)])
    func `the answering machine option is an open list`(text: String, expected: AnsweringMachineOption) throws {
        let settings = try #require(GeneralSettings(["answeringMachineOption": .string(text)]))
        #expect(settings.answeringMachineOption == .value(expected))
    }

    @Test func `messaging properties keep order, repetition, null and numbers`() throws {
        let settings = try #require(
            MessagingSettings([
                "property": [
                    ["key": "b", "value": "1"], ["key": "a", "value": nil], ["key": "b", "value": 15], ["value": 1.5],
                ],
                "defaultInputFilterId": "21572",
            ]))
        let properties = try #require(settings.properties.value)
        #expect(properties.map(\.key) == [.value("b"), .value("a"), .value("b"), .absent])
        #expect(properties.map(\.value) == [.value("1"), .null, .value("15"), .value("1.5")])
        #expect(settings.defaultInputFilterID == .value(21572))
    }

    @Test func `a voice pool is a set of ids, and a bad element is no pool`() throws {
        #expect(try #require(VoicePool(["voice": [["id": 5], ["id": "1"], ["id": 99]]])).ids == [1, 5, 99])
        #expect(try #require(VoicePool(["voice": [["id": 5], 7]])).voices == .mistyped([["id": 5], 7]))
        #expect(VoicePool([]) == nil)
    }

    @Test func `countries come as a bare list or wrapped in an object`() throws {
        let rows: SettingValue = [["countryCode": "1", "name": "CANADA", "id": 2]]
        let bare = try #require(Country.list(rows))
        #expect(bare.map(\.id) == [.value(2)])
        #expect(bare[0].abbreviation == .absent)
        #expect(Country.list(["country": rows, "size": 1]) == bare)
        #expect(Country.list(["country": rows, "other": []]) == nil)
        #expect(Country.list("CANADA") == nil)
    }
}
