import AuditModel

/// The sentence in which a run notes that an account's password ends soon, and back.
///
/// The sentence is all that a store has of it: what the platform says at a login is no capture. So both directions stand
/// here together.
public struct PasswordNotice: Sendable, Hashable {
    /// The account, as the configuration names it.
    public var account: String
    /// The days that were left at the run.
    public var days: Int

    private static let beginning = "The password of account '"
    private static let middle = "' expires in "
    private static let end = "; change it before the nightly run is refused."

    /// Joins the two.
    public init(account: String, days: Int) {
        self.account = account
        self.days = days
    }

    /// Reads a run's note; nil for one about something else.
    init?(note: String) {
        guard note.hasPrefix(Self.beginning), note.hasSuffix(Self.end) else { return nil }
        let text = note.dropFirst(Self.beginning.count).dropLast(Self.end.count)
        // The last one: an account may be named anything.
        guard let split = text.ranges(of: Self.middle).last,
            let days = text[split.upperBound...].split(separator: " ").first.flatMap({ Int($0) })
        else { return nil }
        self.init(account: String(text[..<split.lowerBound]), days: days)
    }

    /// The sentence.
    public var note: String {
        Self.beginning + account + Self.middle + "\(days) day\(days == 1 ? "" : "s")" + Self.end
    }
}
