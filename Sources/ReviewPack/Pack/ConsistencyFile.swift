public import AuditModel
public import Evidence

/// That the log of the checkpoint goes on from the log as it was at the earlier run: `proofs/consistency.json`, with the
/// sizes and roots of both (RFC 6962 section 2.1.2).
public struct ConsistencyFile: Sendable, Hashable {
    /// The root of the earlier log.
    public var firstRoot: Digest
    /// The root of the later log.
    public var secondRoot: Digest
    /// The proof.
    public var proof: ConsistencyProof

    /// Joins the parts.
    public init(firstRoot: Digest, secondRoot: Digest, proof: ConsistencyProof) {
        self.firstRoot = firstRoot
        self.secondRoot = secondRoot
        self.proof = proof
    }

    static let schema = "audit-consistency-proof/1"

    /// The file.
    public var bytes: [UInt8] {
        Array(
            PrettyJSON.text(of: [
                "schema": .string(Self.schema), "first": .integer(Int64(clamping: proof.first)),
                "second": .integer(Int64(clamping: proof.second)), "firstRoot": .string(firstRoot.hex),
                "secondRoot": .string(secondRoot.hex), "hashes": .array(proof.hashes.map { .string($0.hex) }),
            ]).utf8)
    }

    /// Reads the file; nothing is checked before ``verify()``.
    ///
    /// - Throws: ``ManifestError``.
    public init(bytes: [UInt8]) throws(ManifestError) {
        let value: SettingValue
        do { value = try JSONReader.value(of: bytes) } catch { throw .notJSON(error) }
        let reader = MemberReader(value)
        guard try reader.text("schema") == Self.schema else { throw .otherFormat }
        var hashes: [Digest] = []
        for hash in try reader.list("hashes") {
            guard let digest = hash.stringValue.flatMap(Digest.init(hex:)), hashes.count < 128 else {
                throw .invalid("hashes")
            }
            hashes.append(digest)
        }
        self.init(
            firstRoot: try reader.digest("firstRoot"), secondRoot: try reader.digest("secondRoot"),
            proof: ConsistencyProof(
                first: UInt64(try reader.count("first")), second: UInt64(try reader.count("second")), hashes: hashes))
    }

    /// Checks that the earlier log is the beginning of the later one.
    ///
    /// - Throws: `MerkleProofError`.
    public func verify() throws(MerkleProofError) {
        try proof.verify(firstRoot: firstRoot, secondRoot: secondRoot)
    }
}
