internal import GRDB

extension SnapshotStore {
    /// Reads in one transaction. Without one, every statement would take and release the lock of the file.
    func reading<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
        do {
            return try database.read(body)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Writes in one transaction, which is undone where `body` throws.
    ///
    /// Committed rows survive the process; after a power cut the last transactions may be gone, never a part of one.
    /// What must survive that, too, is `durable`: it waits for the disk.
    func writing<Result>(durable: Bool = false, _ body: (Database) throws -> Result) throws(StoreError) -> Result {
        guard access == .readWrite else { throw StoreError.openedForReading(path: path) }
        do {
            return try database.writeWithoutTransaction { db in
                if durable { try db.execute(sql: "PRAGMA synchronous = FULL") }
                defer {
                    // The default again; a failure here costs speed and no more.
                    if durable { try? db.execute(sql: "PRAGMA synchronous = NORMAL") }
                }
                var result: Result?
                try db.inTransaction(.immediate) {
                    result = try body(db)
                    return .commit
                }
                guard let result else { throw StoreError.inconsistent("a transaction ended without its result") }
                return result
            }
        } catch {
            throw StoreError(error, path: path)
        }
    }
}
