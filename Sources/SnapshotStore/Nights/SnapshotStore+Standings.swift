public import AuditModel
internal import GRDB

/// One row of a night, as far as those need it who follow many nights at once.
public struct NightStanding: Sendable, Hashable {
    /// The client's number.
    public var number: Int
    /// Its results; nil where no rules were evaluated.
    public var results: ResultsID?
    /// How many of its groups could not be read.
    public var groupsFailed: Int
}

extension SnapshotStore {
    /// A number that is another one after anybody else has written to the database; it costs next to nothing. Only the same
    /// object's numbers can be compared.
    public func changeCounter() throws(StoreError) -> Int64 {
        try reading { db in try db.first("PRAGMA data_version") { $0.integer(0) } ?? 0 }
    }

    /// Goes through the rows of a run by client number, one at a time.
    ///
    /// - Parameter body: must not use the store, which is being read.
    public func forEachStanding(of run: AuditRun.ID, _ body: (NightStanding) -> Void) throws(StoreError) {
        try reading { db in
            let statement = try NightTable(try RunRow.of(run, in: db), in: db).statement(Self.standingColumns)
            defer { statement.reset() }
            while try statement.step() {
                body(
                    NightStanding(
                        number: Int(statement.integer(0)),
                        results: statement.optionalInteger(1).map { ResultsID($0) },
                        groupsFailed: Int(statement.integer(2))))
            }
        }
    }

    // 0 and -2 stand for what could not be read.
    private static let standingColumns: String = {
        let failed = SettingsGroup.allCases.map {
            "(\(GroupCode.column(of: $0)) IN (\(StoredCapture.failureCode), \(StoredCapture.notAttemptedCode)))"
        }
        return "client_number, results_id, \(failed.joined(separator: " + "))"
    }()
}
