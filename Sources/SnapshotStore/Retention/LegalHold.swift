public import AuditModel
internal import GRDB

/// One row about legal hold: a client was put on hold, or released.
public struct LegalHold: Sendable, Hashable {
    /// What was done.
    public enum Action: String, Sendable, Hashable {
        case hold, release
    }

    /// The client.
    public var client: Client.ID
    /// What was done.
    public var action: Action
    /// Why, in the words of whoever did it; may be empty for a release.
    public var reason: String
    /// Who did it: a user of the system.
    public var notedBy: String
    /// When.
    public var notedAt: Timestamp

    /// Joins the parts.
    public init(client: Client.ID, action: Action, reason: String, notedBy: String, notedAt: Timestamp) {
        self.client = client
        self.action = action
        self.reason = reason
        self.notedBy = notedBy
        self.notedAt = notedAt
    }
}

extension SnapshotStore {
    /// Every hold and every release, in the order noted.
    public func legalHolds() throws(StoreError) -> [LegalHold] {
        try reading { db in try LegalHolds.all(in: db).map(\.hold) }
    }

    /// The clients that are on hold, each with the row that says so, by client.
    public func heldClients() throws(StoreError) -> [LegalHold] {
        try reading { db in LegalHolds.current(try LegalHolds.all(in: db).map(\.hold)) }
    }

    /// Puts a client on hold, or releases it. Nothing that is noted is ever changed.
    ///
    /// - Throws: ``StoreError/alreadyOnHold(_:)`` and ``StoreError/notOnHold(_:)`` where it is so already.
    public func note(_ hold: LegalHold) throws(StoreError) {
        let key = try key()
        try writing(durable: true) { db in
            let rows = try LegalHolds.all(in: db)
            let current = LegalHolds.current(rows.map(\.hold)).first { $0.client == hold.client }
            switch (hold.action, current) {
            case (.hold, let current?): throw StoreError.alreadyOnHold(current)
            case (.release, nil): throw StoreError.notOnHold(hold.client)
            case (.hold, nil), (.release, _?): break
            }
            try db.run(
                """
                INSERT INTO legal_hold (id, environment_id, client_number, action, reason, noted_by, noted_at, tag) \
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """, .integer(Int64(rows.count + 1)), .integer(try Self.rowID(of: hold.client.environment, in: db)),
                .integer(hold.client.number), .text(hold.action.rawValue), .text(hold.reason), .text(hold.notedBy),
                .integer(hold.notedAt.milliseconds), .bytes(key.tag(ofHold: hold, after: rows.last?.tag ?? [])))
        }
    }
}

/// Reads `legal_hold`.
enum LegalHolds {
    /// A row with its tag.
    struct Row {
        var id: Int64
        var hold: LegalHold
        var tag: [UInt8]
    }

    /// All rows, in the order noted.
    static func all(in db: Database) throws -> [Row] {
        try db.all(
            """
            SELECT legal_hold.id, environment.name, client_number, action, reason, noted_by, noted_at, tag \
            FROM legal_hold JOIN environment ON environment.id = environment_id ORDER BY legal_hold.id
            """
        ) { row in
            guard let action = LegalHold.Action(rawValue: row.text(3)) else {
                throw StoreError.inconsistent("legal_hold \(row.integer(0)) is neither a hold nor a release")
            }
            return Row(
                id: row.integer(0),
                hold: LegalHold(
                    client: Client.ID(
                        environment: EnvironmentName(row.text(1)), number: Int(row.integer(2))), action: action,
                    reason: row.text(4), notedBy: row.text(5), notedAt: Timestamp(milliseconds: row.integer(6))),
                tag: row.bytes(7))
        }
    }

    /// The clients that are on hold, by client.
    static func current(_ rows: [LegalHold]) -> [LegalHold] {
        var current: [Client.ID: LegalHold] = [:]
        for row in rows {
            switch row.action {
            case .hold: current[row.client] = row
            case .release: current[row.client] = nil
            }
        }
        return current.values.sorted { $0.client < $1.client }
    }

    /// The clients of an environment that are on hold.
    static func held(in db: Database, environmentRow: Int64) throws -> [LegalHold] {
        let name = try db.first("SELECT name FROM environment WHERE id = ?", .integer(environmentRow)) { $0.text(0) }
        return current(try all(in: db).map(\.hold)).filter { $0.client.environment.rawValue == name }
    }
}
