/// The known name that a mistyped one most likely meant.
enum NearestName {
    /// The candidate at the smallest edit distance, ignoring case; nil where none is near enough to be helpful.
    static func to(_ name: String, among candidates: some Sequence<String>) -> String? {
        let typed = Array(name.lowercased().utf8)
        let limit = max(1, typed.count / 3)
        var best: (name: String, distance: Int)?
        // Sorted, so that of equally near ones it is always the same.
        for candidate in candidates.sorted() where candidate != name {
            let known = Array(candidate.lowercased().utf8)
            let distance = distance(from: typed, to: known)
            let isNear = distance <= limit || isBeginning(typed, of: known)
            if isNear, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }

    /// Whether the end of a long name was left out: `maxFailed` for `maxFailedCcsLoginAttempts`.
    private static func isBeginning(_ typed: [UInt8], of known: [UInt8]) -> Bool {
        let common = zip(typed, known).prefix { $0 == $1 }.count
        return common >= 5 && common * 5 >= typed.count * 4
    }

    /// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours.
    private static func distance(from typed: [UInt8], to known: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...known.count)
        for (row, byte) in typed.enumerated() {
            var current = [row + 1]
            for (column, other) in known.enumerated() {
                var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (byte == other ? 0 : 1))
                if row > 0, column > 0, byte == known[column - 1], typed[row - 1] == other {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[known.count]
    }
}
