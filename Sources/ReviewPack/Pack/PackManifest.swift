public import AuditModel

/// What a review pack says of itself in `manifest.json`: what it is of, and every file with its size and SHA-256.
public struct PackManifest: Sendable, Hashable {
    /// One of the two runs between which the period lies.
    public struct Side: Sendable, Hashable {
        /// What was asked for: a date, a run id, `latest`, `previous`.
        public var asked: String
        /// The run.
        public var run: AuditRun.ID
        /// The day of its start, in the pack's zone.
        public var day: CalendarDay
        /// Its start.
        public var startedAt: Timestamp
        /// Its end.
        public var sealedAt: Timestamp

        /// Joins the parts.
        public init(asked: String, run: AuditRun.ID, day: CalendarDay, startedAt: Timestamp, sealedAt: Timestamp) {
            self.asked = asked
            self.run = run
            self.day = day
            self.startedAt = startedAt
            self.sealedAt = sealedAt
        }
    }

    /// A file of the pack.
    public struct File: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its size in bytes.
        public var size: Int
        /// The SHA-256 of its bytes.
        public var digest: Digest

        /// Joins the parts.
        public init(name: String, size: Int, digest: Digest) {
            self.name = name
            self.size = size
            self.digest = digest
        }
    }

    /// A policy or waiver file as a run recorded it.
    public struct Text: Sendable, Hashable {
        /// Its name as it was loaded; not a name in the pack.
        public var name: String
        /// Its layer.
        public var layer: Int
        /// The digest of its text.
        public var digest: Digest
        /// The file of the pack that has the text; nil where it was left out.
        public var file: String?

        /// Joins the parts.
        public init(name: String, layer: Int, digest: Digest, file: String?) {
            self.name = name
            self.layer = layer
            self.digest = digest
            self.file = file
        }
    }

    /// The policy or waiver files that a run recorded together; its ``digest`` is what the run's entry in the log names.
    public struct TextSet: Sendable, Hashable {
        /// The files, as the run recorded them in order.
        public var texts: [Text]

        /// Takes the files.
        public init(texts: [Text]) { self.texts = texts }

        /// The SHA-256 of the canonical JSON list of names, digests and, above 0, layers; by layer and name.
        public var digest: Digest {
            let sorted = texts.sorted { left, right in
                if left.layer != right.layer { return left.layer < right.layer }
                return left.name.isIdentical(to: right.name)
                    ? left.digest < right.digest : left.name.precedesInUTF16(right.name)
            }
            return Digest(
                of: .array(
                    sorted.map { text in
                        var object = SettingObject()
                        object["digest"] = .string(text.digest.hex)
                        if text.layer > 0 { object["layer"] = .integer(Int64(text.layer)) }
                        object["name"] = .string(text.name)
                        return .object(object)
                    }))
        }
    }

    /// The version of the tool that made the pack.
    public var toolVersion: String
    /// The environment.
    public var environment: EnvironmentName
    /// Whether its data are an emulator's.
    public var isSynthetic: Bool
    /// The zone that days are told in.
    public var timeZone: String
    /// The one client that the pack is of; nil for all.
    public var client: Client.ID?
    /// The earlier run.
    public var from: Side
    /// The later run.
    public var to: Side
    /// The log's name, as the checkpoint has it.
    public var logOrigin: String
    /// The policy and waiver files of both runs, each set once.
    public var textSets: [TextSet]
    /// Sentences on what the pack does not hold, and why.
    public var leftOut: [String]
    /// Every file but `manifest.json` and `SHA256SUMS`, by name.
    public var files: [File]

    /// Joins the parts; ``files`` are filled in when the pack is written.
    public init(
        toolVersion: String, environment: EnvironmentName, isSynthetic: Bool, timeZone: String, client: Client.ID?,
        from: Side, to: Side, logOrigin: String, textSets: [TextSet], leftOut: [String], files: [File] = []
    ) {
        self.toolVersion = toolVersion
        self.environment = environment
        self.isSynthetic = isSynthetic
        self.timeZone = timeZone
        self.client = client
        self.from = from
        self.to = to
        self.logOrigin = logOrigin
        self.textSets = textSets
        self.leftOut = leftOut
        self.files = files
    }
}
