extension Fleet {
    /// The settings of the client at `place` before the first night.
    ///
    /// Most clients meet a usual baseline (passwords encrypted, lockout after 1 to 5 failures, expiry within 90 days); a
    /// few per cent do not, so that an audit of any fleet has something to say.
    func baseProfile(at place: Int) -> ClientProfile {
        if place == 0 { return .vendorSample }
        var generator = SeededGenerator(seed: seed, purpose: .settings, number: place)
        var profile = ClientProfile(
            id: Self.firstID + place,
            internalSettings: internalSettings(using: &generator),
            generalSettings: generalSettings(at: place, using: &generator),
            properties: properties(using: &generator),
            defaultInputFilterId: generator.number(20_000...29_999),
            voices: Array(knownVoices.shuffled(using: &generator).prefix(generator.number(2...7))),
            countries: countries(using: &generator))
        // One client in twelve keeps credentials where they do not belong: what redaction is tried with.
        if place % 12 == 2 {
            profile.properties.append(.init(key: "ftp_login", value: "transfer_\(generator.number(100...999))"))
            profile.properties.append(.init(key: "sftp_password", value: generator.alphanumerics(16)))
        }
        scenario.prepare(&profile, at: place)
        return profile
    }

    private func internalSettings(using generator: inout SeededGenerator) -> [OrderedJSON.Member] {
        var members: [OrderedJSON.Member] = [
            .init(key: "maxDailyAttempts", value: .number(generator.happens(10) ? 0 : generator.number(1...7))),
            .init(key: "callRecordingDays", value: .number(generator.one(of: [15, 30, 30, 60, 90, 180, 1095]))),
            .init(key: "encryptCcsPassword", value: .bool(!generator.happens(2))),
            .init(key: "maxFailedCcsLoginAttempts", value: .number(lockout(using: &generator))),
            .init(key: "encryptAcdPassword", value: .bool(!generator.happens(2))),
            .init(key: "maxFailedAcdLoginAttempts", value: .number(lockout(using: &generator))),
            .init(
                key: "passwordExpirationDays",
                // Nothing below 30: the users' passwords would run out during the nights of the scenario.
                value: .number(
                    generator.happens(3) ? generator.one(of: [0, 120, 180]) : generator.one(of: [30, 45, 60, 90, 90]))),
        ]
        // Seen in one public client's model, absent from the vendor's page: an undocumented key in the wild.
        if generator.happens(4) { members.append(.init(key: "answeringMachineDetection", value: false)) }
        return members
    }

    private func lockout(using generator: inout SeededGenerator) -> Int {
        generator.happens(3) ? generator.one(of: [0, 9]) : generator.number(1...5)
    }

    private func generalSettings(at place: Int, using generator: inout SeededGenerator) -> [OrderedJSON.Member] {
        let options: [OrderedJSON] = [.null, .null, "LEAVE_MESSAGES", "NO_MESSAGES", "TRANSFER"]
        return [
            .init(key: "displayName", value: .string(names.displayName(at: place))),
            .init(key: "clientCode", value: .string(code(at: place))),
            .init(key: "defaultScreenPopId", value: .number(generator.number(3000...3999))),
            .init(
                key: "defaultDialingProfileId", value: .number(generator.happens(5) ? 0 : generator.number(100...999))),
            .init(key: "serviceLevelSeconds", value: .number(generator.one(of: [10, 20, 20, 30]))),
            .init(key: "restrictStrategiesScope", value: .bool(generator.happens(30))),
            .init(key: "defaultStrategyId", value: .number(generator.number(400...699))),
            .init(key: "requeueStrategyId", value: .number(generator.number(400...699))),
            .init(key: "defaultContactTimingId", value: .number(generator.number(1...9))),
            .init(key: "defaultVoiceId", value: .number(generator.one(of: [1, 2, 3]))),
            .init(key: "answeringMachineOption", value: generator.one(of: options)),
            .init(key: "scrubWireless", value: .bool(generator.happens(85))),
            .init(key: "acdResourceGroupEnabled", value: .bool(generator.happens(40))),
            .init(key: "acdAgentSkillEnabled", value: .bool(generator.happens(60))),
            .init(key: "acctRealtimeDnc", value: .bool(generator.happens(95))),
            .init(key: "lcidPackageId", value: .number(generator.number(1000...1999))),
            .init(key: "reportOnlyAfterAllRetries", value: .bool(generator.happens(15))),
        ]
    }

    private func properties(using generator: inout SeededGenerator) -> [ClientProfile.Property] {
        [
            .init(key: "exclusion_fields", value: generator.one(of: ["ACCOUNT", "ACCOUNT,PHONE", "SSN_LAST4"])),
            .init(key: "exclusion_range", value: String(generator.number(1...7))),
            .init(key: "requeue_limit", value: generator.one(of: ["5", "10", "15", "15"])),
            .init(key: "sequential_loading", value: generator.one(of: ["0", "1"])),
            .init(key: "store_wireless", value: generator.one(of: ["DAYS_DUE_6", "DAYS_DUE_9", "PHONE_TYPE_2"])),
            .init(key: "template_id", value: String(generator.number(11_000...11_999))),
        ]
    }

    /// One of sixteen sets: fleets share few of them in life, and the emulator keeps each text once.
    private func countries(using generator: inout SeededGenerator) -> [Int] {
        var shared = SeededGenerator(seed: seed, purpose: .countries, number: generator.number(0...15))
        let northAmerica: Set<Int> = [1, 2, 4, 51]
        let further = shared.number(0...4) == 0 ? 40 : shared.number(0...12)
        let more = Country.all.map(\.id).shuffled(using: &shared).prefix(further)
        return Country.all.map(\.id).filter { northAmerica.contains($0) || more.contains($0) }
    }
}
