import AuditModel

extension AuditPage {
    /// What the run says of each control that the policies name, framework by framework.
    var controls: HTML {
        Components.section(
            "controls", "Controls",
            remark:
                "Clients by the worst verdict among a control's rules. A setting supports a control; where a rule does not "
                + "say that it settles one, more is needed than this report."
        ) {
            controlGroups.map { group in
                HTML("div", [.class("framework")]) {
                    HTML("h3") {
                        HTML("span") { ValueText.shortened(group.title) }
                        HTML("span", [.class("muted")]) { summary(group) }
                    }
                    Components.table(
                        "\(ValueText.shortened(group.title)): clients by control",
                        ["Control", "Result", "Fail", "Unknown", "Waived", "Pass", "Not applicable", "Rules"],
                        group.controls.map(row))
                }
            }
        }
    }

    private func summary(_ group: ControlGroup) -> String {
        let counts = ReportedVerdict.allCases.map { verdict in
            (verdict, group.controls.count { $0.verdict == verdict })
        }
        return Words.count(group.controls.count, "control") + ": "
            + counts.filter { $0.1 > 0 }.map { "\(Words.number($0.1)) \(VerdictMapping.of($0.0).words)" }
            .joined(separator: " · ")
    }

    private func row(_ control: ControlGroup.Control) -> [HTML] {
        let clients = control.clients
        return [
            HTML("span", [.class("control")]) { ValueText.shortened(control.name) },
            HTML("span", [control.verdict.badgeClass]) {
                HTML("span", [.init("aria-hidden", "true")]) { control.verdict.sign + " " }
                VerdictMapping.of(control.verdict).words
            },
            number(clients.fail), number(clients.unknown), number(clients.waived), number(clients.pass),
            number(clients.notApplicable),
            HTML("div", [.class("control-rules")]) {
                control.rules.map { rule in
                    HTML("div") {
                        Components.code(ValueText.shortened(rule.facts.id))
                        HTML("span", [.class("muted")]) { " " + rule.reference.strength.rawValue }
                    }
                }
            },
        ]
    }

    func number(_ number: Int) -> HTML {
        number == 0 ? Components.muted("0") : HTML("span", [.class("number")]) { Words.number(number) }
    }
}

extension ReportedVerdict {
    fileprivate var badgeClass: HTML.Attribute {
        switch self {
        case .pass: .class("badge good")
        case .fail: .class("badge bad")
        case .unknown: .class("badge doubtful")
        case .waived: .class("badge waived")
        case .notApplicable: .class("badge")
        }
    }
}
