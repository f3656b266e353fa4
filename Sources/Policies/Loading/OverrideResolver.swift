internal import AuditModel

/// Lays overrides over the rules of all files: first those for everybody, then those for scopes, then those for single
/// clients; among each of them, a later layer over an earlier one, and in a file from the top down.
struct OverrideResolver {
    /// Overrides with scopes that one rule can have: each doubles the forms of the rule.
    static let scopeLimit = 6

    /// An override that is laid over one rule.
    struct Applied {
        var draft: Int
        var override: OverrideDraft
    }

    private struct Position: Hashable {
        var draft: Int
        var rule: Int
    }

    private(set) var drafts: [PolicyDraft]
    private var applied: [Position: [Applied]] = [:]
    private var told: Set<Diagnostic> = []

    /// - Parameter drafts: in the order of the files' names.
    init(_ drafts: [PolicyDraft]) { self.drafts = drafts }

    /// The rules with all overrides laid over them; mistakes are in the drafts' logs.
    mutating func rules() -> [CompiledRule] {
        findTargets()
        var rules: [CompiledRule] = []
        for draft in drafts.indices {
            for rule in drafts[draft].rules.indices {
                let position = Position(draft: draft, rule: rule)
                rules.append(resolved(position, applied[position] ?? []))
            }
        }
        return rules
    }

    // MARK: Targets

    private mutating func findTargets() {
        var positions: [String: Position] = [:]
        var policies: [String: Int] = [:]
        for (draft, content) in drafts.enumerated() {
            if let id = content.id?.text { policies[id] = policies[id] ?? draft }
            for (rule, content) in content.rules.enumerated() {
                positions[content.source.facts.id] =
                    positions[content.source.facts.id] ?? Position(draft: draft, rule: rule)
            }
        }
        let unreadable = Set(drafts.flatMap { $0.ruleIDs.map(\.id) })
        let byLayer = drafts.indices.sorted { (drafts[$0].layer, $0) < (drafts[$1].layer, $1) }
        for draft in byLayer {
            for override in drafts[draft].overrides {
                for target in override.targets {
                    switch target {
                    case .rule(let id, let place):
                        if let position = positions[id] {
                            apply(override, of: draft, to: position, isOfWholePolicy: false, at: place)
                        } else if !unreadable.contains(id) {
                            drafts[draft].log.error(
                                .unknownRule(id, in: "an override"), at: place,
                                suggestion: NearestName.to(id, among: positions.keys.sorted()))
                        }
                    case .policy(let id, let place):
                        guard let other = policies[id] else {
                            drafts[draft].log.error(
                                .unknownPolicy(id), at: place,
                                suggestion: NearestName.to(id, among: policies.keys.sorted()))
                            continue
                        }
                        for rule in drafts[other].rules.indices {
                            apply(
                                override, of: draft, to: Position(draft: other, rule: rule), isOfWholePolicy: true,
                                at: place)
                        }
                    }
                }
            }
        }
    }

    private mutating func apply(
        _ override: OverrideDraft, of draft: Int, to position: Position, isOfWholePolicy: Bool, at place: SourcePlace
    ) {
        let rule = drafts[position.draft].rules[position.rule]
        let id = rule.source.facts.id
        guard drafts[position.draft].layer <= drafts[draft].layer else {
            return tell(
                .overrideOfLaterLayer(id, otherPlace: self.place(rule.source.place, in: position.draft)), at: place,
                of: draft)
        }
        let parameters = drafts[position.draft].parameters
        for parameter in override.parameters {
            guard parameters.names.contains(parameter.name) else {
                tell(
                    .unknownParameter(parameter.name, in: "rule \(id)"), at: parameter.place, of: draft,
                    suggestion: NearestName.to(parameter.name, among: parameters.names))
                continue
            }
            if !parameters.accepts(parameter.value, for: parameter.name) {
                tell(
                    .overrideType(
                        parameter.name, CanonicalJSON.text(of: parameter.value),
                        wanted: parameters.values[parameter.name]?.typeName ?? "another"), at: parameter.valuePlace,
                    of: draft)
            } else if !isOfWholePolicy, !rule.parametersRead.contains(parameter.name), override.message == nil {
                warn(.parameterNotRead(parameter.name, by: id), at: parameter.place, of: draft)
            }
        }
        for other in applied[position] ?? [] { reportRepetition(of: override, of: draft, other, rule: id) }
        applied[position, default: []].append(Applied(draft: draft, override: override))
    }

