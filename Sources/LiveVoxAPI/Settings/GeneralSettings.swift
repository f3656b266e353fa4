public import AuditModel

/// What campaigns do by default when a machine answers. The list is open: the vendor's page does not print it; the
/// three are those of the Campaign API's field of the same name.
public enum AnsweringMachineOption: Sendable, Hashable {
    /// Detect machines and leave a message.
    case leaveMessages
    /// Detect machines, leave nothing and hang up.
    case noMessages
    /// Detect nothing; every connection goes to an agent.
    case transfer
    /// Another word, kept as it came.
    case other(String)

    init(_ text: String) {
        self =
            switch text {
            case "LEAVE_MESSAGES": .leaveMessages
            case "NO_MESSAGES": .noMessages
            case "TRANSFER": .transfer
            default: .other(text)
            }
    }
}

/// The answer of "Read Client General Settings". 0 as an id is no real id.
public struct GeneralSettings: Sendable, Hashable {
    /// The name at the top of the portal.
    public var displayName: Field<String>
    /// The vendor's code of the company; equal to the login's `clientName`.
    public var clientCode: Field<String>
    /// The default Screen Pop.
    public var defaultScreenPopID: Field<Int64>
    /// The default Dialing Profile.
    public var defaultDialingProfileID: Field<Int64>
    /// Seconds within which calls count as in service level.
    public var serviceLevelSeconds: Field<Int64>
    /// Whether dialing strategies may be limited to services or call centres.
    public var restrictStrategiesScope: Field<Bool>
    /// The Dialing Strategy of campaigns.
    public var defaultStrategyID: Field<Int64>
    /// The strategy of requeue campaigns.
    public var requeueStrategyID: Field<Int64>
    /// The best-time-to-call system.
    public var defaultContactTimingID: Field<Int64>
    /// The default voice.
    public var defaultVoiceID: Field<Int64>
    /// What campaigns do by default when a machine answers.
    public var answeringMachineOption: Field<AnsweringMachineOption>
    /// Whether wireless numbers are removed before dialling, by its name; the portal's own setting has four values.
    public var scrubWireless: Field<Bool>
    /// Whether resource groups are allowed.
    public var acdResourceGroupEnabled: Field<Bool>
    /// Whether routing by agent skill is allowed.
    public var acdAgentSkillEnabled: Field<Bool>
    /// Whether an account's do-not-call mark is checked at the moment of dialling.
    public var acctRealtimeDnc: Field<Bool>
    /// The default local caller-id package.
    public var lcidPackageID: Field<Int64>
    /// Whether campaigns report only after all retries.
    public var reportOnlyAfterAllRetries: Field<Bool>
    /// Members that the vendor's page does not name.
    public var others: [SettingObject.Member]

    /// Reads the answer; nil where it is no object.
    public init?(_ value: SettingValue) {
        guard var reader = MemberReader(value) else { return nil }
        displayName = reader.text("displayName")
        clientCode = reader.text("clientCode")
        defaultScreenPopID = reader.integer("defaultScreenPopId")
        defaultDialingProfileID = reader.integer("defaultDialingProfileId")
        serviceLevelSeconds = reader.integer("serviceLevelSeconds")
        restrictStrategiesScope = reader.boolean("restrictStrategiesScope")
        defaultStrategyID = reader.integer("defaultStrategyId")
        requeueStrategyID = reader.integer("requeueStrategyId")
        defaultContactTimingID = reader.integer("defaultContactTimingId")
        defaultVoiceID = reader.integer("defaultVoiceId")
        answeringMachineOption = reader.field("answeringMachineOption") {
            WireValue.text($0).map(AnsweringMachineOption.init)
        }
        scrubWireless = reader.boolean("scrubWireless")
        acdResourceGroupEnabled = reader.boolean("acdResourceGroupEnabled")
        acdAgentSkillEnabled = reader.boolean("acdAgentSkillEnabled")
        acctRealtimeDnc = reader.boolean("acctRealtimeDnc")
        lcidPackageID = reader.integer("lcidPackageId")
        reportOnlyAfterAllRetries = reader.boolean("reportOnlyAfterAllRetries")
        others = reader.others
    }
}
