public import AuditModel
public import Evidence

/// Checks a review pack by itself, without any database.
public struct PackCheck: Sendable {
    let keys: [VerifierKey]
    let held: [Held]
    let origin: String?
    let limits: ZipArchive.Limits

    /// Joins the parts.
    ///
    /// - Parameters:
    ///   - keys: the keys by which the log is known, its own first, which must have signed; without any, signatures are not
    ///     checked.
    ///   - held: checkpoints that the log is to be, or to go on from.
    ///   - origin: the log's name where its key is called otherwise.
    public init(
        keys: [VerifierKey] = [], held: [Held] = [], origin: String? = nil,
        limits: ZipArchive.Limits = ZipArchive.Limits()
    ) {
        self.keys = keys
        self.held = held
        self.origin = origin
        self.limits = limits
    }

    /// One thing that does not hold.
    public struct Finding: Sendable, Hashable {
        /// The file of the pack.
        public var file: String
        /// What is wrong with it, as a clause.
        public var clause: String

        /// Joins the two.
        public init(file: String, clause: String) {
            self.file = file
            self.clause = clause
        }
    }

    /// What checking came to.
    public struct Outcome: Sendable {
        /// The SHA-256 of the whole pack.
        public var digest: Digest
        /// What the pack says of itself; nil where that cannot be read.
        public var manifest: PackManifest?
        /// What does not hold, in the order in which it was looked at.
        public var findings: [Finding] = []
        /// Files whose size and digest hold.
        public var files = 0
        /// Proofs of settings that hold.
        public var settingProofs = 0
        /// The checkpoint, where it can be read.
        public var checkpoint: Checkpoint?
        /// The known keys that signed the checkpoint.
        public var signedBy: [VerifierKey] = []
        /// Whether the checkpoint has signatures at all.
        public var isSigned = false
        /// What comparing with each checkpoint that is held came to, but for those that the log conflicts with: findings.
        public var compared: [Comparison] = []
        /// Whether a checkpoint of the time of the earlier run is in the pack.
        public var hasEarlierCheckpoint = false

        /// The settings that those proofs are of, in the order of their files.
        public var provenSettings: [ProvenSetting] = []
        /// What the verdicts and changes follow from, held to the log; nil where it does not hold or is not all there.
        public var basis: PackBasis?
        /// The files of the pack by their names.
        public var contents: [String: [UInt8]] = [:]

        /// Whether everything that was checked holds.
        public var isSound: Bool { findings.isEmpty }

        /// Whether a known key or a checkpoint that is held vouches for all of the pack's log.
        public var isVouchedFor: Bool {
            !signedBy.isEmpty
                || compared.contains { comparison in
                    if case .same = comparison { true } else { false }
                }
        }
    }

    /// Checks everything.
    ///
    /// - Throws: ``ZipError`` where the bytes are no archive that is to be trusted so far as to be looked into.
    public func outcome(of pack: [UInt8]) throws(ZipError) -> Outcome {
        let entries = try ZipArchive.entries(of: pack, limits: limits)
        var walk = PackWalk(
            outcome: Outcome(digest: Digest(of: pack)),
            files: Dictionary(entries.map { ($0.name, $0.bytes) }, uniquingKeysWith: { $1 }), keys: keys, held: held,
            origin: origin)
        walk.run(entries)
        walk.outcome.contents = walk.files
        return walk.outcome
    }
}
