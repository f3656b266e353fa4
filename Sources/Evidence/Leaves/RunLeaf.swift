public import AuditModel

/// What the log keeps of one sealed run: an entry of the log, which commits to all that the run knew and said.
///
/// Its content is canonical JSON (RFC 8785) with `format` (`audit-run`) and `version` (1). Moments are integers,
/// milliseconds since 1970 in UTC, and their names say so; digests are 64 hexadecimal digits. A member without a value is
/// left out.
public struct RunLeaf: Sendable, Hashable {
    /// How many captures came to what.
    public struct Counts: Sendable, Hashable {
        /// With a document.
        public var documents: Int
        /// Failed.
        public var failures: Int
        /// Not asked for, by configuration.
        public var notCollected: Int

        /// Joins the parts.
        public init(documents: Int, failures: Int, notCollected: Int) {
            self.documents = documents
            self.failures = failures
            self.notCollected = notCollected
        }
    }

    /// The run, which is sealed.
    public var run: AuditRun
    /// The version of the rules' evaluator; nil where no rules were evaluated. An upgrade of it is a cause of changes.
    public var evaluator: String?
    /// ``RunDigests/roster(_:)`` of its clients as they were configured.
    public var roster: Digest
    /// ``RunDigests/notes(_:)`` of the sentences kept with it.
    public var notes: Digest
    /// Its captures: five for each client.
    public var captures: TreeHead
    /// How complete it is.
    public var counts: Counts
    /// Its results: one for each client.
    public var results: TreeHead

    /// Joins the parts.
    ///
    /// - Throws: ``LeafError/invalid(_:)`` where the run is open, or the counts do not add up to the captures.
    public init(
        run: AuditRun, evaluator: String?, roster: Digest, notes: Digest, captures: TreeHead, counts: Counts,
        results: TreeHead
    ) throws(LeafError) {
        guard run.state.isSealed, run.sealedAt != nil else { throw .invalid("state") }
        guard counts.documents + counts.failures + counts.notCollected == captures.count else {
            throw .invalid("captures")
        }
        self.run = run
        self.evaluator = evaluator
        self.roster = roster
        self.notes = notes
        self.captures = captures
        self.counts = counts
        self.results = results
    }

    static let format = "audit-run"
    static let version: Int64 = 1

    /// The content that is hashed.
    public var bytes: [UInt8] { CanonicalJSON.bytes(of: json) }

    /// The hash in the log.
    public var hash: Digest { MerkleHash.leaf(bytes) }

    /// Reads a leaf's content.
    ///
    /// - Throws: ``LeafError``, for bytes that are not exactly as this type writes them, too.
    public init(bytes: [UInt8]) throws(LeafError) {
        var reader = try LeafReader(bytes, format: Self.format, version: Self.version)
        let run = try Self.run(&reader)
        let evaluator = reader.has("evaluator") ? try reader.text("evaluator") : nil
        let roster = try reader.digest("roster")
        let notes = try reader.digest("notes")
        var captures = try reader.object("captures")
        let counts = Counts(
            documents: try captures.count("documents"), failures: try captures.count("failures"),
            notCollected: try captures.count("notCollected"))
        let captureHead = try Self.head(&captures)
        var results = try reader.object("results")
        let resultHead = try Self.head(&results)
        try self.init(
            run: run, evaluator: evaluator, roster: roster, notes: notes, captures: captureHead, counts: counts,
            results: resultHead)
        try reader.finish(asWritten: self.bytes)
    }

    private static func run(_ reader: inout LeafReader) throws(LeafError) -> AuditRun {
        AuditRun(
            id: AuditRun.ID(try reader.text("run")), environment: EnvironmentName(try reader.text("environment")),
            baseURL: try reader.text("baseURL"),
            isSynthetic: try reader.read("isSynthetic") { value in
                if case .bool(let isSynthetic) = value { isSynthetic } else { nil }
            },
            kind: try reader.read("kind") { $0.stringValue.flatMap(AuditRun.Kind.init(rawValue:)) },
            state: try reader.read("state") { $0.stringValue.flatMap(AuditRun.State.init(rawValue:)) },
            startedAt: try reader.moment("startedAtMilliseconds"),
            sealedAt: try reader.moment("sealedAtMilliseconds"),
            policySet: reader.has("policySet") ? try reader.digest("policySet") : nil,
            waiverSet: reader.has("waiverSet") ? try reader.digest("waiverSet") : nil,
            toolVersion: try reader.text("toolVersion"), clientCount: try reader.count("clients"))
    }

    private static func head(_ reader: inout LeafReader) throws(LeafError) -> TreeHead {
        let head = TreeHead(count: try reader.count("count"), root: try reader.digest("root"))
        try reader.finish()
        return head
    }

    private var json: SettingValue {
        var object = SettingObject()
        object["format"] = .string(Self.format)
        object["version"] = .integer(Self.version)
        object["run"] = .string(run.id.rawValue)
        object["environment"] = .string(run.environment.rawValue)
        object["baseURL"] = .string(run.baseURL)
        object["isSynthetic"] = .bool(run.isSynthetic)
        object["kind"] = .string(run.kind.rawValue)
        object["state"] = .string(run.state.rawValue)
        object["startedAtMilliseconds"] = .integer(run.startedAt.milliseconds)
        object["sealedAtMilliseconds"] = run.sealedAt.map { .integer($0.milliseconds) }
        object["policySet"] = run.policySet.map { .string($0.hex) }
        object["waiverSet"] = run.waiverSet.map { .string($0.hex) }
        object["toolVersion"] = .string(run.toolVersion)
        object["evaluator"] = evaluator.map { .string($0) }
        object["clients"] = .integer(Int64(run.clientCount))
        object["roster"] = .string(roster.hex)
        object["notes"] = .string(notes.hex)
        object["captures"] = [
            "count": .integer(Int64(captures.count)), "root": .string(captures.root.hex),
            "documents": .integer(Int64(counts.documents)), "failures": .integer(Int64(counts.failures)),
            "notCollected": .integer(Int64(counts.notCollected)),
        ]
        object["results"] = ["count": .integer(Int64(results.count)), "root": .string(results.root.hex)]
        return .object(object)
    }
}

/// Digests of what belongs to a run as a whole.
public enum RunDigests {
    /// The digest of a roster: the canonical JSON of the list of its clients by number, each with `number`, `code`, `name`,
    /// `account` and `labels`.
    public static func roster(_ clients: some Sequence<Client>) -> Digest {
        Digest(
            of: .array(
                clients.sorted { $0.id < $1.id }.map { client in
                    let labels = client.labels.map { SettingObject.Member(key: $0.key, value: .string($0.value)) }
                    return [
                        "number": .integer(Int64(client.id.number)), "code": .string(client.code),
                        "name": .string(client.name), "account": .string(client.account),
                        "labels": .object(SettingObject(labels)),
                    ]
                }))
    }

    /// The digest of a run's notes: the canonical JSON of the list of them, in their order.
    public static func notes(_ notes: [String]) -> Digest {
        Digest(of: .array(notes.map { .string($0) }))
    }
}
