/// The verdict of every rule for every client of a run, passes included: what a report of failures alone cannot tell.
///
/// One byte a cell, so that a large fleet costs little: 100,000 clients × 50 rules are 5 MB. A waiver is not in it; it
/// lies over the finding (``Finding/waiver``).
public struct VerdictGrid: Sendable, Hashable, Codable {
    /// One verdict.
    public struct Cell: Sendable, Hashable, Codable {
        /// The computed verdict.
        public var verdict: Verdict
        /// Why the rule does not apply; nil otherwise, or where nothing was said.
        public var notApplicableReason: String?

        /// Joins the two.
        public init(_ verdict: Verdict, notApplicableReason: String? = nil) {
            self.verdict = verdict
            self.notApplicableReason = notApplicableReason
        }
    }

    /// The rows, by id.
    public private(set) var clients: [Client]
    /// The columns: ids of rules, in the report's order.
    public let ruleIDs: [String]
    /// Row by row: 0 where the rule was not judged for the client, else 1 + the place in `cells`.
    private var codes: [UInt8]
    /// The different cells there are: each verdict without a reason, then those with one, which are few.
    private var cells = Verdict.allCases.map { Cell($0) }
    private let columns: [String: Int]

    /// A grid in which nothing is judged yet.
    public init(clients: [Client] = [], ruleIDs: [String] = []) {
        self.clients = clients
        self.ruleIDs = ruleIDs
        codes = Array(repeating: 0, count: clients.count * ruleIDs.count)
        columns = Dictionary(ruleIDs.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Takes a client's results over into its row; results of rules that are no column are left out.
    public mutating func record(_ results: [RuleResult], row: Int) {
        for (index, result) in results.enumerated() {
            // Results mostly come in the order of the columns, which saves the look-up.
            let isInOrder = index < ruleIDs.count && ruleIDs[index].isIdentical(to: result.ruleID)
            guard let column = isInOrder ? index : columns[result.ruleID] else { continue }
            codes[row * ruleIDs.count + column] = code(of: result.verdict, result.notApplicableReason)
        }
    }

    /// Adds a row.
    public mutating func append(_ client: Client, _ results: [RuleResult]) {
        clients.append(client)
        codes += repeatElement(0, count: ruleIDs.count)
        record(results, row: clients.count - 1)
    }

    /// The verdict at a row and a column; nil where the rule was not judged for the client.
    public subscript(row: Int, column: Int) -> Cell? {
        let code = codes[row * ruleIDs.count + column]
        return code == 0 ? nil : cells[Int(code) - 1]
    }

    /// The rows of several grids of the same rules, by client.
    public static func joined(_ grids: [VerdictGrid]) -> VerdictGrid {
        guard let first = grids.first else { return VerdictGrid() }
        let rows = grids.indices.flatMap { grid in grids[grid].clients.indices.map { (grid, $0) } }
            .sorted { grids[$0.0].clients[$0.1].id < grids[$1.0].clients[$1.1].id }
        var joined = VerdictGrid(clients: rows.map { grids[$0.0].clients[$0.1] }, ruleIDs: first.ruleIDs)
        // What each grid calls a cell, in the words of the joined one.
        let translations = grids.map { grid in
            [0] + grid.cells.map { joined.code(of: $0.verdict, $0.notApplicableReason) }
        }
        let width = first.ruleIDs.count
        for (row, (grid, source)) in rows.enumerated() {
            for column in 0..<width {
                joined.codes[row * width + column] = translations[grid][Int(grids[grid].codes[source * width + column])]
            }
        }
        return joined
    }

    private mutating func code(of verdict: Verdict, _ reason: String?) -> UInt8 {
        let plain: UInt8 =
            switch verdict {
            case .pass: 1
            case .fail: 2
            case .unknown: 3
            case .notApplicable: 4
            }
        guard let reason else { return plain }
        for index in Int(plain)..<cells.count
        where cells[index].verdict == verdict && cells[index].notApplicableReason?.isIdentical(to: reason) == true {
            return UInt8(index + 1)
        }
        // A byte has room for 255; evaluators know a handful of reasons, and beyond the room one is left out.
        guard cells.count < 250 else { return plain }
        cells.append(Cell(verdict, notApplicableReason: reason))
        return UInt8(cells.count)
    }

    // Two grids are the same where their cells are, whatever the order in which the cells were first met.
    public static func == (left: Self, right: Self) -> Bool {
        guard left.clients == right.clients, left.ruleIDs == right.ruleIDs else { return false }
        return left.clients.indices.allSatisfy { row in
            left.ruleIDs.indices.allSatisfy { left[row, $0] == right[row, $0] }
        }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(clients)
        hasher.combine(ruleIDs)
    }

    private enum CodingKeys: String, CodingKey {
        case clients, ruleIDs, cells, rows
    }

    /// Reads a grid; a cell that its list does not have, and a row of another width, are refused.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            clients: try values.decode([Client].self, forKey: .clients),
            ruleIDs: try values.decode([String].self, forKey: .ruleIDs))
        let listed = try values.decode([Cell].self, forKey: .cells)
        let rows = try values.decode([[Int]].self, forKey: .rows)
        guard rows.count == clients.count, listed.count < 256,
            rows.allSatisfy({ $0.count == ruleIDs.count && $0.allSatisfy((0...listed.count).contains) })
        else { throw decoder.refusal("no grid") }
        let translations = [0] + listed.map { code(of: $0.verdict, $0.notApplicableReason) }
        codes = rows.flatMap { $0.map { translations[$0] } }
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(clients, forKey: .clients)
        try values.encode(ruleIDs, forKey: .ruleIDs)
        try values.encode(cells, forKey: .cells)
        let width = ruleIDs.count
        try values.encode(
            clients.indices.map { row in codes[row * width..<(row + 1) * width].map { Int($0) } }, forKey: .rows)
    }
}
