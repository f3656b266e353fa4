public import AuditModel

/// The answer of "Read Client Voice Pool Settings": the voices that campaigns may use, in no meaningful order.
public struct VoicePool: Sendable, Hashable {
    /// One voice; the list of voices is open.
    public struct Voice: Sendable, Hashable {
        /// The id; see ``AuditModel/VoiceTalent`` for the names that are known.
        public var id: Field<Int64>
        /// Members that the vendor's page does not name.
        public var others: [SettingObject.Member]

        init?(_ value: SettingValue) {
            guard var reader = MemberReader(value) else { return nil }
            id = reader.integer("id")
            others = reader.others
        }
    }

    /// The voices in the order received.
    public var voices: Field<[Voice]>
    /// Members that the vendor's page does not name.
    public var others: [SettingObject.Member]

    /// Reads the answer; nil where it is no object.
    public init?(_ value: SettingValue) {
        guard var reader = MemberReader(value) else { return nil }
        voices = reader.field("voice") { $0.elements(Voice.init) }
        others = reader.others
    }

    /// The ids that could be read.
    public var ids: Set<Int64> { Set((voices.value ?? []).compactMap(\.id.value)) }
}