    /// In one layer the order of files means nothing, so two of them must not say different things of the same clients.
    private mutating func reportRepetition(of override: OverrideDraft, of draft: Int, _ other: Applied, rule: String) {
        guard other.draft != draft, drafts[other.draft].layer == drafts[draft].layer,
            Self.canMeet(override.subject, other.override.subject)
        else { return }
        for field in override.fields {
            guard let same = other.override.fields.first(where: { $0.name == field.name }) else { continue }
            tell(
                .overrideRepeated(field.name, rule: rule, otherPlace: place(same.place, in: other.draft)),
                at: field.place, of: draft)
        }
    }

    private static func canMeet(_ one: OverrideSubject?, _ other: OverrideSubject?) -> Bool {
        switch (one, other) {
        case (nil, nil), (.scopes?, .scopes?): true
        case (.clients(let ones)?, .clients(let others)?):
            ones.contains { one in
                others.contains { other in
                    one.number == other.number
                        && (one.environment == nil || other.environment == nil || one.environment == other.environment)
                }
            }
        case (nil, _), (.scopes?, _), (.clients?, _): false
        }
    }

    // MARK: Forms

    private mutating func resolved(_ position: Position, _ applied: [Applied]) -> CompiledRule {
        let draft = drafts[position.draft].rules[position.rule]
        let everybody = applied.filter { $0.override.subject == nil }
        let scoped = applied.filter { if case .scopes? = $0.override.subject { true } else { false } }
        let single = applied.filter { if case .clients? = $0.override.subject { true } else { false } }
        let account = account(of: position, everybody, selective: scoped + single)
        guard !applied.isEmpty else { return draft.rule.with(overlay: nil, account: account) }
        if scoped.count > Self.scopeLimit, let last = scoped.last {
            tell(
                .tooManyOverrides(draft.source.facts.id, limit: Self.scopeLimit), at: last.override.place,
                of: last.draft)
            return draft.rule
        }
        let base = form(of: position, everybody) ?? draft.rule
        let selective = scoped + single
        let subjects = selective.compactMap(\.override.subject)
        var forms: [RuleOverlay.Selection: CompiledRule] = [:]
        for selection in Self.selections(subjects, scopes: scoped.count) where !selection.isEmpty {
            forms[selection] = form(of: position, everybody + selection.map { selective[$0] })
        }
        return base.with(
            overlay: selective.isEmpty ? nil : RuleOverlay(subjects: subjects, forms: forms), account: account)
    }

    /// Every set of overrides that some client can meet: any of the scopes, with those of one client or of none.
    private static func selections(_ subjects: [OverrideSubject], scopes: Int) -> Set<RuleOverlay.Selection> {
        let references = subjects.flatMap { subject -> [Waiver.ClientReference] in
            if case .clients(let references) = subject { references } else { [] }
        }
        var clients: Set<RuleOverlay.Selection> = [[]]
        let other = EnvironmentName("")
        for reference in references {
            for environment in [reference.environment ?? other, other] {
                let id = Client.ID(environment: environment, number: reference.number)
                clients.insert(
                    subjects.indices.filter { index in
                        if case .clients(let references) = subjects[index] {
                            references.contains { $0.matches(id) }
                        } else {
                            false
                        }
                    })
            }
        }
        var all: Set<RuleOverlay.Selection> = []
        for mask in 0..<(1 << scopes) {
            let chosen = (0..<scopes).filter { mask & (1 << $0) != 0 }
            for client in clients { all.insert(chosen + client) }
        }
        return all
    }

