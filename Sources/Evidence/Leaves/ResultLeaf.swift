public import AuditModel

/// What the log keeps of one client's results: the digest of the result vector that the store holds. A leaf of a run's
/// result tree, which has one for each client of the roster.
///
/// Its content is canonical JSON: `format` (`audit-results`), `version` (1), `environment`, `client` (its number), and
/// `results`, a digest, or `null` where no rules were evaluated.
public struct ResultLeaf: Sendable, Hashable {
    /// The client.
    public var client: Client.ID
    /// The digest of the stored result vector; nil where there is none.
    public var results: Digest?

    /// Joins the parts.
    public init(client: Client.ID, results: Digest?) {
        self.client = client
        self.results = results
    }

    static let format = "audit-results"
    static let version: Int64 = 1

    /// The content that is hashed.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return bytes
    }

    /// The hash in the tree.
    public var hash: Digest {
        var bytes = [MerkleHash.leafPrefix]
        append(to: &bytes)
        return Digest(of: bytes)
    }

    private func append(to bytes: inout [UInt8]) {
        bytes.reserveCapacity(192)
        LeafText.append("{\"client\":", to: &bytes)
        LeafText.append(Int64(client.number), to: &bytes)
        LeafText.append(",\"environment\":", to: &bytes)
        CanonicalJSON.append(client.environment.rawValue, to: &bytes)
        LeafText.append(",\"format\":\"audit-results\",\"results\":", to: &bytes)
        if let results {
            LeafText.append("\"", to: &bytes)
            LeafText.append(results, to: &bytes)
            LeafText.append("\"", to: &bytes)
        } else {
            LeafText.append("null", to: &bytes)
        }
        LeafText.append(",\"version\":1}", to: &bytes)
    }

    /// Reads a leaf's content.
    ///
    /// - Throws: ``LeafError``, for bytes that are not exactly as this type writes them, too.
    public init(bytes: [UInt8]) throws(LeafError) {
        var reader = try LeafReader(bytes, format: Self.format, version: Self.version)
        let environment = EnvironmentName(try reader.text("environment"))
        client = Client.ID(environment: environment, number: try reader.count("client"))
        switch try reader.value("results") {
        case .null: results = nil
        case .string(let hex):
            guard let digest = Digest(hex: hex) else { throw .invalid("results") }
            results = digest
        case .bool, .integer, .number, .array, .object: throw .invalid("results")
        }
        try reader.finish(asWritten: self.bytes)
    }
}
