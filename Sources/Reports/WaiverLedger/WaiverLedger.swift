import AuditModel

/// The words of the ledger of waivers, which are the same in every format for people.
extension WaiverStanding {
    /// `2027-03-31, 12 days left`; `2027-03-31, its last day`; `2026-10-01, ended`; `2027-03-31, from 2026-12-01 on`.
    var lastDayWords: String {
        switch state {
        case .notYet: "\(facts.expires), from \(facts.from) on"
        case .inForce where facts.daysLeft == 0: "\(facts.expires), its last day"
        case .inForce: "\(facts.expires), \(Words.count(facts.daysLeft, "day")) left"
        case .ended: "\(facts.expires), ended"
        }
    }

    /// What it covers: `3 failures`; `nothing`, since there is none, or since it does not hold on the run's day.
    var coversWords: String { failures == 0 ? "nothing" : Words.count(failures, "failure") }

    /// `SEC-EXP-LIMIT, SEC-EXP-ON for na3/4199`.
    var scopeWords: String { "\(Words.list(ruleIDs, limit: 12)) for \(subject)" }

    /// Whether it ends soon or has ended, so that somebody must renew or remove it.
    var isEnding: Bool { state != .notYet && facts.daysLeft <= 14 }

    /// Whether it holds and covers nothing, so that it may go.
    var isIdle: Bool { state == .inForce && failures == 0 }
}

extension AuditPage {
    /// Every waiver of the run's files, also those that lie over no failure.
    var waiverLedger: HTML {
        Components.section(
            "waivers", "Waivers", count: report.waivers.count,
            remark: "Every waiver that the run was given, the next to end first."
        ) {
            Components.table(
                "The ledger of waivers", ["Waiver", "Last day", "Covers", "Rules and clients", "Owner", "Approved by"],
                report.waivers.map { waiver in
                    func badge(_ words: String, _ isDoubtful: Bool) -> HTML {
                        HTML("span", [isDoubtful ? .class("badge doubtful") : .class("badge")]) { words }
                    }
                    return [
                        HTML("div") {
                            Components.code(VisibleText.of(waiver.facts.id))
                            HTML("div", [.class("muted")]) { VisibleText.prose(waiver.facts.reason) }
                        },
                        badge(waiver.lastDayWords, waiver.isEnding),
                        waiver.isIdle ? badge(waiver.coversWords, true) : Components.text(waiver.coversWords),
                        Components.text(VisibleText.prose(waiver.scopeWords)),
                        Components.text(VisibleText.prose(waiver.facts.owner ?? "–")),
                        Components.text(VisibleText.prose(waiver.facts.approver)),
                    ]
                })
        }
    }
}

extension AuditMarkdown {
    /// Every waiver of the run's files, also those that lie over no failure.
    mutating func writeWaiverLedger() {
        guard !report.waivers.isEmpty else { return }
        page.heading("Waivers")
        page.table(
            ["last day", "waiver", "covers", "rules and clients", "owner", "approved by", "reason"],
            report.waivers.map { waiver in
                [
                    "\(waiver.lastDayWords)", "\(waiver.facts.id)", "\(waiver.coversWords)",
                    "\(VisibleText.prose(waiver.scopeWords))", "\(VisibleText.prose(waiver.facts.owner ?? ""))",
                    "\(VisibleText.prose(waiver.facts.approver))", "\(VisibleText.prose(waiver.facts.reason))",
                ]
            })
    }
}

extension AuditText {
    /// Every waiver of the run's files, also those that lie over no failure.
    mutating func writeWaiverLedger() {
        guard !report.waivers.isEmpty else { return }
        page.heading("WAIVERS", "\(Words.count(report.waivers.count, "waiver"))")
        page.rows(
            report.waivers.map { waiver in
                let last: TerminalText.Style = waiver.isEnding ? .yellow : .dim
                let covers: TerminalText.Style = waiver.isIdle ? .yellow : .dim
                return [
                    "\(VisibleText.of(waiver.facts.id), .bold)", "\(waiver.lastDayWords, last)",
                    "\(waiver.coversWords, covers)",
                    "\(VisibleText.prose(waiver.scopeWords)); \(VisibleText.prose(waiver.facts.peopleWords), .dim)",
                ]
            }, indent: 2)
    }
}
