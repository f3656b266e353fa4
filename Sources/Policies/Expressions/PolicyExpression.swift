internal import AuditModel
internal import CEL

/// A compiled expression of a `cel:` entry, with what it reads.
final class PolicyExpression: Sendable {
    let program: CEL.Program
    /// The groups that it names, whether or not an evaluation comes to read them.
    let groups: [SettingsGroup]
    /// The settings that it names, as chains of keys.
    let paths: [SettingPath]
    /// The labels that it names.
    let labels: Set<String>
    /// Whether it reads labels by other means than their names, so that any of them may count.
    let readsAllLabels: Bool
    let readsClientID: Bool
    let readsNow: Bool
    /// The parameters with their values; they belong to the file and to what overrides say, not to the snapshot.
    let parameters: [String: SettingValue]
    /// As people read it: the text on one line, shortened.
    let expected: String
    /// What a reader must know of the settings that it names: doubts of the catalogue.
    let caveats: [SettingPath: String]
    private let environment: CEL.Environment
    /// Where the policy set keeps its operands ready; nil for an expression outside of a set.
    let table: Int?

    init(_ program: CEL.Program, in environment: CEL.Environment, parameters: [String: SettingValue], table: Int? = nil)
    {
        self.program = program
        self.environment = environment
        self.parameters = parameters
        self.table = table
        var groups: Set<SettingsGroup> = []
        var paths: [SettingPath] = []
        var labels: Set<String> = []
        var readsAllLabels = false
        var readsClientID = false
        var readsNow = false
        for reference in program.references {
            if let group = SettingsGroup(rawValue: reference.variable) {
                groups.insert(group)
                paths.append(SettingPath(group, reference.path.map { .key($0) }))
            } else if reference.variable == "client" {
                switch reference.path.first {
                case "labels" where reference.path.count > 1: labels.insert(reference.path[1])
                case "labels": readsAllLabels = true
                case nil:
                    readsAllLabels = true
                    readsClientID = true
                default: readsClientID = true
                }
            } else if reference.variable == "now" {
                readsNow = true
            }
        }
        self.groups = groups.sorted()
        self.paths = paths
        self.labels = labels
        self.readsAllLabels = readsAllLabels
        self.readsClientID = readsClientID
        self.readsNow = readsNow
        caveats = Dictionary(
            paths.compactMap { path in SettingsCatalogue.definition(at: path)?.caveat.map { (path, $0) } },
            uniquingKeysWith: { first, _ in first })
        let line = program.source.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        expected = "cel: " + (line.unicodeScalars.count > 160 ? String(line.prefix(159)) + "…" : line)
    }

    /// The settings whose 0 may mean something else than a number, and which the expression never holds against 0.
    var pathsWithOpenZero: [SettingPath] {
        let tested = Set(
            program.zeroTests.compactMap { reference in
                SettingsGroup(rawValue: reference.variable).map { SettingPath($0, reference.path.map { .key($0) }) }
            })
        return paths.filter { SettingsCatalogue.definition(at: $0)?.zeroMeaning != nil && !tested.contains($0) }
    }

    /// The same, its operands in the slots of a policy set.
    func slotted(by slots: inout Slots) -> PolicyExpression {
        let (program, table) = slots.compile(program.source, in: environment, parameters: parameters)
        // A text that compiled once compiles again.
        guard let program else { return self }
        return PolicyExpression(program, in: environment, parameters: parameters, table: table)
    }

    /// Whether it holds; an error where it has no value.
    func holds(for evidence: Evidence) -> Result<Bool, EvaluationError> {
        let slots = table.map { evidence.expressionSlots[$0] } ?? ownSlots(of: evidence)
        do {
            return .success(try program.bool(slots))
        } catch {
            return .failure(error)
        }
    }

    /// The same with every operand that was read.
    func trace(for evidence: Evidence) -> [TracedOperand] {
        program.trace(table.map { evidence.expressionSlots[$0] } ?? ownSlots(of: evidence)).operands
    }

    private func ownSlots(of evidence: Evidence) -> [Slot] {
        var table = SlotTable()
        _ = try? environment.compile(program.source, result: .bool, slots: &table)
        return table.slots {
            ExpressionVariables.value(of: $0, snapshot: evidence.snapshot, now: evidence.now, parameters: parameters)
        }
    }
}
