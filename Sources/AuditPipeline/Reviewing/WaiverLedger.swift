public import AuditModel
import Policies

/// A waiver as one of the two runs of a review recorded it: who accepted which failures of whom, why, and until when.
public struct LedgerEntry: Sendable, Hashable, Codable {
    /// The waiver's id.
    public var id: String
    /// For whom it holds, as people read it; the review's one client alone, where it is of one.
    public var subject: String
    /// The day that it is told on: that of the later run which recorded it.
    public var day: CalendarDay
    /// Whether the earlier, and whether the later run recorded it.
    public var isInEarlier: Bool, isInLater: Bool
    /// Where it stands on the day.
    public var state: WaiverStanding.State
    /// The first and the last day on which it holds.
    public var from: CalendarDay, expires: CalendarDay
    /// The rules whose failures it covers.
    public var ruleIDs: [String]
    /// `while:` as people read it; nil for none.
    public var condition: String?
    /// Who answers for the exception; nil where the file does not say.
    public var owner: String?
    /// Who approved it.
    public var approver: String
    /// Where it was approved; nil where the file does not say.
    public var ticket: String?
    /// Why the failures are accepted.
    public var reason: String
}

/// The waivers that either run of a review recorded.
enum WaiverLedger {
    /// The entries, the next to end first.
    ///
    /// - Parameter clients: the clients that the review is of, whose waivers alone are told; nil for all.
    static func entries(earlier: WaiversOnDay, later: WaiversOnDay, clients: [Client]?) -> [LedgerEntry] {
        var found: [(waiver: Waiver, entry: LedgerEntry)] = []
        for waiver in later.waivers.waivers + earlier.waivers.waivers {
            // The same id with another text is told twice: it was changed in between.
            let facts = waiver.facts(on: later.day)
            if let place = found.firstIndex(where: { $0.waiver.facts(on: later.day) == facts }) {
                found[place].entry.isInEarlier = true
                continue
            }
            if let clients, !clients.contains(where: waiver.concerns) { continue }
            let isInLater = later.waivers.waivers.contains {
                $0.id == waiver.id && $0.facts(on: later.day) == facts
            }
            let own = clients.map { $0.filter(waiver.concerns).map(\.id.description) }
            let day = isInLater ? later.day : earlier.day
            let state: WaiverStanding.State =
                day < waiver.from ? .notYet : waiver.isInForce(on: day) ? .inForce : .ended
            found.append(
                (
                    waiver,
                    LedgerEntry(
                        id: waiver.id,
                        subject: own.map { Set($0).sorted().joined(separator: ", ") } ?? waiver.subjectText, day: day,
                        isInEarlier: !isInLater, isInLater: isInLater, state: state, from: waiver.from,
                        expires: waiver.expires, ruleIDs: waiver.ruleIDs, condition: waiver.conditionText,
                        owner: waiver.owner, approver: waiver.approver, ticket: waiver.ticket, reason: waiver.reason)
                ))
        }
        return found.map(\.entry).sorted { ($0.expires, $0.id) < ($1.expires, $1.id) }
    }
}
