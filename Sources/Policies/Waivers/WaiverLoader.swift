internal import AuditModel

/// Waiver files → waivers, or everything that is wrong with them in one go.
public enum WaiverLoader {
    /// What came of loading.
    public struct Loaded: Sendable {
        /// The waivers; nil where there is an error.
        public var waiverSet: WaiverSet?
        /// Errors and warnings of all files, by file and place.
        public var diagnostics: [Diagnostic]

        /// Whether a diagnostic is an error.
        public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
    }

    /// Reads waiver files; ids are unique over all of them.
    ///
    /// Whether the rules and clients exist is not asked here, since neither are known: ``WaiverSet/problems(rules:clients:areAll:on:)``
    /// tells. A malformed date is an error, so it never waives anything.
    public static func load(_ files: [PolicyFile]) -> Loaded {
        var waivers: [Waiver] = []
        var diagnostics: [Diagnostic] = []
        var sources: [String: SourceText] = [:]
        var taken: [String: String] = [:]
        let sorted = files.sorted { $0.name.precedesInUTF16($1.name) }
        for file in sorted {
            let reading = YAMLReader.reading(of: file.bytes, file: file.name)
            guard let root = reading.node else {
                diagnostics += reading.diagnostics
                continue
            }
            let source = SourceText(name: file.name, bytes: file.bytes)
            var reader = WaiverReader(log: MistakeLog(source, reading: reading.diagnostics), taken: taken)
            waivers += reader.file(root)
            taken = reader.taken
            sources[file.name] = source
            diagnostics += reader.log.diagnostics
        }
        diagnostics.sort()
        guard !diagnostics.contains(where: { $0.severity == .error }) else {
            return Loaded(waiverSet: nil, diagnostics: diagnostics)
        }
        let texts = sorted.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) }
        return Loaded(
            waiverSet: WaiverSet(waivers: waivers, canonicalSource: texts, sources: sources), diagnostics: diagnostics)
    }
}
