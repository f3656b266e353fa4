import AuditModel

/// What findings are filtered by, as the page's script reads it.
///
/// Names from outside never stand in attributes: rules and controls go by their places in the lists of the filter bar.
struct FilterKeys {
    /// Ids of rules: those of the report, and after them any that only a finding names.
    let ruleIDs: [String]
    /// References of controls that a rule with a finding names, sorted.
    let controls: [String]
    private let factsByID: [String: RuleFacts]
    private let numbers: [String: Int]

    /// How a finding stands, as the filter calls it.
    enum State: String, CaseIterable {
        case new, still, fixed, waived, unknown

        var words: String {
            switch self {
            case .new: "new"
            case .still: "still failing"
            case .fixed: "fixed"
            case .waived: "waived"
            case .unknown: "unknown"
            }
        }
    }

    /// The states and the severities that there are to choose from.
    let states: [State]
    let severities: [Severity]

    init(_ report: AuditReport) {
        let facts = report.factsByID
        factsByID = facts
        let findings = report.failures + report.waived + report.unknowns
        let fixed = Self.fixes(report)
        let told = Set(findings.map(\.result.ruleID)).union(fixed.map(\.ruleID))
        let known = report.rules.map(\.facts.id)
        ruleIDs = known + told.subtracting(known).sorted { $0.precedesInUTF16($1) }
        numbers = Dictionary(
            ruleIDs.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        controls = Set(told.flatMap { facts[$0]?.controls.map(\.reference) ?? [] }).sorted { $0.precedesInUTF16($1) }
        let states = Set(findings.map(\.filterState) + (fixed.isEmpty ? [] : [.fixed]))
        self.states = State.allCases.filter(states.contains)
        let severities = Set(
            findings.map { $0.result.severity ?? facts[$0.result.ruleID]?.severity ?? .info }
                + fixed.map { facts[$0.ruleID]?.severity ?? .info })
        self.severities = Severity.allCases.filter(severities.contains)
    }

    /// The moves of a report that are told as fixed.
    static func fixes(_ report: AuditReport) -> [VerdictChange] {
        report.verdictChanges.filter { $0.transition == .fixed && !TransitionCause.areOfTheRulesAlone($0.causes) }
    }

    /// The attributes of an element that tells of some rules' findings in a state.
    ///
    /// - Parameter severity: where an override gives another than the rule's own.
    func attributes(_ ruleIDs: [String], _ state: State, severity: Severity? = nil) -> [HTML.Attribute] {
        [
            .init("data-r", ruleIDs.compactMap { numbers[$0] }.map(String.init).joined(separator: " ")),
            .init("data-k", state.rawValue),
        ] + (severity.map { [.init("data-s", $0.rawValue)] } ?? [])
    }

    /// What the page calls the card of a rule.
    func number(of ruleID: String) -> Int? { numbers[ruleID] }

    /// How severe a rule is.
    func severity(of ruleID: String) -> Severity { factsByID[ruleID]?.severity ?? .info }

    /// The places of a rule's controls.
    func controlNumbers(of ruleID: String) -> [Int] {
        let references = Set(factsByID[ruleID]?.controls.map(\.reference) ?? [])
        return controls.indices.filter { references.contains(controls[$0]) }
    }
}

extension Finding {
    /// How it stands, as the filter calls it.
    var filterState: FilterKeys.State {
        if waiver != nil { return .waived }
        if result.verdict == .unknown { return .unknown }
        return isNews ? .new : .still
    }
}
