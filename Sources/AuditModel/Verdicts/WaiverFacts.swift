/// What a report says about the waiver that is laid over a failure; the computed verdict stays a failure.
public struct WaiverFacts: Sendable, Hashable, Codable {
    /// The waiver's id.
    public var id: String
    /// Why the failure is accepted.
    public var reason: String
    /// Who answers for the exception; nil where the file does not say.
    public var owner: String?
    /// Who approved it.
    public var approver: String
    /// Where it was approved; nil where the file does not say.
    public var ticket: String?
    /// The first day on which it holds.
    public var from: CalendarDay
    /// The last day on which it holds.
    public var expires: CalendarDay
    /// How many days remain after the day that the report is about: 0 on the last day.
    public var daysLeft: Int
    /// The condition of `while:` as it is written, by path; nil for a waiver that holds whatever the value.
    public var condition: String?

    /// Joins the parts; the days left follow from the day that is told of.
    public init(
        id: String, reason: String, owner: String?, approver: String, ticket: String?, from: CalendarDay,
        expires: CalendarDay, on day: CalendarDay, condition: String? = nil
    ) {
        self.id = id
        self.reason = reason
        self.owner = owner
        self.approver = approver
        self.ticket = ticket
        self.from = from
        self.expires = expires
        daysLeft = expires.daysSince1970 - day.daysSince1970
        self.condition = condition
    }
}
