public import AuditModel

/// A policy file as it comes in: its name for people, and its bytes. Reading files is the caller's.
public struct PolicyFile: Sendable {
    /// The name that diagnostics and reports show, for example `policies/security-baseline.yaml`.
    public var name: String
    /// The content.
    public var bytes: [UInt8]
    /// Its layer: a file may override the rules of its own and of lower layers. Files of one folder are one layer.
    public var layer: Int

    /// A file of these bytes.
    public init(name: String, bytes: [UInt8], layer: Int = 0) {
        self.name = name
        self.bytes = bytes
        self.layer = layer
    }

    /// A file of this text.
    public init(name: String, text: String, layer: Int = 0) {
        self.init(name: name, bytes: Array(text.utf8), layer: layer)
    }
}

/// The rules of all policy files, compiled: what judges snapshots. Made by ``PolicyLoader``.
public struct PolicySet: Sendable {
    /// A file of the set, as it is kept to make the set again.
    public struct Source: Sendable, Hashable {
        /// The file's name as loaded.
        public var name: String
        /// Its text.
        public var text: String
        /// Its layer, from 0 without gaps; 0 for all where nothing is overridden.
        public var layer: Int

        /// Joins the parts.
        public init(name: String, text: String, layer: Int = 0) {
            self.name = name
            self.text = text
            self.layer = layer
        }

        /// The same as a file to load.
        public var file: PolicyFile { PolicyFile(name: name, text: text, layer: layer) }
    }

    /// The version of the evaluation itself: part of the evidence key, so that an evaluator that judges otherwise is a
    /// cause one can name. It changes with every change of a verdict, a reason or an explanation.
    public static let evaluatorVersion = "5"

    /// What each policy says about itself, by policy id.
    public let policies: [PolicyFacts]
    /// What each rule says besides its check, by rule id.
    public let facts: [RuleFacts]
    /// The digest of all files' bytes and of the overridden parameters, whatever the files' names and order.
    public let digest: Digest
    /// The files, in an order that does not depend on how they were given: from them, and ``overrides``,
    /// ``PolicyLoader`` makes this very set again.
    public let canonicalSource: [Source]
    /// The parameters that were set from outside.
    public let overrides: [String: SettingValue]

    let rules: [CompiledRule]
    let slots: Slots
    private let timeZones: NamedTimeZones?

    init(
        policies: [PolicyFacts], rules: [CompiledRule], canonicalSource: [Source],
        overrides: [String: SettingValue], timeZones: NamedTimeZones?
    ) {
        self.policies = policies.sorted { $0.id.precedesInUTF16($1.id) }
        var slots = Slots()
        self.rules = rules.sorted { $0.facts.id.precedesInUTF16($1.facts.id) }.map { $0.slotted(by: &slots) }
        self.slots = slots
        self.canonicalSource = canonicalSource
        self.overrides = overrides
        self.timeZones = timeZones
        facts = self.rules.map(\.facts)
        let described = SettingObject(overrides.map { SettingObject.Member(key: $0.key, value: $0.value) })
        let digests = canonicalSource.map { SettingValue.string(Digest(of: $0.text).hex) }
        var identity = SettingObject()
        identity["files"] = .array(digests)
        identity["overrides"] = .object(described)
        if canonicalSource.contains(where: { $0.layer > 0 }) {
            identity["layers"] = .array(canonicalSource.map { .integer(Int64($0.layer)) })
        }
        digest = Digest(of: .object(identity))
    }

    /// The digest of each rule's effective definition, by rule id: conditions, scopes, defaults and parameters, so that a
    /// verdict that moved because the rule did can be told from one that moved because the client did.
    public var ruleDigests: [String: Digest] {
        Dictionary(rules.map { ($0.facts.id, $0.definition) }, uniquingKeysWith: { first, _ in first })
    }

    /// The same as the rules judge one client, whom overrides may be for.
    public func ruleDigests(for client: Client) -> [String: Digest] {
        var digests = ruleDigests
        for rule in rules where rule.overlay != nil { digests[rule.facts.id] = rule.form(for: client).definition }
        return digests
    }

