import AuditModel
import Reports

/// What is shown where there is no page: why, in words.
enum ProblemPage {
    /// A page with a heading and a sentence.
    static func view(_ title: String, _ sentence: String) -> View {
        View(
            title: title, place: nil, headline: title,
            content: .joined([
                HTML("p") { VisibleText.prose(ValueText.shortened(sentence, to: 600)) },
                HTML("p") { Parts.link(Link(route: .overview), "Back to the overview") },
            ]), json: { json(title, sentence) })
    }

    /// The same for machines.
    static func json(_ title: String, _ sentence: String) -> [UInt8] {
        Twin.document(
            "problem",
            [.init(key: "title", value: .string(title)), .init(key: "sentence", value: .string(sentence))])
    }
}

/// Where people show the token.
enum LoginPage {
    /// - Parameters:
    ///   - next: where to go then; nil for the overview.
    ///   - message: what went wrong with the attempt before.
    static func bytes(_ layout: Layout, next: String?, message: String?) -> [UInt8] {
        layout.bare(title: "Log in") {
            HTML("h1") { "audit" }
            HTML("p", [.class("muted")]) {
                "This dashboard is guarded. Enter the access token that it was started with."
            }
            if let message {
                HTML("p", [.class("notice"), .init("role", "alert"), .id("why")]) { message }
            }
            HTML("form", [.init("method", "post"), .init("action", Route.login.path())]) {
                HTML("label", [.class("field")]) {
                    HTML("span") { "Access token" }
                    HTML.void(
                        "input",
                        [
                            .init("type", "password"), .init("name", "token"), .init("required", "required"),
                            .init("autofocus", "autofocus"), .init("autocomplete", "current-password"),
                        ] + (message == nil ? [] : [.init("aria-describedby", "why")]))
                }
                if let next {
                    HTML.void("input", [.init("type", "hidden"), .init("name", "next"), .init("value", next)])
                }
                HTML("button", [.init("type", "submit")]) { "Log in" }
            }
        }
    }
}
