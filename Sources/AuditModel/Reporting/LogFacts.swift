/// Where a run stands in the log of sealed runs, and what was made of the log then: what its report says of its evidence.
public struct LogFacts: Sendable, Hashable, Codable {
    /// The run's place in the log, from 0.
    public var index: Int
    /// The number of entries of the checkpoint that is told of: the first that has the run.
    public var size: Int
    /// The Merkle root over these entries.
    public var root: Digest
    /// The log's name; nil where no checkpoint was made yet.
    public var origin: String?
    /// The name and id of the key that signed the checkpoint; nil where it is not signed.
    public var signedBy: String?
    /// The outside places that have the checkpoint; nil where this is no report of the night itself, and it is not known.
    public var places: [String]?
    /// The configured outside places that do not have the checkpoint, which the run's conditions tell why; nil as with ``places``.
    public var missedPlaces: [String]?

    /// Joins the parts.
    public init(
        index: Int, size: Int, root: Digest, origin: String? = nil, signedBy: String? = nil, places: [String]? = nil,
        missedPlaces: [String]? = nil
    ) {
        self.index = index
        self.size = size
        self.root = root
        self.origin = origin
        self.signedBy = signedBy
        self.places = places
        self.missedPlaces = missedPlaces
    }
}
