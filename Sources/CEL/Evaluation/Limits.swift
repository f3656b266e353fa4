/// What an evaluation may cost at most; beyond, it is an error.
public struct Limits: Sendable {
    /// Steps: about one for each part of an expression that is evaluated within a loop, and for each element or 64 bytes
    /// that a function goes through.
    public var steps: Int
    /// The size of all values that are built on the way, in bytes.
    public var builtBytes: Int

    /// Limits of one's own.
    public init(steps: Int = 1_000_000, builtBytes: Int = 1 << 20) {
        self.steps = steps
        self.builtBytes = builtBytes
    }
}
