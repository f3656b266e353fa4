import AuditModel

extension AuditPage {
    /// How much of what was expected was got, and what is missing.
    var completeness: HTML {
        let completeness = report.completeness
        return Components.section(
            "completeness", "Completeness",
            remark: "What could not be read is told as unknown by every rule that needs it, and never as a pass."
        ) {
            HTML("dl", [.class("shares")]) {
                share(
                    "Clients",
                    [
                        (completeness.clientsCollected, "read without a gap", .class("pass")),
                        (
                            completeness.clientsExpected - completeness.clientsCollected, "with a gap",
                            .class("unknown")
                        ),
                    ])
                share(
                    "Settings groups",
                    [
                        (completeness.groupsCaptured, "captured", .class("pass")),
                        (completeness.groupsFailed, "failed", .class("unknown")),
                        (
                            completeness.groupsExpected - completeness.groupsCaptured - completeness.groupsFailed
                                - completeness.groupsNotCollected, "never asked for", .class("unknown")
                        ),
                        (completeness.groupsNotCollected, "not collected, by configuration", .class("none")),
                    ])
            }
            if hasGaps { gaps }
        }
    }

    /// One line: what there is of each kind, with a bar of the same numbers.
    private func share(_ name: String, _ parts: [(count: Int, words: String, fill: HTML.Attribute)]) -> HTML {
        let total = parts.reduce(0) { $0 + max(0, $1.count) }
        let told = parts.filter { $0.count > 0 }
        return .joined([
            HTML("dt") { name },
            HTML("dd") {
                HTML("span") {
                    total == 0
                        ? "none expected"
                        : "\(Words.number(total)) expected: "
                            + told.map { "\(Words.number($0.count)) \($0.words)" }.joined(separator: " · ")
                }
                Components.bar(told.map { ($0.count, $0.fill) })
            },
        ])
    }

    private var hasGaps: Bool {
        let completeness = report.completeness
        return !completeness.failures.isEmpty || !completeness.vanishedClients.isEmpty
            || !completeness.unassessedClients.isEmpty
    }

    private var gaps: HTML {
        let completeness = report.completeness
        var rows = FailedGroups.grouped(completeness.failures).map { failed in
            [
                Components.clientsOrOne(failed.clients),
                HTML(text: failed.groups.map(\.rawValue).joined(separator: ", ")),
                HTML("div") {
                    failed.words
                    if !failed.request.isEmpty {
                        HTML("div", [.class("muted")]) { Components.code(ValueText.shortened(failed.request)) }
                    }
                },
                HTML("span", [.class("brief")]) { failed.lastKnownAt?.rfc3339 ?? "never" },
            ]
        }
        rows += completeness.vanishedClients.map { client in
            [
                Components.client(client), Components.text("all"),
                Components.text("was on the roster of the run before, is not on this one, and is not marked retired"),
                Components.muted("–"),
            ]
        }
        rows += completeness.unassessedClients.map { client in
            [
                Components.client(client), Components.muted("–"), Components.text("no rule assesses this client"),
                Components.muted("–"),
            ]
        }
        return Components.table("What was expected and is missing", ["Clients", "Groups", "Why", "Last read"], rows)
    }
}
