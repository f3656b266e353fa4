internal import AuditModel

/// One entry under `override:`, as far as one file tells.
struct OverrideDraft {
    /// What the entry is about.
    enum Target {
        case rule(String, SourcePlace)
        case policy(String, SourcePlace)
    }

    struct Parameter {
        var name: String
        var value: SettingValue
        var place: SourcePlace
        var valuePlace: SourcePlace
    }

    var targets: [Target]
    /// Nil for everybody.
    var subject: OverrideSubject?
    var severity: (value: Severity, place: SourcePlace)?
    var message: YAMLNode?
    var parameters: [Parameter] = []
    var disables: (value: Bool, place: SourcePlace)?
    var reason: String?
    var place: SourcePlace

    /// The fields that it sets, as mistakes name them, each with its place.
    var fields: [(name: String, place: SourcePlace)] {
        var fields: [(name: String, place: SourcePlace)] = []
        if let severity { fields.append(("severity", severity.place)) }
        if let message { fields.append(("message", message.place)) }
        if let disables { fields.append(("disable", disables.place)) }
        return fields + parameters.map { ("params.\($0.name)", $0.place) }
    }
}
