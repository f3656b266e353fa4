internal import AuditModel
internal import GRDB

/// Reads nights of one run.
struct NightReader {
    private let db: Database
    private let run: RunRow

    /// A reader for a run.
    init(_ run: RunRow, in db: Database) {
        self.db = db
        self.run = run
    }

    /// A night whose failures are still to be looked up.
    struct Unresolved {
        var number: Int
        var captures: PerGroup<StoredCapture?>
        var times: PerGroup<CaptureTimes?>
        var results: ResultsID?
        /// Whether the row was pruned, and this is what its mark says.
        var isHashOnly: Bool

        /// Reads ``NightTable/columns``, which start at a column.
        init(_ row: PreparedStatement, from first: Int32 = 0, since start: Timestamp) throws {
            number = Int(row.integer(first))
            captures = try PerGroup { group in
                try StoredCapture.capture(ofCode: row.integer(first + Int32(GroupCode.code(of: group))))
            }
            results = row.optionalInteger(first + 6).map { ResultsID($0) }
            isHashOnly = row.isNull(first + 7)
            guard !isHashOnly else {
                times = PerGroup(repeating: nil)
                return
            }
            do {
                times = try row.withBytes(first + 7) { try TimesCode.times(of: $0, since: start) }
            } catch StoreError.inconsistent(let clause) {
                throw StoreError.inconsistent("\(clause) (client \(number))")
            }
        }

        /// Whether a group has failed.
        var hasFailures: Bool { SettingsGroup.allCases.contains { captures[$0] == nil } }
    }

    /// The night of one client, or nil.
    func night(of number: Int) throws -> ClientNight? {
        let nights = try NightTable(run, in: db).all(clients: number...number) {
            try Unresolved($0, since: run.run.startedAt)
        }
        return try resolved(nights).first
    }

    /// The nights of clients with higher numbers than one, by number, at most so many.
    func nights(after number: Int, limit: Int) throws -> [ClientNight] {
        guard number < Int.max else { return [] }
        return try resolved(
            try NightTable(run, in: db).all(clients: number + 1...Int.max, limit: limit) {
                try Unresolved($0, since: run.run.startedAt)
            })
    }

    /// Nights by number, with their failures: of several attempts the highest.
    func resolved(_ nights: [Unresolved]) throws -> [ClientNight] {
        var failures: [Int: [SettingsGroup: CaptureFailure]] = [:]
        let failing = nights.filter(\.hasFailures)
        if let first = failing.first, let last = failing.last {
            let sql = """
                SELECT client_number, group_id, reason, status, request, detail FROM capture_failure \
                WHERE run_id = ? AND client_number BETWEEN ? AND ? ORDER BY client_number, group_id, attempt
                """
            let rows = try db.all(sql, .integer(run.rowID), .integer(first.number), .integer(last.number)) { row in
                (Int(row.integer(0)), try GroupCode.group(of: row.integer(1)), try Self.failure(row))
            }
            for (number, group, failure) in rows { failures[number, default: [:]][group] = failure }
        }
        return try nights.map { night in
            ClientNight(
                number: night.number,
                captures: try night.captures.map { group, capture in
                    if let capture { return capture }
                    guard let failure = failures[night.number]?[group] else {
                        throw StoreError.inconsistent(
                            "client \(night.number) has no reason for its missing \(group.rawValue) "
                                + "in run \(run.run.id)")
                    }
                    return .failure(failure)
                }, times: night.times, results: night.results, isHashOnly: night.isHashOnly)
        }
    }

    /// The failure in the columns 2 to 5: reason, status, request, detail.
    static func failure(_ row: PreparedStatement) throws -> CaptureFailure {
        guard let reason = CaptureFailure.Reason(rawValue: row.text(2)) else {
            throw StoreError.inconsistent("no failure has the reason \(row.text(2))")
        }
        return CaptureFailure(
            reason, status: row.optionalInteger(3).map { Int($0) }, request: row.text(4), detail: row.text(5))
    }
}