    /// The rule with some overrides laid over it; nil where it is wrong with them.
    private mutating func form(of position: Position, _ applied: [Applied]) -> CompiledRule? {
        let source = drafts[position.draft].rules[position.rule].source
        var values: [String: SettingValue] = [:]
        for parameter in applied.flatMap(\.override.parameters) { values[parameter.name] = parameter.value }
        let severity = applied.compactMap(\.override.severity?.value).last
        let disabling = applied.last { $0.override.disables != nil }
        let disabled = disabling.flatMap { applied -> String? in
            guard applied.override.disables?.value == true else { return nil }
            return "disabled at \(place(applied.override.place, in: applied.draft)): \(applied.override.reason ?? "")"
        }
        var table = drafts[position.draft].parameters.replacing(values)
        var message: MessageTemplate?
        if let applied = applied.last(where: { $0.override.message != nil }), let node = applied.override.message {
            var log = MistakeLog(drafts[applied.draft].log.source)
            message = MessageReader.template(of: node, in: source.name, parameters: &table, log: &log)
            for diagnostic in log.diagnostics where told.insert(diagnostic).inserted {
                drafts[applied.draft].log.append([diagnostic])
            }
        }
        var log = MistakeLog(drafts[position.draft].log.source)
        let rule = source.compiled(
            with: &table, log: &log, severity: severity, message: message, disabled: disabled)
        let problem = log.diagnostics.first { $0.severity == .error }
        if let problem, let blamed = applied.last(where: { !$0.override.parameters.isEmpty }) {
            tell(
                .overrideBreaksRule(source.facts.id, problem: problem.message),
                at: blamed.override.parameters[0].valuePlace, of: blamed.draft)
        }
        return rule
    }

    // MARK: Account

    private func account(of position: Position, _ everybody: [Applied], selective: [Applied]) -> RuleAccount {
        let draft = drafts[position.draft]
        let rule = draft.rules[position.rule]
        let file = draft.log.source.name
        func origin(_ place: SourcePlace) -> RuleOrigin { RuleOrigin(file: file, line: place.line) }
        var statements: [RuleAccount.Statement] = []
        func state(_ field: String, _ value: String, _ origin: RuleOrigin, subject: Int? = nil) {
            statements.append(RuleAccount.Statement(field: field, value: value, origin: origin, subject: subject))
        }
        for field in ["title", "severity", "scope", "when", "check", "message", "rationale", "remediation", "controls"]
        {
            if let entry = rule.source.fields[field] {
                state(field, entry.value.flowText, origin(entry.keyPlace))
            } else if field == "severity" {
                state(field, rule.source.facts.severity.rawValue, origin(rule.source.place))
            }
        }
        for (name, place) in draft.parameters.places where rule.parametersRead.contains(name) {
            guard let value = draft.parameters.defaults[name] else { continue }
            state("params.\(name)", CanonicalJSON.text(of: value), origin(place))
        }
        let all = everybody.map { ($0, Int?.none) } + selective.enumerated().map { ($1, Int?.some($0)) }
        for (applied, subject) in all {
            let override = applied.override
            func origin(_ place: SourcePlace) -> RuleOrigin {
                RuleOrigin(
                    file: drafts[applied.draft].log.source.name, line: place.line, subject: override.subject?.text,
                    reason: override.reason)
            }
            if let severity = override.severity {
                state("severity", severity.value.rawValue, origin(severity.place), subject: subject)
            }
            if let message = override.message {
                state("message", message.flowText, origin(message.place), subject: subject)
            }
            for parameter in override.parameters where rule.parametersRead.contains(parameter.name) {
                state(
                    "params.\(parameter.name)", CanonicalJSON.text(of: parameter.value), origin(parameter.place),
                    subject: subject)
            }
            if let disables = override.disables {
                state("disable", String(disables.value), origin(disables.place), subject: subject)
            }
        }
        for name in draft.parameters.setForRun.sorted(by: { $0.precedesInUTF16($1) })
        where rule.parametersRead.contains(name) {
            let value = draft.parameters.values[name].map { CanonicalJSON.text(of: $0) }
            state("params.\(name)", value ?? "", RuleOrigin(file: nil, line: 0))
        }
        return RuleAccount(statements)
    }

    // MARK: Mistakes

    private func place(_ place: SourcePlace, in draft: Int) -> String {
        "\(drafts[draft].log.source.name):\(place.line)"
    }

    private mutating func tell(
        _ mistake: PolicyMistake, at place: SourcePlace, of draft: Int, suggestion: String? = nil
    ) {
        let diagnostic = drafts[draft].log.source.error(mistake, at: place, suggestion: suggestion)
        if told.insert(diagnostic).inserted { drafts[draft].log.append([diagnostic]) }
    }

    private mutating func warn(_ mistake: PolicyMistake, at place: SourcePlace, of draft: Int) {
        let diagnostic = drafts[draft].log.source.diagnostic(.warning, at: place, mistake.sentence)
        if told.insert(diagnostic).inserted { drafts[draft].log.append([diagnostic]) }
    }
}