    /// Whether an override is for some clients alone, so that rules differ from client to client.
    public var differsByClient: Bool { rules.contains { $0.overlay != nil } }

    /// The labels that a scope of a rule or of an override reads.
    public var labelsRead: Set<String> {
        var scopes = rules.flatMap { $0.scopes ?? [] }
        for subject in rules.flatMap({ $0.overlay?.subjects ?? [] }) {
            if case .scopes(let others) = subject { scopes += others }
        }
        return Set(scopes.flatMap { $0.labels.map(\.name) }).union(expressions.flatMap(\.labels))
    }

    /// Whether any label can count, since an expression reads labels by other means than their names.
    public var readsAllLabels: Bool { expressions.contains(where: \.readsAllLabels) }

    /// Whether a result can depend on the moment of the run.
    public var readsNow: Bool { expressions.contains(where: \.readsNow) }

    private var expressions: [PolicyExpression] { rules.flatMap(\.expressionsOfAllForms) }

    /// Whether a result can depend on the client's number: a message or an override names it.
    public var readsClientID: Bool {
        rules.contains { rule in
            rule.message?.readsClientID ?? false || rule.overlay?.readsClientID ?? false
        } || expressions.contains(where: \.readsClientID)
    }

    /// The groups that a rule reads, its condition included; empty for an unknown rule.
    public func groupsRead(by ruleID: String) -> Set<SettingsGroup> {
        Set(paths(comparedBy: ruleID).map(\.group))
    }

    /// The paths that a rule compares, as it writes them (patterns), its condition first; empty for an unknown rule.
    public func paths(comparedBy ruleID: String) -> [SettingPath] {
        rules.first { $0.facts.id.isIdentical(to: ruleID) }?.paths ?? []
    }

    /// A scope that rules name and no client is in.
    public struct UnmatchedScope: Sendable, Hashable {
        /// The scope's name.
        public var name: String
        /// The policy that names it.
        public var policyID: String
        /// The rules that judge nobody for it, by id.
        public var ruleIDs: [String]
        /// Its labels that no client has at all, by name.
        public var labelsOfNoClient: [String]

        /// Joins the parts.
        public init(name: String, policyID: String, ruleIDs: [String], labelsOfNoClient: [String]) {
            self.name = name
            self.policyID = policyID
            self.ruleIDs = ruleIDs
            self.labelsOfNoClient = labelsOfNoClient
        }
    }

    /// The scopes of rules that match none of these clients, by policy id and name.
    public func unmatchedScopes(for clients: [Client]) -> [UnmatchedScope] {
        var found: [String: UnmatchedScope] = [:]
        let labels = Set(clients.flatMap(\.labels.keys))
        for rule in rules {
            for scope in rule.scopes ?? [] where !clients.contains(where: scope.matches) {
                found[
                    rule.facts.policyID + "\n" + scope.name,
                    default: UnmatchedScope(
                        name: scope.name, policyID: rule.facts.policyID, ruleIDs: [],
                        labelsOfNoClient: scope.labels.map(\.name).filter { !labels.contains($0) }.sorted())
                ].ruleIDs.append(rule.facts.id)
            }
        }
        return found.sorted { $0.key.precedesInUTF16($1.key) }.map(\.value)
    }

    /// An override that is for some clients, and for none of those there are.
    public struct UnmatchedOverride: Sendable, Hashable {
        /// The rule that it is laid over.
        public var ruleID: String
        /// Whom it is for: `scope production`, `client na3/4199`.
        public var subject: String
    }

    /// The overrides that are for none of these clients, by rule id.
    public func unmatchedOverrides(for clients: [Client]) -> [UnmatchedOverride] {
        rules.flatMap { rule in
            (rule.overlay?.subjects ?? []).filter { subject in !clients.contains(where: subject.matches) }
                .map { UnmatchedOverride(ruleID: rule.facts.id, subject: $0.text) }
        }
    }

    /// The same files with parameters set from outside, or what is wrong with them.
    public func withOverrides(params: [String: SettingValue]) -> PolicyLoader.Loaded {
        PolicyLoader.load(
            canonicalSource.map(\.file),
            overriding: overrides.merging(params) { _, new in new }, timeZones: timeZones)
    }
}
