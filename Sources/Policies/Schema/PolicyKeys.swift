internal import AuditModel

/// The keys of policy files.
enum PolicyKeys {
    static let file = KeyTable(
        [
            .init("policy", .map(head), isRequired: true, "What the file is: its id, title, version and owner."),
            .init(
                "params", .names(pattern: TextPattern.parameterName, of: parameter),
                "Values with names, written $name in matchers, params.name in expressions and {params.name} in messages. Each is of its default's type; a run, or an override, may set another value."
            ),
            .init(
                "scopes", .names(of: scope),
                "Sets of clients with names, by the clients' labels. A rule names them under scope."),
            .init("defaults", .map(defaults), "What the file's rules have where they do not say otherwise."),
            .init("rules", .list(of: .map(rule)), "The requirements, each with one verdict for each client."),
            .init(
                "override", .list(of: .map(override)),
                "Changes to rules of this file or of files that are loaded before it."),
        ], rules: [.atLeastOne(["rules", "override"])])

    static let head = KeyTable([
        .init(
            "id", .text(pattern: TextPattern.identifier), isRequired: true, "The policy's id, unique over all files."),
        .init("title", .text(), isRequired: true, "The policy's name for people."),
        .init("version", .textOrNumber, isRequired: true, "The version, as its owner counts."),
        .init("owner", .text(), "Who answers for the policy."),
    ])

    static let defaults = KeyTable([
        .init("severity", severity, "The severity of rules that state none; medium where nothing is said."),
        .init("absent", passOrFail, "What a key that is not there means to a check; fail where nothing is said."),
        .init("null", passOrFail, "What null means to a check; fail where nothing is said."),
    ])

    static let rule = KeyTable(
        [
            .init(
                "id", .text(pattern: TextPattern.identifier), isRequired: true,
                "The rule's id: stable, unique over all files, never used again."),
            .init("title", .text(), isRequired: true, "The requirement in one line, as it is when it holds."),
            .init("severity", severity, "How bad a failure is."),
            .init("scope", .oneOrMore(.text()), "The scopes whose clients it judges; without it, every client."),
            .init("when", .anything, "The rule is not applicable to a client for which this is false."),
            .init(
                "check", .anything, isRequired: true,
                "What must hold: settings by path, each with its matcher, and all, any, not, cel."),
            .init("message", message, "What a finding says."),
            .init("rationale", .text(), "Why the requirement is there."),
            .init("remediation", .text(), "What to do about a failure."),
            .init(
                "controls", .list(of: .either([.text(), .map(control)])), "The controls that the rule is evidence for."),
            .init("undocumented", .flag, "true: the rule may name settings that the vendor does not document."),
        ],
        rules: [
            .implication(
                ["properties": ["undocumented": ["const": true]], "required": ["undocumented"]],
                ["properties": ["when": openCondition, "check": openCondition]],
                otherwise: ["properties": ["when": condition, "check": condition]])
        ])

    static let control = KeyTable([
        .init("ref", .text(), isRequired: true, "The control, as PCI-DSS-4.0/8.3.4."),
        .init(
            "strength", .word(ControlReference.Strength.allCases.map(\.rawValue)),
            "supports: the setting is evidence. satisfies: the setting alone settles the control."),
        .init("caveat", .text(), "What the rule cannot show."),
    ])

    static let override = KeyTable(
        [
            .init("rule", .text(), "The rule that is changed."),
            .init("rules", .list(of: .text(), atLeast: 1), "The rules that are changed."),
            .init("policy", .text(), "The policy whose every rule is changed."),
            .init(
                "scope", .oneOrMore(.text()),
                "The scopes of this file for whose clients it holds; without it and clients, for all."),
            .init("clients", clients, "The clients for which it holds."),
            .init("severity", severity, "Another severity."),
            .init("params", .names(of: parameter), "Other values of the rules' parameters, of the same types."),
            .init("message", message, "Another message."),
            .init("disable", .flag, "true: the rule judges nobody, and says why. false: it judges again."),
            .init("reason", .text(), "Why; needed to disable a rule."),
        ],
        rules: [
            .exactlyOne(["rule", "rules", "policy"]), .notBoth("scope", "clients"),
            .implication(
                ["properties": ["disable": ["const": true]], "required": ["disable"]], ["required": ["reason"]]),
            .implication(
                ["not": ["anyOf": .array(["severity", "message", "disable"].map { ["required": [$0]] })]],
                ["properties": ["params": ["minProperties": 1]], "required": ["params"]]),
        ])

    // MARK: Values

    static let severity = ValueShape.word(Severity.allCases.map(\.rawValue))
    static let passOrFail = ValueShape.word(PassOrFail.allCases.map(\.rawValue))
    static let message = ValueShape.text(pattern: TextPattern.message)
    static let scope = ValueShape.names(of: .oneOrMore(.textOrNumber), atLeast: 1)
    static let clients = ValueShape.list(
        of: .either([.integer(1...SettingValue.largestInteger), .text(pattern: TextPattern.client)]), atLeast: 1)
    private static let parameterValue: [ValueShape] = [.flag, .number, .text(pattern: nil)]
    static let parameter = ValueShape.either(parameterValue + [.list(of: .either(parameterValue))])
    private static let condition = ValueShape.definition("condition").schema
    private static let openCondition = ValueShape.definition("openCondition").schema
}
