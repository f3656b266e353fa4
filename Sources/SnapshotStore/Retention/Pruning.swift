public import AuditModel

/// Why a row that is old enough stays, all the same.
public enum KeptNight: String, Sendable, Hashable, CaseIterable {
    /// Its client is on legal hold.
    case hold
    /// A group could not be read, or an attempt failed.
    case failure
    /// The first capture of a value: documents differ from the night before, or there is none.
    case firstOfValue
    /// The last capture of a value: documents differ from the night after, or the client has none in the run after.
    case lastOfValue
    /// The documents are those of the night before or after, and the results are not.
    case resultsDiffer
    /// The newest night of its client.
    case newest
    /// It stands where an earlier pass began or ended, or within what an earlier pass has pruned: a run that came later.
    case besidePruned
}

/// What a pass over one environment prunes, or would prune.
public struct PruneTally: Sendable, Hashable {
    /// The environment.
    public var environment: EnvironmentName
    /// Whether its data is of the emulator.
    public var isSynthetic: Bool
    /// Runs that started before this moment are looked at.
    public var cutoff: Timestamp
    /// How many sealed runs that are.
    public var runs = 0
    /// Rows that go: run × client.
    public var rows = 0
    /// What they take in the file, in bytes, about.
    public var bytes = 0
    /// The clients that they are of, by number.
    public var clients: Set<Int> = []
    /// The runs that they are of.
    public var runsPruned = 0
    /// The start of the first of these runs.
    public var oldest: Timestamp?
    /// The start of the last of these runs.
    public var newest: Timestamp?
    /// Rows of runs before the cutoff that stay, by reason.
    public var kept: [KeptNight: Int] = [:]
    /// Nights of runs before the cutoff that were pruned already.
    public var prunedBefore = 0

    init(environment: EnvironmentName, isSynthetic: Bool, cutoff: Timestamp) {
        self.environment = environment
        self.isSynthetic = isSynthetic
        self.cutoff = cutoff
    }

    /// Counts rows that were to go as kept by a hold, by their clients' numbers.
    mutating func spare(_ numbers: [Int]) {
        guard !numbers.isEmpty else { return }
        bytes -= bytes / max(rows, 1) * numbers.count
        rows -= numbers.count
        kept[.hold, default: 0] += numbers.count
    }
}
