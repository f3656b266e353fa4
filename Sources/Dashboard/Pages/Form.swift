import Reports

/// The filters of a page: plain forms that ask by GET, so that every answer has an address and no script is needed.
enum Form {
    /// A form that asks a page again.
    static func search(_ route: Route, label: String, button: String, hidden: Query = Query(), _ fields: [HTML]) -> HTML
    {
        HTML(
            "form",
            [
                .class("ask"), .init("method", "get"), .init("action", route.path()), .init("role", "search"),
                .init("aria-label", label),
            ]
        ) {
            Query.Name.allCases.compactMap { name in
                hidden[name].map { value in
                    HTML.void(
                        "input",
                        [.init("type", "hidden"), .init("name", name.rawValue), .init("value", value)])
                }
            }
            fields
            HTML("button", [.init("type", "submit")]) { button }
        }
    }

    /// A line of text.
    static func text(_ name: Query.Name, _ label: String, _ value: String?, hint: String = "") -> HTML {
        input("text", name, label, value, [.init("placeholder", hint), .init("autocomplete", "off")])
    }

    /// A day, which browsers offer a calendar for.
    static func day(_ name: Query.Name, _ label: String, _ value: String?, from first: String, to last: String) -> HTML
    {
        input("date", name, label, value, [.init("min", first), .init("max", last), .init("required", "required")])
    }

    private static func input(
        _ type: String, _ name: Query.Name, _ label: String, _ value: String?, _ attributes: [HTML.Attribute]
    ) -> HTML {
        HTML("label", [.class("field")]) {
            HTML("span") { label }
            HTML.void(
                "input",
                [.init("type", type), .init("name", name.rawValue), .init("value", value ?? "")] + attributes)
        }
    }

    /// One of several; the first choice asks nothing.
    static func choice(
        _ name: Query.Name, _ label: String, _ value: String?, none: String, _ choices: [(value: String, text: String)]
    ) -> HTML {
        HTML("label", [.class("field")]) {
            HTML("span") { label }
            HTML("select", [.init("name", name.rawValue)]) {
                HTML("option", [.init("value", "")]) { none }
                choices.map { choice in
                    let isChosen = choice.value == value
                    return HTML(
                        "option",
                        [.init("value", choice.value)] + (isChosen ? [.init("selected", "selected")] : [])
                    ) { choice.text }
                }
            }
        }
    }
}
