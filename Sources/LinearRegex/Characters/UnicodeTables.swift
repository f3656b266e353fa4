/// The classes of `\p{…}`: general categories (`Lu`), their first letters (`L`), scripts (`Greek`), and `Any`.
///
/// The data is of Unicode 15.0. As in RE2 there is no `Cn`, and `C` is what has one of the other categories under that
/// letter.
enum UnicodeTables {
    /// The set of a class by its exact name; nil where RE2 knows none.
    static func set(named name: String) -> ScalarSet? {
        // To a string, the Kelvin sign is a K.
        guard name.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        if name == "Any" { return .all }
        if let line = lines[name] { return ranges(in: line) }
        guard name.utf8.count == 1 else { return nil }
        let parts = lines.keys.filter { $0.utf8.count == 2 && $0.hasPrefix(name) }
        return parts.isEmpty ? nil : parts.reduce(ScalarSet.empty) { $0.union(lines[$1].map(ranges) ?? .empty) }
    }

    private static let lines: [String: Substring] = {
        var found: [String: Substring] = [:]
        for line in categories.split(separator: "\n") + scripts.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1)
            if words.count == 2 { found[String(words[0])] = words[1] }
        }
        return found
    }()

    private static func ranges(in line: Substring) -> ScalarSet {
        ScalarSet(
            line.split(separator: " ").compactMap { word in
                let bounds = word.split(separator: "-").compactMap { UInt32($0, radix: 16) }
                guard let low = bounds.first, let high = bounds.last else { return nil }
                return low...high
            })
    }
}
