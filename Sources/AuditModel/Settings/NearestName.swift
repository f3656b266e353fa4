/// The known name that a mistyped one most likely meant.
public enum NearestName {
    /// The candidate at the smallest edit distance, ignoring case; nil where none is near enough to be helpful.
    public static func to(_ name: String, among candidates: some Sequence<String>) -> String? {
        let typed = Array(name.lowercased().utf8)
        let limit = max(2, typed.count / 3)
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let distance = distance(from: typed, to: Array(candidate.lowercased().utf8), limit: limit)
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }

    /// Optimal string alignment distance (insertions, deletions, substitutions, swaps of neighbours).
    private static func distance(from typed: [UInt8], to known: [UInt8], limit: Int) -> Int {
        // Forgetting the end of a long name is the usual slip: maxFailedCcsLogins for maxFailedCcsLoginAttempts.
        let common = zip(typed, known).prefix { $0 == $1 }.count
        if common >= 5, common * 5 >= typed.count * 4 { return max(1, min(limit, typed.count - common)) }
        guard abs(typed.count - known.count) <= limit else { return limit + 1 }
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
