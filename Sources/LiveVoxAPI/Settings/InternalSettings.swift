public import AuditModel

/// The answer of "Read Client Internal Settings". The vendor calls no key mandatory.
public struct InternalSettings: Sendable, Hashable {
    /// Most contact attempts on one account in a day.
    public var maxDailyAttempts: Field<Int64>
    /// Days recordings stay available in the portal.
    public var callRecordingDays: Field<Int64>
    /// Whether portal passwords are encrypted.
    public var encryptCcsPassword: Field<Bool>
    /// Failed logins before a portal user is locked.
    public var maxFailedCcsLoginAttempts: Field<Int64>
    /// Whether agent passwords are encrypted ("Booblean" on the vendor's page).
    public var encryptAcdPassword: Field<Bool>
    /// Failed logins before an agent is locked.
    public var maxFailedAcdLoginAttempts: Field<Int64>
    /// Days until portal and agent passwords expire.
    public var passwordExpirationDays: Field<Int64>
    /// Members that the vendor's page does not name (older platforms send `answeringMachineDetection`).
    public var others: [SettingObject.Member]

    /// Reads the answer; nil where it is no object.
    public init?(_ value: SettingValue) {
        guard var reader = MemberReader(value) else { return nil }
        maxDailyAttempts = reader.integer("maxDailyAttempts")
        callRecordingDays = reader.integer("callRecordingDays")
        encryptCcsPassword = reader.boolean("encryptCcsPassword")
        maxFailedCcsLoginAttempts = reader.integer("maxFailedCcsLoginAttempts")
        encryptAcdPassword = reader.boolean("encryptAcdPassword")
        maxFailedAcdLoginAttempts = reader.integer("maxFailedAcdLoginAttempts")
        passwordExpirationDays = reader.integer("passwordExpirationDays")
        others = reader.others
    }
}
