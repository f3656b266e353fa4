import AuditModel
import Reports

/// The trend of an environment.
enum TrendPart {
    /// The chart.
    static func chart(_ points: [TrendPoint]) -> HTML { .empty }
}
