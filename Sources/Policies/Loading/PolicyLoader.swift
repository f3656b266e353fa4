public import AuditModel

/// Policy texts → compiled rules, or everything that is wrong with them in one go.
public enum PolicyLoader {
    /// What came of loading.
    public struct Loaded: Sendable {
        /// The compiled rules; nil where there is an error. Without a file, or without a rule, the set is empty, which
        /// is for the caller to judge.
        public var policySet: PolicySet?
        /// Errors and warnings of all files, by file and place.
        public var diagnostics: [Diagnostic]

        /// Whether a diagnostic is an error.
        public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
    }

    /// Reads and compiles policy files; rule ids are unique over all of them.
    ///
    /// - Parameter overrides: values that take the place of the parameters' defaults, by name, in every file that
    ///   declares the parameter. One that no file declares, or of another type, is an error.
    public static func load(
        _ files: [PolicyFile], overriding overrides: [String: SettingValue] = [:], timeZones: NamedTimeZones? = nil
    ) -> Loaded {
        let sorted = files.map { (file: $0, digest: Digest(of: $0.bytes)) }
            .sorted { ($0.digest, $0.file.name) < ($1.digest, $1.file.name) }
        var drafts: [PolicyDraft] = []
        var diagnostics: [Diagnostic] = []
        for (file, digest) in sorted {
            let reading = YAMLReader.reading(of: file.bytes, file: file.name)
            guard let node = reading.node else {
                diagnostics += reading.diagnostics
                continue
            }
            var reader = PolicyFileReader(
                file, digest: digest, overrides: overrides, timeZones: timeZones, reading: reading.diagnostics)
            var draft = reader.draft(of: node)
            draft.layer = file.layer
            drafts.append(draft)
        }
        // Of two rules with one id, the one in the file whose name comes later is the mistake.
        drafts.sort { $0.log.source.name.precedesInUTF16($1.log.source.name) }
        reportRepetitions(in: &drafts)
        var resolver = OverrideResolver(drafts)
        let rules = resolver.rules()
        drafts = resolver.drafts
        diagnostics += drafts.flatMap(\.log.diagnostics)
        diagnostics += unknownOverrides(overrides, drafts)
        diagnostics.sort()
        guard !diagnostics.contains(where: { $0.severity == .error }) else {
            return Loaded(policySet: nil, diagnostics: diagnostics)
        }
        let policySet = PolicySet(
            policies: drafts.compactMap(\.facts), rules: rules,
            canonicalSource: canonicalSource(sorted, isLayered: drafts.contains { !$0.overrides.isEmpty }),
            overrides: overrides, timeZones: timeZones)
        return Loaded(policySet: policySet, diagnostics: diagnostics)
    }

    /// The files in an order that does not depend on how they were given. Layers count only where something is
    /// overridden, and then by their order alone.
    private static func canonicalSource(
        _ sorted: [(file: PolicyFile, digest: Digest)], isLayered: Bool
    ) -> [PolicySet.Source] {
        let layers = Set(sorted.map(\.file.layer)).sorted()
        let sources = sorted.map { file, _ in
            PolicySet.Source(
                name: file.name, text: String(decoding: file.bytes, as: UTF8.self),
                layer: isLayered ? layers.firstIndex(of: file.layer) ?? 0 : 0)
        }
        return layers.indices.flatMap { layer in sources.filter { $0.layer == layer } }
    }

    private static func reportRepetitions(in drafts: inout [PolicyDraft]) {
        var policies: [String: String] = [:]
        var titles: [String: String] = [:]
        var ids: [String: (file: String, place: SourcePlace)] = [:]
        for index in drafts.indices {
            let file = drafts[index].log.source.name
            if let id = drafts[index].id {
                if let other = policies[id.text] {
                    drafts[index].log.error(.duplicatePolicy(id.text, otherFile: other), at: id.place)
                } else {
                    policies[id.text] = file
                }
            }
            for (id, place) in drafts[index].ruleIDs {
                if let other = ids[id] {
                    drafts[index].log.error(
                        .duplicateRule(id, otherPlace: "\(other.file):\(other.place.line)"), at: place)
                } else {
                    ids[id] = (file, place)
                }
            }
            for title in drafts[index].titles {
                if let other = titles[title.text] {
                    drafts[index].log.warning(.duplicateTitle(title.ruleID, other: other), at: title.place)
                } else {
                    titles[title.text] = title.ruleID
                }
            }
        }
    }

    private static func unknownOverrides(_ overrides: [String: SettingValue], _ drafts: [PolicyDraft]) -> [Diagnostic] {
        let declared = Set(drafts.flatMap(\.parameters.names))
        return overrides.keys.sorted().filter { !declared.contains($0) }.map { name in
            Diagnostic(
                severity: .error, file: "overrides", line: 1, column: 1,
                message: PolicyMistake.unknownOverride(name).sentence, sourceLine: name,
                suggestion: NearestName.to(name, among: declared.sorted()))
        }
    }
}
