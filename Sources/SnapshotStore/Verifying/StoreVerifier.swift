internal import AuditModel
internal import Evidence
internal import GRDB

extension SnapshotStore {
    /// Derives again all that can be derived: every digest, every run's trees and leaf, the log and its checkpoints, every
    /// reference. Nothing is changed. What does not hold is a finding, never an end.
    ///
    /// - Parameter progress: is told what is being looked at, and how much of it is done, from 0 to 1.
    /// - Throws: where the file cannot be read at all.
    public func verification(
        progress: (_ what: String, _ part: Double) -> Void = { _, _ in }
    ) throws(StoreError) -> StoreVerification {
        try withoutActuallyEscaping(progress) { progress throws(StoreError) in
            try reading { db in
                var verifier = StoreVerifier(db: db, key: storedKey, progress: progress)
                verifier.verifyAll()
                return verifier.outcome
            }
        }
    }
}

/// Checks one store in one transaction; each aspect is in a file of its own.
struct StoreVerifier {
    let db: Database
    let key: StoreKey?
    let progress: (String, Double) -> Void
    var outcome = StoreVerification()

    init(db: Database, key: StoreKey?, progress: @escaping (String, Double) -> Void) {
        self.db = db
        self.key = key
        self.progress = progress
        outcome.hasKey = key != nil
    }

    /// Everything. A part that cannot be read is a finding, and the others are looked at all the same.
    mutating func verifyAll() {
        attempt("database") { try $0.verifyFile() }
        attempt("database") { try $0.verifyReferences() }
        attempt("document") { try $0.verifyDocuments() }
        attempt("results") { try $0.verifyResults() }
        attempt("policy_set") { try $0.verifyPolicies() }
        attempt("roster") { try $0.verifyRosters() }
        attempt("raw_body") { try $0.verifyRawBodies() }
        attempt("evaluation") { try $0.verifyEvaluations() }
        attempt("run") { try $0.verifyRows() }
        attempt("unchanged_nights") { try $0.verifyMarks() }
        attempt("legal_hold") { try $0.verifyHolds() }
        attempt("log_entry") { try $0.verifyLog() }
        attempt("checkpoint") { try $0.verifyCheckpoints() }
    }

    private mutating func attempt(_ table: String, _ body: (inout StoreVerifier) throws -> Void) {
        do {
            try body(&self)
        } catch {
            outcome.add(table, "the table as a whole", error)
        }
    }

    private mutating func verifyFile() throws {
        progress("the file", 0)
        for finding in try db.all("PRAGMA integrity_check(20)", read: { $0.text(0) }) where finding != "ok" {
            outcome.add("database", "the file", finding)
        }
    }

    private mutating func verifyReferences() throws {
        let dangling = try db.all("PRAGMA foreign_key_check") {
            (table: $0.text(0), row: $0.optionalInteger(1), parent: $0.text(2))
        }
        for row in dangling {
            outcome.add(
                row.table, row.row.map { "\(row.table) \($0)" } ?? "a row",
                "it refers to a row of \(row.parent) that is not there")
        }
        let groups = try db.all("SELECT id, name FROM settings_group ORDER BY id") { ($0.integer(0), $0.text(1)) }
        let expected = SettingsGroup.allCases.map { (GroupCode.code(of: $0), $0.rawValue) }
        for (index, group) in groups.enumerated()
        where index >= expected.count || group.0 != expected[index].0 || !group.1.isIdentical(to: expected[index].1) {
            outcome.add("settings_group", "settings_group \(group.0)", "no group has this number and this name")
        }
        if groups.count < expected.count {
            outcome.add("settings_group", "settings_group", "a group is missing")
        }
    }
}
