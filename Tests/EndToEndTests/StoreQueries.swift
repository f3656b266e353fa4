import Foundation
import GRDB

extension Fleet {
    /// The first row of a query on the database, its columns joined by blanks.
    func sqlite(_ sql: String) throws -> String {
        try firstRow(sql, of: folder.appending(path: "audit.sqlite"))
    }
}

/// The first row of a query on a database file, its columns joined by blanks.
func firstRow(_ sql: String, of file: URL) throws -> String {
    let queue = try DatabaseQueue(path: file.path)
    return try queue.read { db in
        try Row.fetchOne(db, sql: sql)?.databaseValues.map(\.description).joined(separator: " ") ?? ""
    }
}
