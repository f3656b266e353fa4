import AuditModel
import AuditPipeline
import Policies

/// The words that commands have in common which hold policies against stored nights.
enum TrialWords {
    /// Where the nights are from: the mark of emulated data, the environment, the days, and how many nights and clients.
    static func head(_ nights: StoredNights, clients: Int) -> String {
        guard let first = nights.days.first, let last = nights.days.last, let run = nights.runs.first else { return "" }
        let mark = nights.isSynthetic ? "Synthetic data (emulator): " : ""
        let days = nights.runs.count == 1 ? "run of \(last)" : "\(first) → \(last)"
        let number = nights.runs.count == 1 ? "" : count(nights.runs.count, "night") + ", "
        return "\(mark)\(run.environment), \(days) (\(number)\(count(clients, "client")))"
    }

    /// A night as tables show it: `2026-11-04 (1a2b3c4d)`; nothing for nil.
    static func night(_ position: Int?, in nights: StoredNights) -> String {
        guard let position else { return "" }
        return "\(nights.days[position]) (\(nights.runs[position].id.short))"
    }

    /// `1 fail, 23 pass, 1 unknown`: what is there of the verdicts, the ones that need attention first.
    static func counts(_ counts: VerdictCounts) -> String {
        let parts = [
            (counts.fail, "fail"), (counts.unknown, "unknown"), (counts.pass, "pass"),
            (counts.notApplicable, "not applicable"),
        ].filter { $0.0 > 0 }
        return parts.isEmpty ? "nobody" : parts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    /// `demo/4203`, and how many more.
    static func clients(_ ids: [Client.ID]) -> String {
        guard let first = ids.first else { return "" }
        return ids.count == 1 ? first.description : "\(first) and \(ids.count - 1) more"
    }

    /// A verdict as people read it.
    static func verdict(_ verdict: Verdict?) -> String {
        switch verdict {
        case .pass?: "pass"
        case .fail?: "fail"
        case .unknown?: "unknown"
        case .notApplicable?: "not applicable"
        case nil: ""
        }
    }

    /// The sentences about scopes that none of the clients is in.
    static func sentences(_ scopes: [PolicySet.UnmatchedScope]) -> [String] {
        scopes.map { scope in
            let labels =
                scope.labelsOfNoClient.isEmpty
                ? "" : " (no client has the label \(scope.labelsOfNoClient.joined(separator: ", ")))"
            return "The scope '\(scope.name)' of \(scope.policyID) matches no client\(labels), so it judges nobody by "
                + "\(scope.ruleIDs.joined(separator: ", "))."
        }
    }

    /// What a result rests on, in one clause: `internal.passwordExpirationDays is 0, expected at most 90`.
    static func reason(_ result: RuleResult) -> String? {
        if let reason = result.notApplicableReason { return reason }
        if !result.missing.isEmpty { return result.missing.map(\.rawValue).joined(separator: ", ") + " not captured" }
        guard let comparison = result.comparisons.first else { return nil }
        let actual = comparison.actual.map(CanonicalJSON.text(of:)) ?? "absent"
        let shown = actual.count > 60 ? actual.prefix(59) + "…" : actual[...]
        return "\(comparison.path) is \(shown), expected \(comparison.isNegated ? "not " : "")\(comparison.expected)"
    }
}
