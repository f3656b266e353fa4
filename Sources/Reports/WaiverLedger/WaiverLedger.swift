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

    /// Whether it needs somebody: it ends soon or has ended, or covers nothing though it holds.
    var needsAttention: Bool {
        switch state {
        case .notYet: false
        case .inForce: facts.daysLeft <= 14 || failures == 0
        case .ended: true
        }
    }
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
                    let badge = HTML.Attribute.class(waiver.needsAttention ? "badge doubtful" : "badge")
                    return [
                        HTML("div") {
                            Components.code(VisibleText.of(waiver.facts.id))
                            HTML("div", [.class("muted")]) { VisibleText.prose(waiver.facts.reason) }
                        },
                        HTML("span", [badge]) { waiver.lastDayWords }, Components.text(waiver.coversWords),
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
                let style: TerminalText.Style = waiver.needsAttention ? .yellow : .dim
                return [
                    "\(VisibleText.of(waiver.facts.id), .bold)", "\(waiver.lastDayWords, style)",
                    "\(waiver.coversWords)",
                    "\(VisibleText.prose(waiver.scopeWords)); \(VisibleText.prose(waiver.facts.peopleWords), .dim)",
                ]
            }, indent: 2)
    }
}
