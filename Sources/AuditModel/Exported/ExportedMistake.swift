/// Something in an exported file that is not as it must be.
public struct ExportedMistake: Error, Sendable, Hashable, CustomStringConvertible {
    /// The dotted place in the file, for example `groups.internal.answeredAt`; empty for the file as a whole.
    public var place: String
    /// What is wrong, and what belongs there.
    public var sentence: String

    /// Joins the two.
    public init(_ place: String, _ sentence: String) {
        self.place = place
        self.sentence = sentence
    }

    /// `groups.internal.answeredAt: …`
    public var description: String { place.isEmpty ? sentence : "\(place): \(sentence)" }
}
