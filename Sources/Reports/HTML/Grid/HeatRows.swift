import AuditModel

/// The verdicts of a fleet as they are worth looking at: what is all well folded away, what is alike put together, and the
/// worst first.
struct HeatRows {
    /// Clients whose verdicts are the same under every rule.
    struct Row {
        /// By id; one or more.
        var clients: [Client]
        /// By column of the verdicts; nil where the rule was not judged for them.
        var marks: [ReportedVerdict?]
    }

    /// The rules that at least one client does not pass: columns of the verdicts, by severity, then by id.
    private(set) var columns: [Int] = []
    /// The clients that do not pass at least one rule, the worst first.
    private(set) var rows: [Row] = []
    /// Clients that pass every rule that applies to them, and that at least one applies to.
    private(set) var passing: [Client] = []
    /// Clients for which no rule came to a verdict but "not applicable".
    private(set) var unassessed: [Client] = []
    /// Rules that hold wherever they apply: columns of the verdicts.
    private(set) var passingColumns: [Int] = []
    /// Rules that apply to no client: columns of the verdicts.
    private(set) var idleColumns: [Int] = []

    /// - Parameters:
    ///   - severities: by column.
    ///   - waived: the findings with a waiver over them.
    init(_ verdicts: VerdictGrid, severities: [Severity], waived: [Finding]) {
        let width = verdicts.ruleIDs.count
        let rulesWaived = Dictionary(grouping: waived, by: \.client.id).mapValues { Set($0.map(\.result.ruleID)) }
        var places: [[ReportedVerdict?]: Int] = [:]
        var isNoted = Array(repeating: false, count: width)
        var isPassed = isNoted
        for (index, client) in verdicts.clients.enumerated() {
            let exceptions = rulesWaived[client.id]
            let marks = (0..<width).map { column in
                verdicts[index, column].map { cell in
                    let isWaived = exceptions?.contains(verdicts.ruleIDs[column]) ?? false
                    return ReportedVerdict(cell.verdict, isWaived: isWaived)
                }
            }
            for column in 0..<width {
                isNoted[column] = isNoted[column] || marks[column].isNotable
                isPassed[column] = isPassed[column] || marks[column] == .pass
            }
            if !marks.contains(where: \.isNotable) {
                if marks.contains(.pass) { passing.append(client) } else { unassessed.append(client) }
            } else if let place = places[marks] {
                rows[place].clients.append(client)
            } else {
                places[marks] = rows.count
                rows.append(Row(clients: [client], marks: marks))
            }
        }
        columns = (0..<width).filter { isNoted[$0] }.sorted { left, right in
            severities[left] == severities[right]
                ? verdicts.ruleIDs[left].precedesInUTF16(verdicts.ruleIDs[right]) : severities[left] > severities[right]
        }
        passingColumns = (0..<width).filter { !isNoted[$0] && isPassed[$0] }
        idleColumns = (0..<width).filter { !isNoted[$0] && !isPassed[$0] }
        let weighed = rows.map { (row: $0, weight: Self.weight($0, severities)) }
        rows = weighed.sorted { left, right in
            left.weight == right.weight
                ? left.row.clients[0].id < right.row.clients[0].id
                : right.weight.lexicographicallyPrecedes(left.weight)
        }.map(\.row)
    }

    /// How bad a row is: failures by severity, the worst first, then unknowns, then waived failures.
    private static func weight(_ row: Row, _ severities: [Severity]) -> [Int] {
        let failures = Severity.allCases.sorted(by: >).map { severity in
            row.marks.indices.count { row.marks[$0] == .fail && severities[$0] == severity }
        }
        return failures + [row.marks.count { $0 == .unknown }, row.marks.count { $0 == .waived }]
    }
}

extension ReportedVerdict? {
    /// Whether someone has to know of it: all but a pass and what does not apply.
    fileprivate var isNotable: Bool {
        switch self {
        case .fail?, .waived?, .unknown?: true
        case .pass?, .notApplicable?, nil: false
        }
    }
}
