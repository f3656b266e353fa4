/// What takes the stored documents of one run to those of another exactly: for each client and group that is not the same,
/// a patch, or what kept it from being made.
public struct PatchReport: Sendable, Hashable, Codable {
    /// One client's group that is not the same on both sides.
    public struct Entry: Sendable, Hashable, Codable {
        /// The client, as the later roster has it where it is on both.
        public var client: Client
        /// The group.
        public var group: SettingsGroup
        /// What the earlier run got; nil where the client was not on its roster.
        public var before: Capture?
        /// What the later run got; nil where the client was not on its roster.
        public var after: Capture?
        /// The patch (RFC 6902, a list of operations) from the earlier document to the later one; nil where a side has none.
        public var patch: SettingValue?

        /// Joins the parts.
        public init(
            client: Client, group: SettingsGroup, before: Capture?, after: Capture?, patch: SettingValue? = nil
        ) {
            self.client = client
            self.group = group
            self.before = before
            self.after = after
            self.patch = patch
        }

        /// How the two sides compare.
        public var kind: Kind {
            switch (before?.isDocument ?? false, after?.isDocument ?? false) {
            case (true, true): .changed
            case (false, true): .appeared
            case (true, false): .vanished
            case (false, false): .notRead
            }
        }
    }

    /// How the two sides of an entry compare.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Both have a document, and they differ: there is a patch.
        case changed
        /// Only the later side has a document; the whole of it is new, and nothing is patched.
        case appeared
        /// Only the earlier side has a document.
        case vanished
        /// Neither side has a document, and at least one failed to read it.
        case notRead
    }

    /// The earlier side.
    public var from: DiffReport.Side
    /// The later side.
    public var to: DiffReport.Side
    /// The zone that days are told in.
    public var timeZone: String
    /// What is not the same, by client and group. What is the same, or was on neither side asked for, is not listed.
    public var entries: [Entry]
    /// Sentences for the reader: the same run on both sides, what was filtered.
    public var notes: [String]

    /// Joins the parts.
    public init(
        from: DiffReport.Side, to: DiffReport.Side, timeZone: String, entries: [Entry], notes: [String]
    ) {
        self.from = from
        self.to = to
        self.timeZone = timeZone
        self.entries = entries
        self.notes = notes
    }
}

extension Capture {
    /// Whether there is a document.
    fileprivate var isDocument: Bool {
        guard case .document = self else { return false }
        return true
    }
}
