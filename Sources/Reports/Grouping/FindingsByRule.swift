import AuditModel

/// The findings of one rule: the rule is said once, then the clients with their values.
struct FindingsByRule {
    /// The rule.
    var facts: RuleFacts
    /// Its findings: new ones first, then by client.
    var findings: [Finding]

    /// The clients that have one.
    var clientCount: Int { Set(findings.map(\.client.id)).count }

    /// How many are news.
    var newCount: Int { findings.count { $0.isNews } }

    /// Findings by rule: severe rules first, then by id.
    static func grouped(_ findings: [Finding], facts: (String) -> RuleFacts?) -> [FindingsByRule] {
        // A rule that an override makes more or less severe for some clients is told of once for each severity.
        Dictionary(grouping: findings) { [$0.result.ruleID, $0.result.severity?.rawValue] }.map { _, findings in
            let result = findings[0].result
            // A report names all of its rules; a caller's omission must not hide a failure.
            var facts =
                facts(result.ruleID) ?? RuleFacts(id: result.ruleID, title: "", severity: .info, policyID: "")
            facts.severity = result.severity ?? facts.severity
            return FindingsByRule(
                facts: facts,
                findings: findings.sorted { left, right in
                    left.isNews == right.isNews ? left.client.id < right.client.id : left.isNews
                })
        }.sorted { left, right in
            left.facts.severity == right.facts.severity
                ? left.facts.id.precedesInUTF16(right.facts.id) : left.facts.severity > right.facts.severity
        }
    }

    /// The rules by severity, the worst first.
    static func bySeverity(_ rules: [FindingsByRule]) -> [(severity: Severity, rules: [FindingsByRule])] {
        Severity.allCases.compactMap { severity in
            let rules = rules.filter { $0.facts.severity == severity }
            return rules.isEmpty ? nil : (severity, rules)
        }
    }

    /// The findings by what was asked for: one entry for each (path, expected), with the comparisons of it that are shown.
    var requirements: [Requirement] {
        var requirements: [Requirement] = []
        var places: [Requirement.Key: Int] = [:]
        for finding in findings {
            for shown in finding.shownComparisons {
                let key = Requirement.Key(
                    path: shown.comparison?.path.generalised, expected: shown.comparison.map(ValueText.expected))
                let place = places[key] ?? requirements.count
                if place == requirements.count {
                    places[key] = place
                    requirements.append(Requirement())
                }
                requirements[place].append(Requirement.Row(finding: finding, shown: shown))
            }
        }
        return requirements
    }
}

/// One thing that a rule asks for, with each client that does not have it.
struct Requirement {
    struct Key: Hashable {
        var path: SettingPath?
        var expected: String?
    }

    struct Row {
        var finding: Finding
        var shown: ShownComparison

        /// What was compared.
        var comparison: Comparison? { shown.comparison }
    }

    private(set) var rows: [Row] = []

    /// The path that all rows share, else the pattern that they have in common; nil where nothing was compared.
    private(set) var path: SettingPath?

    /// Takes one row more.
    mutating func append(_ row: Row) {
        if rows.isEmpty {
            path = row.comparison?.path
        } else if let first = rows[0].comparison?.path, row.comparison?.path != first {
            path = first.generalised
        }
        rows.append(row)
    }

    /// What is asked for.
    var expected: String? { rows.first?.comparison.map(ValueText.expected) }

    /// What a reader must know besides, each said once.
    var notes: [String] { distinct(rows.compactMap { $0.comparison?.note }) }
}

extension Finding {
    /// Whether it is to be shown among the first.
    var isNews: Bool { transition == .new || transition == .firstSeen }
}

/// The texts without repetitions, in their order.
func distinct(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
}
