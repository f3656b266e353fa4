internal import AuditModel
internal import GRDB

/// What a client's night holds, as far as it tells one night from another: five documents, or what stands in their place, and
/// the results.
struct NightValues: Hashable {
    /// The group columns in their order.
    var captures: [Int64]
    /// `results_id`; nil where no rules were evaluated.
    var results: Int64?

    /// The columns that ``init(_:from:)`` reads.
    static let columns = "internal_id, settings_id, messaging_id, voice_pool_id, countries_id, results_id"

    /// Reads ``columns``, which start at a column.
    init(_ row: PreparedStatement, from first: Int32) {
        captures = (0..<5).map { row.integer(first + $0) }
        results = row.optionalInteger(first + 5)
    }

    /// Whether a group could not be read.
    var hasFailure: Bool {
        captures.contains { $0 == StoredCapture.failureCode || $0 == StoredCapture.notAttemptedCode }
    }

    /// What a row costs without its times, in bytes: what SQLite keeps of each integer, a byte for its type, and some for the row.
    static func size(ofIntegers integers: [Int64?]) -> Int {
        integers.reduce(6) { sum, value in
            guard let value, value != 0, value != 1 else { return sum + 1 }
            let bits = 64 - (value < 0 ? ~value : value).leadingZeroBitCount + 1
            return sum + 1 + (bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 24 ? 3 : bits <= 32 ? 4 : bits <= 48 ? 6 : 8)
        }
    }
}

/// A row of `unchanged_nights`: the nights of one client between two runs whose rows are kept.
struct UnchangedNights: Hashable {
    /// The client's number.
    var number: Int
    /// The start of the run before them, whose row is kept.
    var from: Int64
    /// The start of the run after them, whose row is kept.
    var through: Int64
    /// So many entries the log had at least when the mark was made; runs that came later are not meant, wherever they lie.
    var logSize: Int64
    /// What every one of the nights holds.
    var values: NightValues

    /// The columns that ``init(_:from:)`` reads.
    static let columns = "client_number, from_start, through_start, log_size, " + NightValues.columns

    /// Reads ``columns``, which start at a column.
    init(_ row: PreparedStatement, from first: Int32) {
        number = Int(row.integer(first))
        from = row.integer(first + 1)
        through = row.integer(first + 2)
        logSize = row.integer(first + 3)
        values = NightValues(row, from: first + 4)
    }

    /// Joins the parts.
    init(number: Int, from: Int64, through: Int64, logSize: Int64, values: NightValues) {
        self.number = number
        self.from = from
        self.through = through
        self.logSize = logSize
        self.values = values
    }

    /// Writes the mark.
    func write(environmentRow: Int64, in db: Database) throws {
        try db.run(
            """
            INSERT INTO unchanged_nights (environment_id, client_number, from_start, through_start, log_size, \
            \(NightValues.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, .integer(environmentRow), .integer(number), .integer(from), .integer(through), .integer(logSize),
            .integer(values.captures[0]), .integer(values.captures[1]), .integer(values.captures[2]),
            .integer(values.captures[3]), .integer(values.captures[4]),
            values.results.map { .integer($0) } ?? .null)
    }

    /// Lets the mark that begins there grow to this one.
    func grow(environmentRow: Int64, in db: Database) throws {
        try db.run(
            """
            UPDATE unchanged_nights SET through_start = ?, log_size = max(log_size, ?) \
            WHERE environment_id = ? AND client_number = ? AND from_start = ?
            """, .integer(through), .integer(logSize), .integer(environmentRow), .integer(number), .integer(from))
    }
}
