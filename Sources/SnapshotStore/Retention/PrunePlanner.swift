internal import AuditModel

/// Decides, run by run in their order, which rows of an environment go.
///
/// A stretch is the nights of one client in runs that follow each other, with the same documents and the same results. Its
/// first row stays and its last one, and what lies between can go: a mark says the same. A row with a failure stays where
/// it is. Of a run is decided when the run after it was seen.
struct PrunePlanner {
    /// A run of the environment.
    struct Run {
        var start: Int64
        /// Its place in the log.
        var entry: Int64
    }

    /// One night as the store has it.
    struct Night {
        var number: Int
        var values: NightValues
        /// The size of its row in bytes; nil where the night was pruned before.
        var rowSize: Int?
        /// Whether an attempt failed, if only at first.
        var hasRetries: Bool
    }

    /// Rows of one run that go, with the marks that stand for them.
    struct Decision {
        /// The position of the run.
        var run: Int
        /// By client number.
        var marks: [UnchangedNights]
    }

    private struct Track {
        var values: NightValues
        /// The last run that had the client.
        var last: Int
        /// The first row of the stretch, which stays; nil before it came.
        var from: Int?
        /// The latest place in the log of a run of the stretch, from `from` on.
        var entry: Int64
        /// A row that goes if the next night has a row of the same stretch; always of the run `last`.
        var pending: (run: Int, size: Int)?
    }

    private let runs: [Run]
    private let held: Set<Int>
    private let marks: [Int: [UnchangedNights]]
    private var tracks: [Int: Track] = [:]
    private var decided: [UnchangedNights] = []
    private(set) var tally: PruneTally

    /// - Parameters:
    ///   - runs: all sealed runs of the environment, by start.
    ///   - held: the numbers of the clients on hold.
    ///   - marks: what was pruned before.
    init(_ runs: [Run], held: Set<Int>, marks: [UnchangedNights], tally: PruneTally) {
        self.runs = runs
        self.held = held
        self.marks = Dictionary(grouping: marks, by: \.number)
        self.tally = tally
        self.tally.runs = runs.count { $0.start < tally.cutoff.milliseconds }
    }

    /// How many runs have to be looked at: those before the cutoff, and the one after, which tells how these end.
    var runsToRead: Int { min(runs.count, tally.runs + 1) }

    /// Takes the nights of the next run, by client number, and decides of the run before it.
    mutating func take(_ nights: [Night], of run: Int) -> Decision? {
        decided = []
        for night in nights { take(night, run) }
        let gone = tracks.filter { $0.value.last < run }
        for (number, track) in gone {
            if track.pending != nil { keep(.lastOfValue) }
            tracks[number] = nil
        }
        return decision(run - 1)
    }

    /// Ends the pass: what was last seen of each client stays.
    mutating func finish() {
        for track in tracks.values where track.pending != nil { keep(.newest) }
        tracks = [:]
    }

    private func isOld(_ run: Int) -> Bool { runs[run].start < tally.cutoff.milliseconds }

    private mutating func keep(_ reason: KeptNight) { tally.kept[reason, default: 0] += 1 }

    private mutating func take(_ night: Night, _ run: Int) {
        let isOld = isOld(run)
        guard let size = night.rowSize else {
            if isOld { tally.prunedBefore += 1 }
            _ = stretch(night, run)
            return
        }
        if held.contains(night.number) {
            if isOld { keep(.hold) }
            return
        }
        let beginning = stretch(night, run)
        guard var track = tracks[night.number] else { return }
        let hasFailure = night.values.hasFailure || night.hasRetries
        defer { tracks[night.number] = track }
        let own = marks[night.number] ?? []
        let start = runs[run].start
        if own.contains(where: { $0.from < start && start < $0.through }) {
            // A run that was put in later, or a failure: the mark goes on on both sides of it.
            if isOld { keep(hasFailure ? .failure : .besidePruned) }
            return
        }
        guard let from = track.from else {
            (track.from, track.entry) = (run, runs[run].entry)
            if isOld { keep(hasFailure ? .failure : beginning ?? .besidePruned) }
            return
        }
        if let pending = track.pending {
            prune(pending, from: from, through: run, night, track.entry)
            track.pending = nil
        }
        if own.contains(where: { $0.from == start || $0.through == start && $0.from != runs[from].start }) {
            // An earlier mark ends or begins here and cannot grow; a new one begins.
            (track.from, track.entry) = (run, runs[run].entry)
            if isOld { keep(hasFailure ? .failure : .besidePruned) }
        } else if hasFailure {
            if isOld { keep(.failure) }
        } else if isOld {
            track.pending = (run, size)
        }
    }

    /// Goes on with the stretch of a night's client, or begins one.
    ///
    /// - Returns: where one begins, why its first row stays.
    private mutating func stretch(_ night: Night, _ run: Int) -> KeptNight? {
        guard var track = tracks[night.number], track.last == run - 1 else {
            if tracks[night.number]?.pending != nil { keep(.lastOfValue) }
            tracks[night.number] = Track(values: night.values, last: run, from: nil, entry: 0, pending: nil)
            return .firstOfValue
        }
        if track.values == night.values {
            track.last = run
            track.entry = max(track.entry, runs[run].entry)
            tracks[night.number] = track
            return nil
        }
        let sameDocuments = track.values.captures == night.values.captures
        if track.pending != nil { keep(sameDocuments ? .resultsDiffer : .lastOfValue) }
        tracks[night.number] = Track(values: night.values, last: run, from: nil, entry: 0, pending: nil)
        return sameDocuments ? .resultsDiffer : .firstOfValue
    }

    private mutating func prune(
        _ row: (run: Int, size: Int), from: Int, through: Int, _ night: Night, _ entry: Int64
    ) {
        decided.append(
            UnchangedNights(
                number: night.number, from: runs[from].start, through: runs[through].start, logSize: entry + 1,
                values: night.values))
        tally.rows += 1
        tally.bytes += row.size
        tally.clients.insert(night.number)
    }

    private mutating func decision(_ run: Int) -> Decision? {
        guard !decided.isEmpty else { return nil }
        let start = Timestamp(milliseconds: runs[run].start)
        tally.runsPruned += 1
        tally.oldest = tally.oldest ?? start
        tally.newest = start
        return Decision(run: run, marks: decided)
    }
}
