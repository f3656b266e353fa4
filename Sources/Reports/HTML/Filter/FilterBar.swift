import AuditModel

/// The controls by which findings are narrowed. Hidden until the page's script shows them: without it everything is there.
struct FilterBar {
    let keys: FilterKeys

    var html: HTML {
        HTML(
            "div",
            [.class("filter"), .id("filter"), .init("role", "search"), .init("hidden", "")]
        ) {
            label("Client") {
                HTML.void(
                    "input", [.init("type", "search"), .init("autocomplete", "off"), .init("spellcheck", "false")])
            }
            if keys.severities.count > 1 {
                choices("Severity", "severity", keys.severities.map { ($0.rawValue, Components.pill($0)) })
            }
            if keys.states.count > 1 {
                choices("State", "state", keys.states.map { ($0.rawValue, HTML(text: $0.words)) })
            }
            label("Rule") {
                HTML("select", [.class("rules")]) {
                    HTML("option") { "all" }
                    keys.ruleIDs.map { id in
                        HTML(
                            "option",
                            [
                                .init("data-s", keys.severity(of: id).rawValue),
                                .init("data-c", keys.controlNumbers(of: id).map(String.init).joined(separator: " ")),
                            ]
                        ) { ValueText.shortened(id) }
                    }
                }
            }
            label("Control") {
                HTML("select", [.class("controls")]) {
                    HTML("option") { "all" }
                    keys.controls.map { reference in HTML("option") { ValueText.shortened(reference) } }
                }
            }
            HTML("button", [.init("type", "button")]) { "Clear" }
        }
    }

    /// What the filter leaves, for eyes, ears and paper.
    static var status: HTML {
        HTML("p", [.class("matches"), .id("matches"), .init("role", "status"), .init("hidden", "")]) { HTML.empty }
    }

    private func label(_ name: String, @HTMLBuilder _ control: () -> HTML) -> HTML {
        HTML("label", [.class("field")]) {
            HTML("span") { name }
            control()
        }
    }

    private func choices(_ name: String, _ group: StaticString, _ values: [(value: String, label: HTML)]) -> HTML {
        HTML("fieldset", [.class("field")]) {
            HTML("legend") { name }
            HTML("div") {
                values.map { choice in
                    HTML("label", [.class("choice")]) {
                        HTML.void(
                            "input",
                            [.init("type", "checkbox"), .init("name", "\(group)"), .init("value", choice.value)])
                        choice.label
                    }
                }
            }
        }
    }
}
