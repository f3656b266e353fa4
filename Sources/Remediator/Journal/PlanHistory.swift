public import AuditModel

/// What the journal knows of one plan.
public struct PlanHistory: Sendable, Hashable {
    /// What is known of one write.
    public enum State: Sendable, Hashable {
        /// It was never about to be sent.
        case untouched
        /// It was about to be sent, and perhaps was: neither an answer nor the pool has told yet.
        case open
        /// It took effect: the platform accepted it, or the pool had it.
        case done
        /// The pool told that it did not take effect.
        case notDone
    }

    /// One a write, in the plan's order.
    public private(set) var states: [State]
    /// Who applied it last.
    public private(set) var beginning: JournalEvent.Beginning?
    /// When the pool was found to be as wanted; nil where that has not been.
    public private(set) var appliedAt: Timestamp?

    /// Whether a write was ever about to be sent.
    public var isTouched: Bool { states.contains { $0 != .untouched } }
    /// How many writes, from the first on, are known to have taken effect.
    public var known: Int { states.prefix { $0 == .done }.count }

    /// Collects what some records say of a plan.
    public init(of plan: RemediationPlan, in records: [JournalRecord]) {
        states = Array(repeating: .untouched, count: plan.actions.count)
        let digest = plan.digest
        for record in records where record.plan == digest { add(record) }
    }

    private mutating func add(_ record: JournalRecord) {
        switch record.event {
        case .began(let beginning): self.beginning = beginning
        case .intent(let write, _, _): set(write, .open)
        case .accepted(let write): set(write, .done)
        // Still open: a time-out tells nothing, and even a refusal is believed only when the pool bears it out.
        case .failed(let write, _): set(write, .open)
        case .settled(let write, let tookEffect): set(write, tookEffect ? .done : .notDone)
        case .ended(.applied, _): appliedAt = appliedAt ?? record.at
        case .ended, .unread, .mended: break
        }
    }

    private mutating func set(_ write: Int, _ state: State) {
        if states.indices.contains(write) { states[write] = state }
    }
}
