import AuditModel
import Reports

extension ClientPage {
    /// The settings that changed, each as a strip over all nights.
    func timelines(_ history: ClientHistory) -> HTML {
        Components.section("timelines", "Settings that changed", count: history.settings.count) {
            if history.settings.isEmpty {
                HTML("p", [.class("remark")]) { "No setting changed between two nights that captured it." }
            }
            if !history.settings.isEmpty {
                Components.table(
                    "Each from \(history.nights.first?.day.description ?? "") to \(history.nights.last?.day.description ?? "")",
                    ["Setting", "Timeline", "Now", "Changes", "Last change"],
                    history.settings.map { setting in
                        [
                            Parts.setting(setting.path, of: id),
                            TimelineStrip.svg(setting, nights: history.nights.count),
                            Components.code(ValueText.of(setting.spans.last?.value)),
                            Parts.number(setting.changeCount), lastChange(setting),
                        ]
                    })
            }
        }
    }

    private func lastChange(_ setting: ClientHistory.Setting) -> HTML {
        guard setting.spans.count > 1, let after = setting.spans.last else { return Components.muted("–") }
        return Self.interval(after: setting.spans[setting.spans.count - 2].last.run, before: after.first.run)
    }

    /// An interval in which something became what it is: a night is a sample.
    static func interval(after: DatedRun, before: DatedRun) -> HTML {
        HTML("span", [.class("interval")]) {
            HTML("span") {
                Components.muted("after ")
                Parts.day(after)
            }
            " "
            HTML("span") {
                Components.muted("by ")
                Parts.day(before)
            }
        }
    }

    /// The verdicts that moved.
    func flips(_ history: ClientHistory) -> HTML {
        guard !history.flips.isEmpty else { return .empty }
        return Components.section("moves", "Verdicts that moved", count: history.flips.count) {
            Components.table(
                "The newest first", ["Rule", "Move", "When"],
                history.flips.reversed().map { flip in
                    [
                        Parts.rule(flip.ruleID, in: id.environment, context.state), Self.move(flip),
                        Self.interval(after: flip.lastBefore, before: flip.firstAfter),
                    ]
                })
        }
    }

    /// A verdict before and after.
    static func move(_ flip: ClientHistory.Flip) -> HTML {
        HTML("span") {
            Parts.verdict(flip.before)
            " → "
            Parts.verdict(flip.after)
        }
    }

    /// For how long each rule failed.
    func exposures(_ history: ClientHistory) -> HTML {
        guard !history.exposures.isEmpty else { return .empty }
        return Components.section(
            "exposure", "How long rules failed", count: history.exposures.count,
            remark: "Two bounds, since a night is a sample; waived failures are failures here."
        ) {
            Components.table(
                "By rule", ["Rule", "Days failing", "Nights", "Now"],
                history.exposures.map { exposure in
                    [
                        Parts.rule(exposure.ruleID, in: id.environment, context.state),
                        Components.text(Self.days(exposure)), Parts.number(exposure.nights),
                        exposure.isOpen ? Parts.verdict(.fail) : Components.muted("over"),
                    ]
                })
        }
    }

    private static func days(_ exposure: ClientHistory.Exposure) -> String {
        func text(_ duration: Duration) -> String {
            let tenths = Int((duration / .seconds(86_400) * 10).rounded())
            return tenths % 10 == 0 ? Words.number(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
        }
        let (least, most) = (text(exposure.atLeast), text(exposure.atMost))
        return least == most ? least : "\(least) to \(most)"
    }
}
