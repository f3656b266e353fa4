internal import GRDB
internal import GRDBSQLite

/// A value that is bound to a statement's parameter.
enum BoundValue {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])

    static func integer(_ value: Int) -> BoundValue { .integer(Int64(value)) }
    static func text(_ value: String?) -> BoundValue { value.map { .text($0) } ?? .null }
    static func bytes(_ value: [UInt8]?) -> BoundValue { value.map { .bytes($0) } ?? .null }
}

/// A prepared statement, bound and stepped without GRDB's argument arrays and rows.
///
/// GRDB binds texts up to their first NUL and builds a row a step; settings are evidence, so texts keep their length
/// here, and a night of ten thousand clients pays neither the arrays nor the rows.
struct PreparedStatement {
    private let statement: Statement
    private let handle: SQLiteStatement
    private let connection: SQLiteConnection?

    init(_ statement: Statement, connection: SQLiteConnection?) {
        self.statement = statement
        handle = statement.sqliteStatement
        self.connection = connection
    }

    // SQLite copies the bytes before the call returns.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    /// Binds a parameter; positions count from 1.
    func bind(_ value: BoundValue, at position: Int32) throws {
        switch value {
        case .null: try check(sqlite3_bind_null(handle, position))
        case .integer(let value): try bind(value, at: position)
        case .text(var value):
            try check(
                value.withUTF8 { text in
                    guard let base = text.baseAddress else { return sqlite3_bind_text(handle, position, "", 0, nil) }
                    return base.withMemoryRebound(to: CChar.self, capacity: text.count) {
                        sqlite3_bind_text(handle, position, $0, Int32(text.count), Self.copied)
                    }
                })
        case .bytes(let value): try bind(value, at: position)
        }
    }

    /// Binds an integer.
    func bind(_ value: Int64, at position: Int32) throws {
        try check(sqlite3_bind_int64(handle, position, value))
    }

    /// Binds a blob.
    func bind(_ value: [UInt8], at position: Int32) throws {
        try check(
            value.withUnsafeBytes { bytes in
                guard let base = bytes.baseAddress, !bytes.isEmpty else {
                    return sqlite3_bind_zeroblob(handle, position, 0)
                }
                return sqlite3_bind_blob(handle, position, base, Int32(bytes.count), Self.copied)
            })
    }

    /// Goes to the next row; false at the end.
    func step() throws -> Bool {
        let code = sqlite3_step(handle)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw error(code)
        }
    }

    /// Makes the statement ready for the next round.
    func reset() { sqlite3_reset(handle) }

    /// Runs a statement that gives no rows.
    func run() throws {
        defer { reset() }
        while try step() {}
    }

    /// Whether a column of the row is NULL; columns count from 0.
    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    /// An integer column.
    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    /// An integer column that may be NULL.
    func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

    /// A text column, with all its bytes; "" for NULL.
    func text(_ column: Int32) -> String {
        guard let base = sqlite3_column_text(handle, column) else { return "" }
        return String(
            decoding: UnsafeBufferPointer(start: base, count: Int(sqlite3_column_bytes(handle, column))), as: UTF8.self)
    }

    /// A text or blob column as bytes; empty for NULL.
    func bytes(_ column: Int32) -> [UInt8] { withBytes(column) { Array($0) } }

    /// A text or blob column as bytes that are only valid during the call.
    func withBytes<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let base = sqlite3_column_blob(handle, column)
        let count = Int(sqlite3_column_bytes(handle, column))
        return try body(UnsafeRawBufferPointer(start: base, count: base == nil ? 0 : count))
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw error(code) }
    }

    private func error(_ code: Int32) -> DatabaseError {
        let message = connection.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: message, sql: statement.sql)
    }
}

extension Database {
    /// The statement of some SQL, prepared once a connection.
    func prepared(_ sql: String) throws -> PreparedStatement {
        PreparedStatement(try cachedStatement(sql: sql), connection: sqliteConnection)
    }

    /// Runs a statement that gives no rows.
    func run(_ sql: String, _ values: BoundValue...) throws {
        try bound(sql, values).run()
    }

    /// What `read` makes of the first row, or nil where there is none.
    func first<Result>(_ sql: String, _ values: BoundValue..., read: (PreparedStatement) throws -> Result) throws
        -> Result?
    {
        let statement = try bound(sql, values)
        defer { statement.reset() }
        return try statement.step() ? try read(statement) : nil
    }

    /// What `read` makes of every row. It must not run the same SQL again.
    func all<Result>(_ sql: String, _ values: BoundValue..., read: (PreparedStatement) throws -> Result) throws
        -> [Result]
    {
        let statement = try bound(sql, values)
        defer { statement.reset() }
        var results: [Result] = []
        while try statement.step() { results.append(try read(statement)) }
        return results
    }

    private func bound(_ sql: String, _ values: [BoundValue]) throws -> PreparedStatement {
        let statement = try prepared(sql)
        // A row that was stepped to and threw stays behind otherwise.
        statement.reset()
        for (index, value) in values.enumerated() { try statement.bind(value, at: Int32(index + 1)) }
        return statement
    }
}
