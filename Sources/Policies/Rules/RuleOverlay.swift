internal import AuditModel

/// Whom an override is for, beside "everybody".
enum OverrideSubject: Sendable {
    case scopes([Scope])
    case clients([Waiver.ClientReference])

    func matches(_ client: Client) -> Bool {
        switch self {
        case .scopes(let scopes): scopes.contains { $0.matches(client) }
        case .clients(let references): references.contains { $0.matches(client.id) }
        }
    }

    /// As people read it: `scope production`, `client na3/4199`.
    var text: String {
        switch self {
        case .scopes(let scopes): "scope " + scopes.map(\.name).joined(separator: ", ")
        case .clients(let references): "client " + references.map(\.description).joined(separator: ", ")
        }
    }
}

/// The forms that a rule has for some clients: which overrides hold for a client picks one of them.
///
/// Every form is compiled when the files are loaded, so that a value that does not fit is a mistake of the file and
/// never a surprise of the night.
final class RuleOverlay: Sendable {
    /// The overrides that hold for a client, by their positions, in the order in which they are laid over each other.
    typealias Selection = [Int]

    let subjects: [OverrideSubject]
    let forms: [Selection: CompiledRule]

    init(subjects: [OverrideSubject], forms: [Selection: CompiledRule]) {
        self.subjects = subjects
        self.forms = forms
    }

    /// The rule's form for a client; nil where no override is for it.
    func form(for client: Client) -> CompiledRule? {
        let selection = subjects.indices.filter { subjects[$0].matches(client) }
        return selection.isEmpty ? nil : forms[selection]
    }

    /// Whether a form can depend on the client's number.
    var readsClientID: Bool {
        subjects.contains { if case .clients = $0 { true } else { false } }
            || forms.values.contains { $0.message?.readsClientID ?? false }
    }

    /// The same, each form's paths in slots.
    func slotted(by slots: inout Slots) -> RuleOverlay {
        var slotted: [Selection: CompiledRule] = [:]
        // In an order of their own, so that slots are numbered alike each time.
        for selection in forms.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            slotted[selection] = forms[selection]?.slotted(by: &slots)
        }
        return RuleOverlay(subjects: subjects, forms: slotted)
    }
}
