internal import AuditModel

/// Reads `base` and `cases`.
struct PolicyTestsReader {
    private let ruleIDs: [String]
    var log: MistakeLog
    private(set) var waivers = WaiverSet.none

    /// - Parameter reading: what is wrong with the file as YAML.
    init(_ file: PolicyFile, ruleIDs: [String], reading: [Diagnostic]) {
        self.ruleIDs = ruleIDs
        log = MistakeLog(SourceText(name: file.name, bytes: file.bytes), reading: reading)
    }

    mutating func cases(of root: YAMLNode) -> [PolicyTests.Case] {
        guard let fields = log.fields(of: root, "the file of test cases", PolicyTestsKeys.file),
            let base = fields["base"].flatMap({ readBase($0.value) })
        else { return [] }
        var waiverReader = WaiverReader(log: log)
        waivers = WaiverSet(
            waivers: waiverReader.waivers(fields["waivers"]?.value), canonicalSource: [], sources: [:])
        log = waiverReader.log
        reportUnknownRules()
        var names: Set<String> = []
        var cases: [PolicyTests.Case] = []
        for node in log.elements(of: fields["cases"]?.value, "'cases'") {
            guard let test = readCase(node, base: base) else { continue }
            if !names.insert(test.name).inserted { log.error(.duplicateCase(test.name), at: node.place) }
            cases.append(test)
        }
        return cases
    }

    private mutating func readBase(_ node: YAMLNode) -> CaseClient? {
        guard let fields = log.fields(of: node, "'base'", PolicyTestsKeys.base) else { return nil }
        var base = CaseClient()
        if let client = fields["client"]?.value,
            let facts = log.fields(of: client, "'client'", PolicyTestsKeys.client)
        {
            if let id = facts["id"]?.value { base.number = readNumber(id) ?? base.number }
            for label in log.entries(of: facts["labels"]?.value, "'labels'") {
                base.labels[label.key] = log.text(label.value, "label '\(label.key)'", allowsNumbers: true)
            }
        }
        for group in SettingsGroup.allCases {
            guard let entry = fields[group.rawValue] else { continue }
            base.bodies[group] = log.literal(entry.value)
        }
        return base
    }

    private mutating func readCase(_ node: YAMLNode, base: CaseClient) -> PolicyTests.Case? {
        let title = node["name"]?.string.map { "case '\($0)'" } ?? "a case"
        guard
            let fields = log.fields(of: node, title, PolicyTestsKeys.testCase),
            let name = log.text(fields["name"]?.value, "'name'")
        else { return nil }
        var client = base
        for label in log.entries(of: fields["labels"]?.value, "'labels'") {
            client.labels[label.key] = log.text(label.value, "label '\(label.key)'", allowsNumbers: true)
        }
        for entry in log.entries(of: fields["set"]?.value, "'set'") { set(entry, in: &client) }
        for node in log.elements(of: fields["unset"]?.value, "'unset'") { unset(node, in: &client) }
        for node in log.elements(of: fields["notCollected"]?.value, "'notCollected'") {
            if let group = log.word(node, "'notCollected'", as: SettingsGroup.self) {
                client.bodies[group] = nil
                client.notCollected.insert(group)
            }
        }
        let text = log.text(fields["today"]?.value, "'today'")
        let today = text.flatMap { CalendarDay($0) }
        if let text, today == nil, let place = fields["today"]?.value.place { log.error(.badDate(text), at: place) }
        let expected = readExpectations(fields["expect"]?.value, title: title, hasToday: text != nil)
        return PolicyTests.Case(
            name: name, place: node.place, snapshot: client.snapshot, today: today, expected: expected)
    }

    /// A waiver of the cases that names a rule that is not there would cover nothing, silently.
    private mutating func reportUnknownRules() {
        for rule in waivers.waivers.flatMap(\.rules) where !ruleIDs.contains(where: { $0.isIdentical(to: rule.id) }) {
            log.error(
                .unknownRule(rule.id, in: "'waivers'"), at: rule.place,
                suggestion: NearestName.to(rule.id, among: ruleIDs))
        }
    }

    private mutating func readExpectations(
        _ node: YAMLNode?, title: String, hasToday: Bool
    ) -> [PolicyTests.ExpectedVerdict] {
        guard let node else { return [] }
        let entries = log.entries(of: node, "'expect'")
        if entries.isEmpty, node.entries != nil { log.error(.noExpectation(title), at: node.place) }
        var expected: [PolicyTests.ExpectedVerdict] = []
        for entry in entries {
            guard ruleIDs.contains(where: { $0.isIdentical(to: entry.key) }) else {
                log.error(
                    .unknownRule(entry.key, in: title), at: entry.keyPlace,
                    suggestion: NearestName.to(entry.key, among: ruleIDs))
                continue
            }
            guard let word = log.word(entry.value, "the verdict of \(entry.key)", as: VerdictWord.self) else {
                continue
            }
            if word == .waived, !hasToday { log.error(.waivedWithoutToday, at: entry.value.place) }
            expected.append(.init(ruleID: entry.key, verdict: word.verdict, isWaived: word == .waived))
        }
        return expected.sorted { $0.ruleID.precedesInUTF16($1.ruleID) }
    }

    private mutating func readNumber(_ node: YAMLNode) -> Int? {
        if let id = node.integer, id > 0, id <= SettingValue.largestInteger { return Int(id) }
        log.error(.expected("'id'", what: "an integer from 1", found: node.text ?? node.kindName), at: node.place)
        return nil
    }

    // MARK: Changes

    private mutating func set(_ entry: YAMLNode.Entry, in client: inout CaseClient) {
        if entry.key == "client.id" {
            client.number = readNumber(entry.value) ?? client.number
        } else if let label = CaseClient.label(in: entry.key) {
            client.labels[label] = log.text(entry.value, "label '\(label)'", allowsNumbers: true)
        } else if let path = path(entry.key, at: entry.keyPlace), let value = log.literal(entry.value) {
            warnIfUnknown(path, entry.key, at: entry.keyPlace)
            if !client.change(path, to: value) { log.error(.nothingThere(entry.key), at: entry.keyPlace) }
        }
    }

    private mutating func unset(_ node: YAMLNode, in client: inout CaseClient) {
        guard let text = log.text(node, "'unset'") else { return }
        if let label = CaseClient.label(in: text) {
            if client.labels.removeValue(forKey: label) == nil { log.error(.nothingThere(text), at: node.place) }
        } else if let path = path(text, at: node.place), !client.change(path, to: nil) {
            log.error(.nothingThere(text), at: node.place)
        }
    }

    private mutating func path(_ text: String, at place: SourcePlace) -> SettingPath? {
        do {
            return try SettingPath(dotted: text)
        } catch {
            log.error(
                .badPath(text, error.message, in: "a case"), at: log.source.place(place, key: text, error.offset),
                suggestion: error.suggestion)
            return nil
        }
    }

    /// A case that sets a mistyped key tests nothing, but may mean to.
    private mutating func warnIfUnknown(_ path: SettingPath, _ text: String, at place: SourcePlace) {
        guard !path.steps.isEmpty, SettingsCatalogue.definition(at: path) == nil else { return }
        let known = SettingsCatalogue.definitions.map(\.path.dotted)
        log.warning(.unknownSetting(text, in: "a case"), at: place, suggestion: NearestName.to(text, among: known))
    }
}
