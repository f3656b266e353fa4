public import AuditModel
public import Evidence

/// One thing that does not hold in a store.
public struct IntegrityFinding: Sendable, Hashable {
    /// The table, or `database` for the file as a whole.
    public var table: String
    /// Which row, for people: `document 7`, `run 1f2e3d4c`.
    public var key: String
    /// What does not hold, as a clause.
    public var clause: String

    /// Joins the parts.
    public init(_ table: String, _ key: String, _ clause: String) {
        self.table = table
        self.key = key
        self.clause = clause
    }
}

/// What checking all of a store came to.
public struct StoreVerification: Sendable {
    /// What does not hold, in the order found; the first ``limit`` of each table.
    public var findings: [IntegrityFinding] = []
    /// How many more there are, beyond the limit.
    public var findingsLeftOut = 0
    /// Documents whose digests were derived again.
    public var documents = 0
    /// Result vectors whose digests were derived again.
    public var results = 0
    /// Sealed runs whose leaves were derived again.
    public var runs = 0
    /// Run × client.
    public var clientNights = 0
    /// Captures of which no more than a hash is left, since they were pruned.
    public var prunedCaptures = 0
    /// Rows of the log.
    public var log = MerkleTree()
    /// The log's name; nil where no checkpoint was made yet.
    public var origin: String?
    /// Whether the store's key was at hand, without which the tags of what is remembered cannot be checked.
    public var hasKey = false
    /// Runs that are still open: what they have is not in the log.
    public var openRuns: [AuditRun.ID] = []
    /// Checkpoints that the log goes on from, by their text alone; signatures are another matter.
    public var checkpoints: [StoredCheckpoint] = []

    /// The most findings that are kept of one table: a store with every row altered needs no million lines.
    public static let limit = 200

    private var counts: [String: Int] = [:]

    /// Nothing checked.
    public init() {}

    /// Takes a finding.
    public mutating func add(_ finding: IntegrityFinding) {
        counts[finding.table, default: 0] += 1
        if counts[finding.table, default: 0] <= Self.limit {
            findings.append(finding)
        } else {
            findingsLeftOut += 1
        }
    }

    mutating func add(_ table: String, _ key: String, _ clause: String) {
        add(IntegrityFinding(table, key, clause))
    }

    /// Takes what went wrong while a row was read as a finding about it.
    mutating func add(_ table: String, _ key: String, _ error: any Error) {
        let clause: String
        switch error {
        case StoreError.inconsistent(let text): clause = text
        case let error as StoreError: clause = error.description
        case let error as LeafError: clause = "\(error)"
        case let error as JSONReadingError: clause = "it is not JSON: \(error)"
        default: clause = "it cannot be read: \(error)"
        }
        add(table, key, clause)
    }
}
