/// One of the ten voices that are known by name; the list is open, since the vendor's page only says "include".
public struct VoiceTalent: Sendable, Hashable {
    /// The id on the wire.
    public let id: Int64
    /// The name.
    public let name: String

    /// The ten; there is no 7. Source: public client code (campaign enumeration), checked against the cell counts of
    /// the vendor's tables.
    public static let known: [VoiceTalent] = [
        VoiceTalent(id: 1, name: "Julie"), VoiceTalent(id: 2, name: "Juanita"), VoiceTalent(id: 3, name: "Kate"),
        VoiceTalent(id: 4, name: "Gisele"), VoiceTalent(id: 5, name: "Bob"), VoiceTalent(id: 6, name: "GruffM"),
        VoiceTalent(id: 8, name: "GruffF"), VoiceTalent(id: 9, name: "Lee"), VoiceTalent(id: 10, name: "Scarlet"),
        VoiceTalent(id: 11, name: "Claudine"),
    ]

    /// The name of a voice; nil for one that is not known.
    public static func name(of id: Int64) -> String? {
        known.first { $0.id == id }?.name
    }
}
