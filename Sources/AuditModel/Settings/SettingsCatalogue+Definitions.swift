extension SettingsCatalogue {
    private static func setting(
        _ path: SettingPath, _ type: SettingDefinition.ValueType, unit: String? = nil, range: ClosedRange<Int64>? = nil,
        portalRange: ClosedRange<Int64>? = nil, _ meaning: String, zero: String? = nil, tab: String,
        mandatory: Bool = false, nullable: Bool = false, listKey: String? = nil, caveat: String? = nil
    ) -> SettingDefinition {
        SettingDefinition(
            path: path, type: type, unit: unit, legalRange: range, portalRange: portalRange, meaning: meaning,
            zeroMeaning: zero, portalTab: tab, isMandatory: mandatory, isNullable: nullable, listKey: listKey,
            caveat: caveat)
    }

    private static let counts: ClosedRange<Int64> = 0...Int64(Int32.max)
    private static let noLimit =
        "0 may mean that no limit is enforced (the vendor does not say; its portal offers 1 to 9)"

    static let internalDefinitions: [SettingDefinition] = {
        let tab = "Client Editor > Internal Settings"
        // The vendor's page names that tab; the portal's own documentation has lockout and expiry under Security.
        let orSecurity: Set<String> = [
            "maxFailedCcsLoginAttempts", "maxFailedAcdLoginAttempts", "passwordExpirationDays",
        ]
        func entry(
            _ key: String, _ type: SettingDefinition.ValueType, unit: String? = nil,
            portalRange: ClosedRange<Int64>? = nil, _ meaning: String, zero: String? = nil, caveat: String? = nil
        ) -> SettingDefinition {
            setting(
                SettingPath(.internal, key: key), type, unit: unit, range: type == .integer ? counts : nil,
                portalRange: portalRange, meaning, zero: zero,
                tab: orSecurity.contains(key) ? tab + " or Security" : tab, caveat: caveat)
        }
        return [
            entry(
                "maxDailyAttempts", .integer, unit: "attempts", "Most contact attempts on one account in a day.",
                zero: "0 may mean that attempts are not limited (the vendor does not say)",
                caveat: "Counts per account and day; it cannot prove a limit per person or per seven days."),
            entry(
                "callRecordingDays", .integer, unit: "days",
                "Days for which call recordings stay available in the portal.",
                caveat: "A Service may override it, and an exported copy may be kept longer elsewhere."),
            entry(
                "encryptCcsPassword", .boolean, "Whether passwords of portal (CCS) users are encrypted.",
                caveat: "Shows the flag, not the algorithm."),
            entry(
                "maxFailedCcsLoginAttempts", .integer, unit: "attempts", portalRange: 1...9,
                "Failed logins before a portal user is locked.", zero: noLimit,
                caveat: "How long the lock lasts is not visible through this API."),
            entry(
                "encryptAcdPassword", .boolean, "Whether passwords of agents (ACD) are encrypted.",
                caveat: "Shows the flag, not the algorithm."),
            entry(
                "maxFailedAcdLoginAttempts", .integer, unit: "attempts", portalRange: 1...9,
                "Failed logins before an agent is locked.", zero: noLimit,
                caveat: "How long the lock lasts is not visible through this API."),
            entry(
                "passwordExpirationDays", .integer, unit: "days",
                "Days until passwords of portal users and agents expire.",
                zero: "0 may mean that passwords never expire (the vendor does not say; the portal's default is 90)"),
        ]
    }()

    static let generalDefinitions: [SettingDefinition] = {
        let general = "Client Editor > General"
        let tab = "Client Editor > Settings"
        let noneOrDefault = "0 is no real id: none, or the system's default"
        func entry(
            _ key: String, _ type: SettingDefinition.ValueType, unit: String? = nil, _ meaning: String,
            zero: String? = nil, in place: String? = nil, mandatory: Bool = false, nullable: Bool = false,
            caveat: String? = nil
        ) -> SettingDefinition {
            setting(
                SettingPath(.settings, key: key), type, unit: unit, range: type == .integer ? counts : nil, meaning,
                zero: zero, tab: place ?? tab, mandatory: mandatory, nullable: nullable, caveat: caveat)
        }
        func id(_ key: String, _ meaning: String, caveat: String? = nil) -> SettingDefinition {
            entry(key, .integer, unit: "id", meaning, zero: noneOrDefault, caveat: caveat)
        }
        let service = "A Service may override it; that is not visible through this API."
        return [
            entry(
                "displayName", .string, "The client's name at the top of the portal.", in: general, mandatory: true),
            entry(
                "clientCode", .string, "The vendor's code for the company; the login's client name.", in: general,
                mandatory: true),
            id("defaultScreenPopId", "The default Screen Pop of agents under this client.", caveat: service),
            id(
                "defaultDialingProfileId",
                "The default Dialing Profile: when each country, state and area code may be dialled.",
                caveat: service),
            entry(
                "serviceLevelSeconds", .integer, unit: "seconds",
                "Seconds within which calls count as in service level.",
                mandatory: true, caveat: service),
            entry(
                "restrictStrategiesScope", .boolean,
                "Whether dialing strategies can be limited to services or call centres.",
                mandatory: true),
            id("defaultStrategyId", "The dialing strategy of new campaigns."),
            id("requeueStrategyId", "The dialing strategy of requeue campaigns."),
            id("defaultContactTimingId", "The system that chooses the best time of day to dial.", caveat: service),
            id("defaultVoiceId", "The voice of messages where a campaign names none.", caveat: service),
            entry(
                "answeringMachineOption", .openEnumeration(["LEAVE_MESSAGES", "NO_MESSAGES", "TRANSFER"]),
                "What campaigns do by default when a machine answers.", nullable: true, caveat: service),
            entry(
                "scrubWireless", .boolean, "Whether wireless numbers are removed before dialling (by its name).",
                mandatory: true,
                caveat:
                    "The vendor's sentence on its effect is missing, the portal offers four values, and a Service may "
                    + "override it."),
            entry(
                "acdResourceGroupEnabled", .boolean, "Whether resource groups may route traffic between services.",
                mandatory: true),
            entry("acdAgentSkillEnabled", .boolean, "Whether calls are routed by agent skill.", mandatory: true),
            entry(
                "acctRealtimeDnc", .boolean,
                "Whether an account's do-not-call mark is checked at the moment of dialling.",
                mandatory: true),
            id("lcidPackageId", "The default local caller-id package."),
            entry(
                "reportOnlyAfterAllRetries", .boolean, "Whether campaigns report only after all retries are done."),
        ]
    }()

    static let messagingDefinitions: [SettingDefinition] = {
        let tab = "Client Editor > Messaging"
        let list = SettingPath(.messaging, key: "property")
        func property(_ key: String, _ type: SettingDefinition.ValueType, _ meaning: String) -> SettingDefinition {
            setting(
                list.appending(.selected(key: "key", value: .string(key), occurrence: nil)).appending(.key("value")),
                type,
                meaning, tab: tab,
                caveat: "The vendor documents no list of messaging properties; the meaning is inferred.")
        }
        return [
            setting(
                SettingPath(.messaging, key: "defaultInputFilterId"), .integer, unit: "id", range: counts,
                "The default Input Filter.", zero: "0 is no real id: none, or the system's default", tab: tab,
                mandatory: true),
            setting(
                list, .list, "Key-value properties of input filters and messaging.", tab: tab, mandatory: true,
                listKey: "key"),
            setting(list.appending(.each).appending(.key("key")), .string, "The property's name.", tab: tab),
            setting(
                list.appending(.each).appending(.key("value")), .string, "The property's value, always as text.",
                tab: tab),
            property("exclusion_fields", .string, "The field that exclusion compares."),
            property("exclusion_range", .integerText, "The range of exclusion."),
            property("requeue_limit", .integerText, "How often a contact may be requeued."),
            property("sequential_loading", .integerText, "Whether files are loaded one after another (0 or 1)."),
            property("store_wireless", .string, "The input field in which a wireless number is kept."),
            property("template_id", .integerText, "The id of the default template."),
        ]
    }()

    static let voicePoolDefinitions: [SettingDefinition] = {
        let tab = "Client Editor > Voice Pool"
        let list = SettingPath(.voicePool, key: "voice")
        return [
            setting(
                list, .list, "The voices that campaigns of this client may use.", tab: tab, mandatory: true,
                listKey: "id"),
            setting(
                list.appending(.each).appending(.key("id")), .integer, unit: "id", range: 1...Int64(Int32.max),
                "The id of a voice talent.", tab: tab),
        ]
    }()

    static let countriesDefinitions: [SettingDefinition] = {
        let tab = "by LiveVox (the allowed countries of the client)"
        let list = SettingPath(.countries)
        return [
            setting(list, .list, "The countries that this client may dial.", tab: tab, listKey: "id"),
            setting(
                list.appending(.each).appending(.key("id")), .integer, unit: "id", range: 1...Int64(Int32.max),
                "The vendor's id of the country: unique, but arbitrary.", tab: tab),
            setting(
                list.appending(.each).appending(.key("countryCode")), .string,
                "The telephone country code; several countries may share one.", tab: tab),
            setting(list.appending(.each).appending(.key("name")), .string, "The country's name.", tab: tab),
            setting(
                list.appending(.each).appending(.key("abbreviation")), .string,
                "An abbreviation, which a stray word of the vendor's page suggests.", tab: tab),
        ]
    }()
}
