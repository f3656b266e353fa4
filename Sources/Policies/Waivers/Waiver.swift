public import AuditModel

/// A dated exception: some rules' failures, for some clients, are accepted until a day. The verdict stays computed as it is.
public struct Waiver: Sendable {
    /// A client as a waiver names it.
    public struct ClientReference: Sendable, Hashable, CustomStringConvertible {
        /// The environment; nil for a bare number, which must be unique over all environments.
        public var environment: EnvironmentName?
        /// The vendor's number.
        public var number: Int

        /// Joins the two.
        public init(environment: EnvironmentName?, number: Int) {
            self.environment = environment
            self.number = number
        }

        /// `na3/4199`, or `4199`.
        public var description: String { (environment.map { "\($0)/" } ?? "") + String(number) }

        /// Whether this client is meant.
        public func matches(_ id: Client.ID) -> Bool {
            id.number == number && (environment.map { $0.rawValue.isIdentical(to: id.environment.rawValue) } ?? true)
        }
    }

    /// For whom it holds.
    enum Subject: Sendable {
        case clients([(reference: ClientReference, place: SourcePlace)])
        case scope(Scope, SourcePlace)
    }

    /// The id: unique over all files.
    public let id: String
    /// Where it starts in its file.
    public let place: SourcePlace
    /// The file's name.
    public let file: String
    /// Why the failures are accepted.
    public let reason: String
    /// Who answers for the exception; nil where the file does not say.
    public let owner: String?
    /// Who approved it.
    public let approver: String
    /// Where it was approved; nil where the file does not say.
    public let ticket: String?
    /// The first day on which it holds.
    public let from: CalendarDay
    /// The last day on which it holds.
    public let expires: CalendarDay
    /// `while:` as people read it, by path; nil for a waiver that holds whatever the value.
    public let conditionText: String?

    let rules: [(id: String, place: SourcePlace)]
    let subject: Subject
    let condition: Condition?
    let expiresPlace: SourcePlace

    /// The ids of the rules whose failures it covers, in the order of the file.
    public var ruleIDs: [String] { rules.map(\.id) }

    /// The clients that it names, in the order of the file; empty for one with a scope.
    public var clientReferences: [ClientReference] {
        if case .clients(let clients) = subject { clients.map(\.reference) } else { [] }
    }

    /// For whom it holds, as people read it: `na3/4199, na3/4200`, or `env=prod, line=care|sales`.
    public var subjectText: String {
        switch subject {
        case .clients(let clients): clients.map(\.reference.description).joined(separator: ", ")
        case .scope(let scope, _):
            scope.labels.map { "\($0.name)=\($0.values.joined(separator: "|"))" }.joined(separator: ", ")
        }
    }

    /// Whether it holds for a client, whatever the day.
    public func concerns(_ client: Client) -> Bool {
        switch subject {
        case .clients(let clients): clients.contains { $0.reference.matches(client.id) }
        case .scope(let scope, _): scope.matches(client)
        }
    }

    /// Whether it covers a rule.
    public func covers(_ ruleID: String) -> Bool { rules.contains { $0.id.isIdentical(to: ruleID) } }

    /// Whether it holds on a day: from ``from`` to ``expires``, both included.
    public func isInForce(on day: CalendarDay) -> Bool { from <= day && day <= expires }

    /// How many days remain after a day: 0 on the last one, negative once it has ended.
    public func daysLeft(on day: CalendarDay) -> Int { expires.daysSince1970 - day.daysSince1970 }

    /// Whether its `while:` holds for a client's settings. What cannot be told, or is not there, does not hold: a waiver
    /// never covers more than was seen by whoever approved it.
    func isPinned(to snapshot: Snapshot) -> Bool {
        guard let condition else { return true }
        var evaluation = Evaluation(Evidence(snapshot, Slots()), isWhen: false)
        return evaluation.outcome(of: condition) == .pass
    }

    /// What reports say about it, told on a day.
    public func facts(on day: CalendarDay) -> WaiverFacts {
        WaiverFacts(
            id: id, reason: reason, owner: owner, approver: approver, ticket: ticket, from: from, expires: expires,
            on: day, condition: conditionText)
    }
}
