internal import AuditModel
internal import GRDB

extension SnapshotStore {
    /// Checks the file's structure, every reference and every digest. Reads all there is.
    ///
    /// - Throws: The first thing found: ``StoreError/damaged(path:detail:)``, ``StoreError/inconsistent(_:)`` or
    ///   ``StoreError/digestMismatch(what:stored:computed:)``.
    public func verifyIntegrity() throws(StoreError) {
        try reading { db in
            let finding = try db.first("PRAGMA integrity_check(1)") { $0.text(0) }
            guard finding == "ok" else { throw StoreError.damaged(path: path, detail: finding ?? "no answer") }
            let dangling = try db.first("PRAGMA foreign_key_check") { ($0.text(0), $0.text(2)) }
            if let (table, parent) = dangling {
                throw StoreError.inconsistent("a row of \(table) refers to a row of \(parent) that is not there")
            }
            try Self.verifyCaptures(in: db)
            try Self.verifyDigests(in: db)
        }
    }

    /// Documents are no foreign keys of `client_night`, whose columns hold codes, too.
    private static func verifyCaptures(in db: Database) throws {
        for group in SettingsGroup.allCases {
            let column = GroupCode.column(of: group)
            let dangling = try db.first(
                """
                SELECT client_number FROM client_night LEFT JOIN document \
                ON document.id = client_night.\(column) AND document.group_id = ? \
                WHERE client_night.\(column) > 0 AND document.id IS NULL
                """, .integer(GroupCode.code(of: group))
            ) { $0.integer(0) }
            if let dangling {
                throw StoreError.inconsistent(
                    "client \(dangling) has a document of \(group.rawValue) that is not there")
            }
            let unexplained = try db.first(
                """
                SELECT client_number FROM client_night WHERE \(column) = 0 AND NOT EXISTS (SELECT 1 FROM capture_failure \
                WHERE capture_failure.run_id = client_night.run_id \
                AND capture_failure.client_number = client_night.client_number AND capture_failure.group_id = ?)
                """, .integer(GroupCode.code(of: group))
            ) { $0.integer(0) }
            if let unexplained {
                throw StoreError.inconsistent("client \(unexplained) has no reason for its missing \(group.rawValue)")
            }
        }
    }

    private static func verifyDigests(in db: Database) throws {
        let contents = [
            ("document", "SELECT id, digest, json FROM document"), ("results", "SELECT id, digest, json FROM results"),
            ("policy text", "SELECT rowid, digest, text FROM policy_text"),
            ("policy set", "SELECT rowid, digest, members FROM policy_set"),
        ]
        for (what, sql) in contents {
            _ = try db.all(sql) { row in
                let stored = try row.digest(1)
                let computed = row.withBytes(2) { Digest(of: Array($0)) }
                guard stored == computed else {
                    throw StoreError.digestMismatch(
                        what: "\(what) \(row.integer(0))", stored: stored, computed: computed)
                }
            }
        }
        _ = try db.all("SELECT id, group_id, order_free_digest, json FROM document") { row in
            let group = try GroupCode.group(of: row.integer(1))
            let computed = KeyedLists.orderFreeDigest(of: try JSONReader.value(of: row.bytes(3)), group: group)
            let stored = try row.digest(2)
            guard stored == computed else {
                throw StoreError.digestMismatch(
                    what: "the order-free digest of document \(row.integer(0))", stored: stored, computed: computed)
            }
        }
    }
}
