/// How far a night is.
public struct NightProgress: Sendable, Hashable {
    /// Groups that were answered or failed.
    public var done: Int
    /// Groups that were asked for.
    public var total: Int
    /// Those of ``done`` that failed.
    public var failed: Int

    /// Joins the three.
    public init(done: Int, total: Int, failed: Int) {
        self.done = done
        self.total = total
        self.failed = failed
    }
}
