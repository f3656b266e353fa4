internal import GRDB

/// The steps that bring a database to the newest schema. A step that was released never changes: a new one is added.
enum Migrations {
    /// `AUDT`: marks the file as this program's (`PRAGMA application_id`, bytes 68 to 71 of the file).
    static let applicationID: UInt32 = 0x4155_4454

    /// All steps.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("001 snapshots") { db in
            try db.execute(sql: Schema001.tables)
            try db.execute(sql: Schema001.triggers)
        }
        migrator.registerMigration("002 evidence") { db in
            try db.execute(sql: Schema002.tables)
            try db.execute(sql: Schema002.triggers)
            try LogWriter.appendAllSealedRuns(in: db)
        }
        migrator.registerMigration("003 notification") { db in
            try db.execute(sql: Schema003.tables)
        }
        migrator.registerMigration("004 retention") { db in
            try db.execute(sql: Schema004.tables)
            try db.execute(sql: Schema004.triggers)
        }
        return migrator
    }
}
