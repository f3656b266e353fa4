import AuditModel
import AuditPipeline
import Foundation
import Testing

extension PackBindingTests {
    /// What somebody would change who has our tool and renders everything anew.
    static let forgeries: [(name: String, forge: @Sendable (inout ReviewRecord) throws -> Void)] = [
        ("a failure left out", { $0.to.report.failures.removeLast() }),
        ("a failure of the earlier run left out", { $0.from.report.failures.removeFirst() }),
        ("a failure that is none", { $0.to.report.failures[0].result.verdict = .pass }),
        ("another value in a finding", { $0.to.report.failures[0].result.comparisons[0].actual = 3 }),
        ("another message", { $0.to.report.failures[0].result.message = "It is well." }),
        ("a finding under another client", { $0.to.report.failures[0].client = $0.to.roster[5] }),
        ("a client's name", { $0.to.report.failures[0].client.name = "Somebody else" }),
        ("a client's name everywhere", { $0.to.roster[0].name = "Somebody else" }),
        ("a label", { $0.to.roster[0].labels["line"] = "none" }),
        (
            "a failure that is called waived",
            { record in
                var finding = record.to.report.failures.removeLast()
                finding.waiver = WaiverFacts(
                    id: "W-9", reason: "r", owner: nil, approver: "a", ticket: nil, from: record.from.day,
                    expires: record.to.day, on: record.to.day)
                record.to.report.waived.append(finding)
            }
        ),
        ("a rule's title", { $0.to.report.rules[0].facts.title = "Something else" }),
        ("a rule's severity", { $0.to.report.rules[0].facts.severity = .info }),
        ("a count of a rule", { $0.to.report.rules[0].counts.fail += 1 }),
        ("an earlier grid", { $0.to.report.verdicts = $0.from.report.verdicts }),
        ("clients collected", { $0.to.report.completeness.clientsCollected -= 1 }),
        (
            "groups that failed",
            {
                $0.to.report.completeness.groupsFailed = 0; $0.to.report.completeness.groupsCaptured += 1
            }
        ),
        ("the run's version", { $0.to.report.run.toolVersion = "9" }),
        ("the base URL", { $0.to.report.run.baseURL = "https://api.example.com" }),
        ("the run's day", { $0.to.day = $0.from.day }),
        ("an unsynthetic run", { $0.to.report.run.isSynthetic = false }),
        ("a note", { $0.to.notes.append("All is well.") }),
        ("a change of settings left out", { $0.difference.settingsChanges.removeLast() }),
        ("a change of settings of no client", { $0.difference.settingsChanges[0].clients.removeLast() }),
        ("another value before a change", { $0.difference.settingsChanges[0].change.before = 77 }),
        ("a verdict change left out", { $0.difference.verdictChanges.removeLast() }),
        (
            "another verdict before a change",
            { record in
                let place = try #require(record.difference.verdictChanges.firstIndex { $0.before == .pass })
                record.difference.verdictChanges[place].before = .notApplicable
            }
        ),
        ("another verdict after a change", { $0.difference.verdictChanges[0].after = .notApplicable }),
        ("a side's counts", { $0.difference.to.counts?.fail -= 1 }),
        ("a patch left out", { $0.patches.entries.removeLast() }),
        ("another patch", { $0.patches.entries[0].patch = [] }),
        ("a night left out", { $0.nights.remove(at: 1) }),
        (
            "a night without failures",
            {
                $0.nights[1].failures += 1
            }
        ),
        ("a day without a run", { $0.daysWithoutRun.append($0.from.day) }),
        (
            "a waiver that nobody wrote",
            {
                let entry = """
                    {"id": "W-9", "subject": "demo/4199", "day": "2026-11-14", "isInEarlier": true, "isInLater": true,
                    "state": "in force", "from": "2026-01-01", "expires": "2026-12-31", "ruleIDs": ["SEC-ENC-CCS"],
                    "approver": "ciso", "reason": "accepted"}
                    """
                $0.waivers.append(try JSONDecoder().decode(LedgerEntry.self, from: Data(entry.utf8)))
            }
        ),
        ("a proven value", { $0.proven[0].value = 4711 }),
    ]
}
