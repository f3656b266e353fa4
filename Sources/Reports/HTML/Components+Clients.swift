package import AuditModel

// Lists of clients with what belongs to each.
extension Components {
    /// Up to how many clients a list is open.
    private static let openClients = 12

    /// Clients with their codes, names and ids, each with the id of its finding where it has one; many are folded.
    package static func clientList(_ entries: [(client: Client, findingID: String?)]) -> HTML {
        let list = HTML("ul", [.class("clients")]) { entries.map(item) }
        guard entries.count > openClients else { return list }
        return HTML("details") {
            HTML("summary") {
                HTML("b") { Words.count(entries.count, "client") }
                ": "
                Words.list(entries.prefix(3).map { ValueText.shortened(Words.short($0.client)) })
                " …"
            }
            list
        }
    }

    private static func item(_ client: Client, _ findingID: String?) -> HTML {
        let name = client.name.isEmpty ? "" : ValueText.shortened(client.name) + " · "
        return HTML("li") {
            if !client.code.isEmpty {
                HTML("b") { ValueText.shortened(client.code) }
                " "
            }
            HTML("span") { name + client.id.description }
            if let findingID {
                " "
                HTML("code") { findingID }
            }
        }
    }
}
