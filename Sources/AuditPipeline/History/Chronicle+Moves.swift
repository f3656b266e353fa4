public import AuditModel
import Policies
import SnapshotStore

/// A client whose verdict moved between two runs.
public struct VerdictMoveQuestion: Sendable, Hashable {
    /// The client.
    public var client: Client.ID
    /// The last run with the earlier verdict.
    public var before: AuditRun
    /// The first run with the later one.
    public var after: AuditRun

    /// Joins the parts.
    public init(client: Client.ID, before: AuditRun, after: AuditRun) {
        self.client = client
        self.before = before
        self.after = after
    }
}

extension Chronicle {
    /// What moved the verdicts of one rule, each between two runs that are known already; as ``verdictStory(of:for:over:)``
    /// tells it of one client. Clients that one of the runs did not judge are left out, and so are those whose runs recorded
    /// policies that this version cannot read.
    public func moves(
        of ruleID: String, _ questions: [VerdictMoveQuestion]
    ) throws -> [Client.ID: VerdictStory.Move] {
        var memory = RecordedRules(chronicle: self)
        var known: Set<String> = []
        var moves: [Client.ID: VerdictStory.Move] = [:]
        // In the order of the runs, so that each run's roster is read once.
        let ordered = questions.sorted {
            ($0.after.startedAt, $0.before.startedAt, $0.client) < ($1.after.startedAt, $1.before.startedAt, $1.client)
        }
        for question in ordered {
            let client = question.client
            guard let earlier = try store.night(of: client, in: question.before.id),
                let later = try store.night(of: client, in: question.after.id),
                let before = try memory.night(question.before, earlier, ruleID, &known),
                let after = try memory.night(question.after, later, ruleID, &known)
            else { continue }
            do {
                moves[client] = try VerdictTrial(
                    ruleID: ruleID, before: before, after: after, chronicle: self, memory: &memory, client: client
                ).move(missed: [])
            } catch PipelineError.recordedPoliciesUnreadable {
                continue
            }
        }
        return moves
    }
}
