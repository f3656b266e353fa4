import AuditModel
import Drift
import Policies

extension RunComparison {
    /// What the time between the two runs had to do with a rule's verdict; asked of rules that read it.
    func timeRole(in ruleID: String, _ earlier: Client?, _ later: Client?) throws -> TimeRole {
        guard let earlier, let later,
            [before, after].contains(where: { $0.policies?.readsNow(ruleID) ?? false })
        else { return .none }
        return try TimeRole { isLater, isRestLater in
            let moment = (isLater ? after : before).run.startedAt
            return isRestLater
                ? try after.verdict(of: ruleID, for: later, at: moment)
                : try before.verdict(of: ruleID, for: earlier, at: moment)
        }
    }
}
