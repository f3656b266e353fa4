import AuditModel

/// Snapshots with the shape of a real fleet's, from a seed.
enum SampleFleet {
    /// `count` snapshots; each differs from the others in a few settings.
    static func snapshots(_ count: Int) -> [Snapshot] {
        (0..<count).map { number in
            let client = Client(
                id: Client.ID(environment: EnvironmentName("bench"), number: 4200 + number), code: "C\(number)",
                labels: ["env": number % 5 == 0 ? "uat" : "prod"])
            return Snapshot(
                client: client,
                groups: PerGroup { group in
                    let value = body(of: group, number)
                    return .document(value, Digest(of: value))
                })
        }
    }

    private static func body(of group: SettingsGroup, _ number: Int) -> SettingValue {
        switch group {
        case .internal:
            [
                "maxDailyAttempts": .integer(Int64(number % 9)), "callRecordingDays": 30, "encryptCcsPassword": true,
                "maxFailedCcsLoginAttempts": .integer(Int64(number % 7)), "encryptAcdPassword": .bool(number % 50 != 0),
                "maxFailedAcdLoginAttempts": 5, "passwordExpirationDays": .integer(Int64(number % 100)),
            ]
        case .settings:
            [
                "displayName": .string("Client \(number)"), "clientCode": .string("C\(number)"),
                "defaultScreenPopId": 3063, "defaultDialingProfileId": 0, "serviceLevelSeconds": 20,
                "restrictStrategiesScope": true, "defaultStrategyId": 468, "requeueStrategyId": 469,
                "defaultContactTimingId": 1, "defaultVoiceId": 1, "answeringMachineOption": nil,
                "scrubWireless": .bool(number % 20 != 0),
                "acdResourceGroupEnabled": true, "acdAgentSkillEnabled": true, "acctRealtimeDnc": true,
                "lcidPackageId": 1256, "reportOnlyAfterAllRetries": false,
            ]
        case .messaging:
            [
                "defaultInputFilterId": 21572,
                "property": .array(
                    ["exclusion_fields", "exclusion_range", "requeue_limit", "sequential_loading", "template_id"].map {
                        ["key": .string($0), "value": .string(String(number % 20))]
                    }),
            ]
        case .voicePool: ["voice": [["id": 1], ["id": 5], ["id": 2], ["id": 3]]]
        case .countries:
            .array(
                // The vendor has no country 6.
                (1...60).filter { $0 != 6 }.map { id in
                    [
                        "id": .integer(Int64(id)), "countryCode": .string(String(id % 40)),
                        "name": .string("COUNTRY \(id)"),
                    ]
                })
        }
    }
}
