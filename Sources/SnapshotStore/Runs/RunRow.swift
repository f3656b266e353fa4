internal import AuditModel
internal import GRDB

/// A run with the numbers of its rows.
struct RunRow {
    /// `run.id`.
    var rowID: Int64
    /// `run.roster_id`.
    var rosterRowID: Int64
    /// `run.environment_id`.
    var environmentRowID: Int64
    /// The run.
    var run: AuditRun

    /// The columns that ``init(_:from:)`` reads.
    static let columns = """
        run.id, run.roster_id, run.environment_id, run.uuid, environment.name, run.base_url, run.is_synthetic, \
        run.kind, run.state, run.started_at, run.sealed_at, run.policy_set, run.waiver_set, run.tool_version, \
        run.client_count
        """
    /// The number of ``columns``.
    static let columnCount: Int32 = 15
    /// The tables that ``columns`` are of.
    static let tables = "run JOIN environment ON environment.id = run.environment_id"

    /// Reads a row of ``columns``, which start at column 0.
    init(_ row: PreparedStatement) throws {
        guard let kind = AuditRun.Kind(rawValue: row.text(7)), let state = AuditRun.State(rawValue: row.text(8)) else {
            throw StoreError.inconsistent("run \(row.text(3)) is of the kind \(row.text(7)) and \(row.text(8))")
        }
        rowID = row.integer(0)
        rosterRowID = row.integer(1)
        environmentRowID = row.integer(2)
        run = AuditRun(
            id: AuditRun.ID(row.text(3)), environment: EnvironmentName(row.text(4)), baseURL: row.text(5),
            isSynthetic: row.integer(6) != 0, kind: kind, state: state,
            startedAt: Timestamp(milliseconds: row.integer(9)),
            sealedAt: row.optionalInteger(10).map { Timestamp(milliseconds: $0) },
            policySet: try row.optionalDigest(11), waiverSet: try row.optionalDigest(12), toolVersion: row.text(13),
            clientCount: Int(row.integer(14)))
    }

    /// The run of an id.
    static func of(_ id: AuditRun.ID, in db: Database) throws -> RunRow {
        let sql = "SELECT \(columns) FROM \(tables) WHERE run.uuid = ?"
        guard let row = try db.first(sql, .text(id.rawValue), read: RunRow.init) else {
            throw StoreError.unknownRun(id)
        }
        return row
    }

    /// The run of an id, which must be open.
    static func ofOpen(_ id: AuditRun.ID, in db: Database) throws -> RunRow {
        let row = try of(id, in: db)
        guard row.run.state == .open else { throw StoreError.runIsSealed(id) }
        return row
    }
}
