internal import AuditModel

/// What a rule has where it does not say otherwise.
struct RuleDefaults {
    var severity = Severity.medium
    var absentPasses = false
    var nullPasses = false
}

/// `pass` or `fail`: what a value that is not there means.
enum PassOrFail: String, CaseIterable {
    case pass
    case fail
}

/// Reads one policy file: its head, parameters, scopes and defaults, then each rule.
struct PolicyFileReader {
    let file: PolicyFile
    let digest: Digest
    let overrides: [String: SettingValue]
    let timeZones: NamedTimeZones?
    var log: MistakeLog
    var parameters = ParameterTable()
    var scopes: [String: Scope] = [:]
    var scopePlaces: [(name: String, place: SourcePlace)] = []
    var usedScopes: Set<String> = []
    var defaults = RuleDefaults()
    var policyID = ""

    /// - Parameter reading: what is wrong with the file as YAML.
    init(
        _ file: PolicyFile, digest: Digest, overrides: [String: SettingValue], timeZones: NamedTimeZones?,
        reading: [Diagnostic]
    ) {
        self.file = file
        self.digest = digest
        self.overrides = overrides
        self.timeZones = timeZones
        log = MistakeLog(SourceText(name: file.name, bytes: file.bytes), reading: reading)
    }

    mutating func draft(of root: YAMLNode) -> PolicyDraft {
        var draft = PolicyDraft(log: log)
        guard let fields = topLevelFields(of: root) else {
            draft.log = log
            return draft
        }
        let head = fields["policy"].flatMap { readHead($0.value) }
        draft.id = head.flatMap { head in head.fields["id"].map { (head.id, $0.value.place) } }
        policyID = head?.id ?? ""
        parameters = ParameterTable(fields["params"]?.value, overrides: overrides, log: &log)
        readScopes(fields["scopes"]?.value)
        readDefaults(fields["defaults"]?.value)
        for node in log.elements(of: fields["rules"]?.value, "'rules'") { readRule(node, into: &draft) }
        for node in log.elements(of: fields["override"]?.value, "'override'") { readOverride(node, into: &draft) }
        warnOfUnused()
        draft.parameters = parameters
        if let head {
            draft.facts = PolicyFacts(
                id: head.id, title: head.title, version: head.version, owner: head.owner, file: file.name,
                digest: digest, ruleCount: draft.rules.count)
        }
        draft.log = log
        return draft
    }

    private mutating func topLevelFields(of root: YAMLNode) -> [String: YAMLNode.Entry]? {
        // Two keys of the language that stand in files of their own have their own sentences.
        guard let entries = root.entries else {
            log.error(.expected("a policy file", what: "a map", found: root.kindName), at: root.place)
            return nil
        }
        var rest = root
        rest.kind = .mapping(entries.filter { !["waivers", "tests"].contains($0.key) })
        for entry in entries where entry.key == "waivers" { log.error(.waiversStandApart, at: entry.keyPlace) }
        for entry in entries where entry.key == "tests" { log.error(.testsStandBeside, at: entry.keyPlace) }
        let fields = log.fields(of: rest, "the policy file", PolicyKeys.file)
        if let fields, fields["rules"] == nil, fields["override"] == nil {
            log.error(.missingKey("rules", in: "the policy file"), at: root.place)
        }
        return fields
    }

    private struct Head {
        var fields: [String: YAMLNode.Entry]
        var id: String
        var title: String
        var version: String
        var owner: String?
    }

    private mutating func readHead(_ node: YAMLNode) -> Head? {
        guard let fields = log.fields(of: node, "'policy'", PolicyKeys.head) else { return nil }
        let id = identifier(fields["id"]?.value, "policy")
        let title = log.text(fields["title"]?.value, "'title'")
        let version = log.text(fields["version"]?.value, "'version'", allowsNumbers: true)
        let owner = log.text(fields["owner"]?.value, "'owner'")
        guard let id, let title, let version else { return nil }
        return Head(fields: fields, id: id, title: title, version: version, owner: owner)
    }

    /// An id: a letter or digit, then letters, digits, `.`, `_`, `-`; 100 at most.
    mutating func identifier(_ node: YAMLNode?, _ what: String) -> String? {
        guard let node, let text = log.text(node, "'id'") else { return nil }
        let isGood =
            text.utf8.count <= 100 && text.utf8.first != UInt8(ascii: "-") && text.utf8.first != UInt8(ascii: ".")
            && text.utf8.allSatisfy { SourceText.isWordByte($0) || $0 == UInt8(ascii: ".") }
        guard isGood else {
            log.error(.badName(text, of: what), at: node.place)
            return nil
        }
        return text
    }

    private mutating func readScopes(_ node: YAMLNode?) {
        for entry in log.entries(of: node, "'scopes'") {
            scopePlaces.append((entry.key, entry.keyPlace))
            let labels = log.entries(of: entry.value, "scope '\(entry.key)'")
            if labels.isEmpty, entry.value.entries != nil { log.error(.emptyScope(entry.key), at: entry.keyPlace) }
            var read: [(name: String, values: [String])] = []
            for label in labels {
                let nodes = label.value.elements ?? [label.value]
                if nodes.isEmpty { log.error(.emptyScope(entry.key), at: label.value.place) }
                let values = nodes.compactMap { log.text($0, "label '\(label.key)'", allowsNumbers: true) }
                read.append((label.key, values))
            }
            scopes[entry.key] = Scope(name: entry.key, labels: read)
        }
    }

    private mutating func readDefaults(_ node: YAMLNode?) {
        guard let node, let fields = log.fields(of: node, "'defaults'", PolicyKeys.defaults) else { return }
        if let severity = log.word(fields["severity"]?.value, "'severity'", as: Severity.self) {
            defaults.severity = severity
        }
        if let word = log.word(fields["absent"]?.value, "'absent'", as: PassOrFail.self) {
            defaults.absentPasses = word == .pass
        }
        if let word = log.word(fields["null"]?.value, "'null'", as: PassOrFail.self) {
            defaults.nullPasses = word == .pass
        }
    }

    private mutating func warnOfUnused() {
        // A rule that could not be read may be the one that uses it.
        guard !log.hasErrors else { return }
        for (name, place) in parameters.places where !parameters.used.contains(name) {
            log.warning(.unused("parameter '\(name)'"), at: place)
        }
        for (name, place) in scopePlaces where !usedScopes.contains(name) {
            log.warning(.unused("scope '\(name)'"), at: place)
        }
    }
}
