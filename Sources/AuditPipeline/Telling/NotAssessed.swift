import AuditModel
import Policies

/// What a run does not show, in words, so that silence is never taken for assurance.
enum NotAssessed {
    /// What the Clients API does not tell of any client. Source: the vendor's page and its portal's documentation.
    static let always = [
        "Not visible through the Clients API: how long a lockout lasts, password strength and reuse rules, single sign-on and "
            + "one-time-password state, settings of Services that override the client's, the contents of Dialing Profiles, "
            + "Attempt Supervisor rules, and who changed what.",
        "An answer that belongs to another client can be recognised only by its client code (general settings) and by the "
            + "login's client id; the other groups carry no identity of their own.",
        "A snapshot is a sample: a change that was made and undone between two runs leaves no trace.",
    ]

    /// The sentence about what exported files cannot be compared with.
    static let earlierRunsOfExportedFiles =
        "Exported files hold one run, so nothing is compared with the run before; 'audit snapshot import' puts it into a store."

    /// The sentence about clients of the run that were left out when it was exported.
    static func clientsNotExported(_ count: Int, of total: Int) -> String {
        "\(count) of the run's \(ExitAssessment.count(total, "client")): not exported, so not judged here."
    }

    /// Everything that a report of these clients does not show.
    static func sentences(notCollected: Int, clients: [Client], policies: PolicySet?) -> [String] {
        var sentences: [String] = []
        if notCollected > 0 { sentences.append(countries(ofClients: notCollected)) }
        for scope in policies?.unmatchedScopes(for: clients) ?? [] {
            sentences.append(self.scope(scope.name))
            sentences += scope.labelsOfNoClient.map(label)
        }
        for override in policies?.unmatchedOverrides(for: clients) ?? [] {
            sentences.append(self.override(override.ruleID, for: override.subject))
        }
        sentences += (policies?.disabledRules(for: clients) ?? []).map(disabled)
        return sentences + always
    }

    /// The sentence about an override that changes nothing for anybody.
    static func override(_ ruleID: String, for subject: String) -> String {
        "The override of rule \(ruleID) for \(subject) matches no client, so it changes nothing; check its labels or ids."
    }

    /// The sentence about a rule that an override disables.
    static func disabled(_ rule: PolicySet.DisabledRule) -> String {
        "Rule \(rule.ruleID) does not judge \(ExitAssessment.count(rule.clientCount, "client")): \(rule.reason)"
    }

    /// The sentence about clients whose countries were not asked for.
    static func countries(ofClients count: Int) -> String {
        "Countries of \(count) client\(count == 1 ? "" : "s"): the API lists only those of the session's own client; rules on "
            + "them do not apply there. Give each client its own account, or say 'countries: shared' for the account."
    }

    /// The sentence about scopes that select nobody.
    static func scope(_ name: String) -> String {
        "The scope '\(name)' matches no client, so its rules judge nobody; check its labels against those of the clients."
    }

    /// The sentence about labels that scopes read and no client has.
    static func label(_ name: String) -> String {
        "No client has the label '\(name)', which a scope reads."
    }
}
