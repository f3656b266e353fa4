internal import AuditModel

/// A rule as it stands in its file: it can be compiled again with other values, as overrides give them.
struct RuleSource {
    /// `rule LV-INT-003`, as mistakes name it.
    let name: String
    let fields: [String: YAMLNode.Entry]
    let isUndocumented: Bool
    let defaults: RuleDefaults
    let timeZones: NamedTimeZones?
    let scopes: [Scope]?
    let facts: RuleFacts
    let place: SourcePlace

    /// Compiles the rule; nil where it has a mistake, which is in the log then.
    ///
    /// - Parameter message: a template that takes the place of the rule's own.
    func compiled(
        with parameters: inout ParameterTable, log: inout MistakeLog, severity: Severity? = nil,
        message: MessageTemplate? = nil, disabled: String? = nil
    ) -> CompiledRule? {
        let errorsBefore = log.diagnostics.count { $0.severity == .error }
        var conditions = ConditionReader(
            rule: name, isUndocumented: isUndocumented, defaults: defaults, timeZones: timeZones,
            parameters: parameters, log: log)
        let condition = fields["when"].flatMap { conditions.condition(of: $0.value, key: "when", isWhen: true) }
        let check = fields["check"].flatMap { conditions.condition(of: $0.value, key: "check", isWhen: false) }
        parameters = conditions.parameters
        log = conditions.log
        // What a message names does not decide anything.
        let parametersRead = parameters.used
        let own = fields["message"].flatMap {
            MessageReader.template(of: $0.value, in: name, parameters: &parameters, log: &log)
        }
        if let message = fields["message"]?.value, (check?.expressions ?? []).contains(where: { $0.paths.count != 1 }) {
            let text = message.string ?? ""
            for name in ["value", "path"] where text.contains("{\(name)}") {
                log.warning(.valueOfExpression(name), at: message.place)
            }
        }
        guard let check, log.diagnostics.count(where: { $0.severity == .error }) == errorsBefore else { return nil }
        var facts = facts
        if let severity { facts.severity = severity }
        return CompiledRule(
            facts: facts, scopes: scopes, condition: condition, check: check, message: message ?? own,
            definition: RuleDefinition.digest(
                fields: fields, scopes: scopes, defaults: defaults, parameters: parameters,
                parametersRead: parametersRead, disabled: disabled),
            disabled: disabled)
    }
}

/// A rule of one file, before the overrides of other files are laid over it.
struct RuleDraft {
    var source: RuleSource
    var rule: CompiledRule
    /// The parameters that it names.
    var parametersRead: Set<String>
}
