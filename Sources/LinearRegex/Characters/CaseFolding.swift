/// Simple case folding as RE2 does it: scalars that fold to the same one are equal, whatever the language.
///
/// `k`, `K` and the Kelvin sign are equal, and so are `s`, `S` and `ſ`; `ß` and `ss` are not (that would be full
/// folding).
enum CaseFolding {
    /// Each set of equal scalars that has more than one member.
    private static let orbits: [[UInt32]] = UnicodeTables.foldingOrbits.split(whereSeparator: \.isWhitespace).map {
        $0.split(separator: ",").compactMap { UInt32($0, radix: 16) }
    }

    private static let orbitOfScalar: [UInt32: Int] = {
        var found: [UInt32: Int] = [:]
        for (index, orbit) in orbits.enumerated() {
            for scalar in orbit { found[scalar] = index }
        }
        return found
    }()

    /// The scalars that are equal to this one when case is ignored, itself among them.
    static func equals(of scalar: Unicode.Scalar) -> ScalarSet {
        guard let index = orbitOfScalar[scalar.value] else { return ScalarSet(scalar) }
        return ScalarSet(orbits[index].map { $0...$0 })
    }

    /// A set with everything that is equal to a member when case is ignored.
    static func folded(_ set: ScalarSet) -> ScalarSet {
        var added: [ClosedRange<UInt32>] = []
        for orbit in orbits where orbit.contains(where: set.contains) {
            added += orbit.map { $0...$0 }
        }
        return set.union(ScalarSet(added))
    }
}
