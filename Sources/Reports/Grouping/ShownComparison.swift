import AuditModel

/// A comparison of a finding as reports for people show it. An expression over a long list reads hundreds of operands, and
/// nobody reads them; formats for machines have them all.
struct ShownComparison {
    /// The most comparisons of one finding that are shown.
    static let limit = 10

    /// What was compared; nil where the rule only has a message, so that the finding still has its row.
    var comparison: Comparison?
    /// How many comparisons of the finding stand behind this one and are not shown; 0 but for the last.
    var leftOut = 0

    /// `and 42 more`; nil where all are shown.
    var leftOutWords: String? { leftOut == 0 ? nil : "and \(Words.number(leftOut)) more" }
}

extension Finding {
    /// The first comparisons; one without any where there are none.
    var shownComparisons: [ShownComparison] {
        let comparisons = result.comparisons
        guard !comparisons.isEmpty else { return [ShownComparison()] }
        var shown = comparisons.prefix(ShownComparison.limit).map { ShownComparison(comparison: $0) }
        shown[shown.count - 1].leftOut = comparisons.count - shown.count
        return shown
    }
}
