extension ClientProfile {
    /// Client 4199 as the samples on the vendor's page "Clients API Methods" show it, key order included. It never drifts.
    static let vendorSample = ClientProfile(
        id: 4199,
        internalSettings: [
            .init(key: "maxDailyAttempts", value: 0),
            .init(key: "callRecordingDays", value: 30),
            .init(key: "encryptCcsPassword", value: true),
            .init(key: "maxFailedCcsLoginAttempts", value: 5),
            .init(key: "encryptAcdPassword", value: true),
            .init(key: "maxFailedAcdLoginAttempts", value: 0),
            .init(key: "passwordExpirationDays", value: 0),
        ],
        generalSettings: [
            .init(key: "displayName", value: "Demo"),
            .init(key: "clientCode", value: "CAVALRY"),
            .init(key: "defaultScreenPopId", value: 3063),
            .init(key: "defaultDialingProfileId", value: 0),
            .init(key: "serviceLevelSeconds", value: 20),
            .init(key: "restrictStrategiesScope", value: true),
            .init(key: "defaultStrategyId", value: 468),
            .init(key: "requeueStrategyId", value: 469),
            .init(key: "defaultContactTimingId", value: 1),
            .init(key: "defaultVoiceId", value: 1),
            .init(key: "answeringMachineOption", value: .null),
            .init(key: "scrubWireless", value: false),
            .init(key: "acdResourceGroupEnabled", value: true),
            .init(key: "acdAgentSkillEnabled", value: true),
            .init(key: "acctRealtimeDnc", value: true),
            .init(key: "lcidPackageId", value: 1256),
            .init(key: "reportOnlyAfterAllRetries", value: false),
        ],
        properties: [
            Property(key: "exclusion_fields", value: "ACCOUNT"),
            Property(key: "exclusion_range", value: "1"),
            Property(key: "requeue_limit", value: "15"),
            Property(key: "sequential_loading", value: "0"),
            Property(key: "store_wireless", value: "DAYS_DUE_6"),
            Property(key: "template_id", value: "11601"),
        ],
        defaultInputFilterId: 21572,
        voices: [1, 5, 2, 3],
        countries: Country.all.map(\.id)
    )
}
