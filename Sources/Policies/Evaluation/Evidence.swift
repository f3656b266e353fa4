internal import AuditModel
internal import CEL

/// What the rules of a set read, each looked up once in a snapshot however many rules read it: keys for matchers, and
/// chains of keys for expressions.
struct Slots: Sendable {
    /// The operands of the expressions that share one set of parameters.
    struct ExpressionTable: Sendable {
        var parameters: [String: SettingValue]
        var references: SlotTable
    }

    private(set) var keys: [(group: SettingsGroup, key: String)] = []
    private(set) var expressionTables: [ExpressionTable] = []
    /// The scopes that rules name, alike ones once.
    private(set) var scopes: [Scope] = []

    mutating func slot(of scope: Scope) -> Int {
        if let index = scopes.firstIndex(where: { $0.selects(alike: scope) }) { return index }
        scopes.append(scope)
        return scopes.count - 1
    }

    mutating func slot(of key: String, in group: SettingsGroup) -> Int {
        if let index = keys.firstIndex(where: { $0.group == group && $0.key.isIdentical(to: key) }) { return index }
        keys.append((group, key))
        return keys.count - 1
    }

    /// Compiles an expression with its operands in a table, and gives the table's number.
    mutating func compile(
        _ source: String, in environment: CEL.Environment, parameters: [String: SettingValue]
    ) -> (program: CEL.Program?, table: Int) {
        let known = expressionTables.firstIndex { $0.parameters == parameters }
        let table = known ?? expressionTables.count
        if known == nil {
            expressionTables.append(ExpressionTable(parameters: parameters, references: SlotTable()))
        }
        let program = try? environment.compile(
            source, result: .bool, slots: &expressionTables[table].references)
        return (program, table)
    }
}

/// A snapshot as the rules of one set read it.
final class Evidence: Sendable {
    let snapshot: Snapshot
    /// The moment that expressions call `now`; nil where none is known.
    let now: Timestamp?
    /// By slot: nil where the group has no body, else the key's value, which is nil where the key is absent.
    let values: [SettingValue??]
    /// The same without anything to retain.
    let quickValues: [QuickValue]
    /// Whether the client is in each of the scopes.
    let scopeMatches: [Bool]
    /// The groups that have a body, see ``AuditModel/SettingsGroup``.`bit`.
    let capturedGroups: UInt8
    /// The operands of expressions, by table.
    let expressionSlots: [[Slot]]

    init(_ snapshot: Snapshot, _ slots: Slots, now: Timestamp? = nil) {
        self.snapshot = snapshot
        self.now = now
        let bodies = snapshot.groups.map { $1.value }
        values = slots.keys.map { slot in bodies[slot.group].map { $0[slot.key] } }
        quickValues = values.map(QuickValue.init)
        scopeMatches = slots.scopes.map { $0.matches(snapshot.client) }
        capturedGroups = bodies.pairs.reduce(0) { $1.value == nil ? $0 : $0 | $1.group.bit }
        expressionSlots = slots.expressionTables.map { table in
            table.references.slots {
                ExpressionVariables.value(of: $0, snapshot: snapshot, now: now, parameters: table.parameters)
            }
        }
    }
    /// The same snapshot at another moment: nothing but what reads `now` is looked up again.
    init(_ other: Evidence, _ slots: Slots, at moment: Timestamp) {
        snapshot = other.snapshot
        now = moment
        values = other.values
        quickValues = other.quickValues
        scopeMatches = other.scopeMatches
        capturedGroups = other.capturedGroups
        expressionSlots = zip(slots.expressionTables, other.expressionSlots).map { table, known in
            let references = table.references.references
            guard references.contains(where: { $0.variable == "now" }) else { return known }
            let moved = table.references.slots { name in
                name == "now"
                    ? ExpressionVariables.value(
                        of: name, snapshot: other.snapshot, now: moment, parameters: table.parameters) : nil
            }
            return references.indices.map { references[$0].variable == "now" ? moved[$0] : known[$0] }
        }
    }
}
