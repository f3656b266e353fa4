/// A line of five fields that says when something runs, as cron, GitHub and Kubernetes read it.
///
/// Known are numbers, `*`, lists, ranges and steps; names of months and days are not used in this repository.
struct CronSchedule {
    /// The minutes, hours, days of the month, months and days of the week.
    let fields: [Set<Int>]

    private static let ranges = [0...59, 0...23, 1...31, 1...12, 0...6]

    /// Nil where it is none.
    init?(_ text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == Self.ranges.count else { return nil }
        var fields: [Set<Int>] = []
        for (part, range) in zip(parts, Self.ranges) {
            guard let field = Self.field(part, range) else { return nil }
            fields.append(field)
        }
        self.fields = fields
    }

    private static func field(_ text: Substring, _ range: ClosedRange<Int>) -> Set<Int>? {
        var values: Set<Int> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
            guard let base = pieces.first, pieces.count <= 2 else { return nil }
            guard let step = pieces.count == 2 ? Int(pieces[1]) : 1, step > 0 else { return nil }
            let bounds = base.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            let span: ClosedRange<Int>
            switch (base, bounds.count) {
            case ("*", _): span = range
            case (_, 1): guard let only = bounds[0] else { return nil }; span = only...only
            case (_, 2):
                guard let low = bounds[0], let high = bounds[1], low <= high else { return nil }
                span = low...high
            default: return nil
            }
            guard range.contains(span.lowerBound), range.contains(span.upperBound) else { return nil }
            values.formUnion(stride(from: span.lowerBound, through: span.upperBound, by: step))
        }
        return values
    }
}
