import AuditModel
import AuditTestSupport
import Foundation
import Policies
import Testing

/// The kinds of files that a schema is published for and this target loads.
enum SchemaKind: String, CaseIterable {
    case policy, policyTests = "policy-tests", waivers

    var schema: JSONSchema {
        switch self {
        case .policy: Self.validators.policy
        case .policyTests: Self.validators.policyTests
        case .waivers: Self.validators.waivers
        }
    }

    private static let validators = (
        policy: JSONSchema(FileSchema.policy), policyTests: JSONSchema(FileSchema.policyTests),
        waivers: JSONSchema(FileSchema.waivers)
    )

    /// What the loader finds wrong.
    ///
    /// - Parameter set: the rules that a file of test cases is for.
    func errors(in text: String, for set: PolicySet? = nil) -> [Diagnostic] {
        let file = PolicyFile(name: "f.yaml", text: text)
        let diagnostics =
            switch self {
            case .policy: PolicyLoader.load([file]).diagnostics
            case .waivers: WaiverLoader.load([file]).diagnostics
            case .policyTests: set.map { PolicyTests.load(file, for: $0).diagnostics } ?? []
            }
        return diagnostics.filter { $0.severity == .error }
    }
}

/// A file as JSON sees it, as editors hold it against a schema.
func document(of text: String) throws -> SettingValue {
    try YAMLReader.node(of: text, file: "f.yaml").get().json
}

extension YAMLNode {
    var json: SettingValue {
        switch kind {
        case .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): .integer(value)
        case .float(let value): SettingValue(exactly: value) ?? .number(value)
        case .string(let value): .string(value)
        case .sequence(let elements): .array(elements.map(\.json))
        case .mapping(let entries):
            .object(SettingObject(entries.map { .init(key: $0.key, value: $0.value.json) }))
        }
    }
}

/// The valid files of the repository, and one more of each kind that uses every key.
struct ValidFile: CustomTestStringConvertible {
    var kind: SchemaKind
    var name: String
    var text: String
    /// The policies that a file of test cases is for.
    var policies: [PolicyFile] = []
    /// How often it is damaged: files that use every key have more places.
    var rounds = 25

    var testDescription: String { name }

    func set() -> PolicySet? { PolicyLoader.load(policies).policySet }

    static let all: [ValidFile] = {
        var files = rich
        let folder = packageRoot.appending(path: "policies")
        for name in ["calling-compliance", "change-control", "recording-retention", "security-baseline"] {
            let policy = (try? String(contentsOf: folder.appending(path: name + ".yaml"), encoding: .utf8)) ?? ""
            let tests = (try? String(contentsOf: folder.appending(path: name + ".tests.yaml"), encoding: .utf8)) ?? ""
            files.append(ValidFile(kind: .policy, name: name, text: policy))
            files.append(
                ValidFile(
                    kind: .policyTests, name: name + ".tests", text: tests,
                    policies: [PolicyFile(name: name, text: policy)]))
        }
        let example = packageRoot.deletingLastPathComponent().appending(path: "shared/examples/policy-example.yaml")
        if let text = try? String(contentsOf: example, encoding: .utf8),
            let (policy, tests) = try? PolicyExampleTests.split(text)
        {
            files.append(ValidFile(kind: .policy, name: "worked example", text: policy))
            files.append(
                ValidFile(
                    kind: .policyTests, name: "worked example's tests", text: tests,
                    policies: [PolicyFile(name: "example", text: policy)]))
        }
        return files
    }()

    private static let rich = [
        ValidFile(kind: .policy, name: "every key of policies", text: richPolicy, rounds: 160),
        ValidFile(
            kind: .policyTests, name: "every key of test cases", text: richTests,
            policies: [PolicyFile(name: "rich", text: richPolicy)], rounds: 160),
        ValidFile(kind: .waivers, name: "every key of waivers", text: richWaivers, rounds: 160),
    ]

    private static let richPolicy = """
        policy: {id: rich.1, title: Everything, version: 1.10, owner: me}
        params: {most: 5, share: 0.5, names: [a, b], on: true, word: "", voices: [1, 2]}
        scopes: {production: {env: prod, tier: 1}, abroad: {region: [emea, 2]}}
        defaults: {severity: low, absent: pass, "null": fail}
        rules:
          - id: A
            title: A
            severity: critical
            scope: [production, abroad]
            when: {settings.acdAgentSkillEnabled: true, not: {settings.displayName: {in: [x, null]}}}
            check:
              all:
                - internal.maxFailedCcsLoginAttempts: {atMost: $most, atLeast: 1, zero: violates, absent: fail, "null": pass}
                - any: [{internal.passwordExpirationDays: {between: [1, $most]}}, {'internal["passwordExpirationDays"]': {greaterThan: 0.5, lessThan: 900}}]
                - settings.displayName: {matches: '^A', notEquals: $$x, notIn: $names, absent: fail}
                - settings.answeringMachineOption: {in: [NO_MESSAGES, WHISPER]}
                - messaging.property[key=requeue_limit].value: {coerce: int, atMost: 20, zero: satisfies}
                - 'messaging.property[key="template_id"].value': {equals: "5"}
                - messaging.property[0].key: x
                - "voicePool.voice[id=1#2].id": {equals: 1}
                - "voicePool.voice[*].id": {subsetOf: $voices, supersetOf: [1], contains: 1, containsNone: [9], unique: true, size: {atLeast: 1}, each: {atLeast: 1}, empty: fail, absent: pass, "null": pass}
                - countries[id=1].name: {equals: null}
                - countries: []
              cel: settings.displayName != '' && params.on && params.share < 1.0 && params.word == ''
            message: "{value} at {path} of {client.id}: {params.most} {{}}"
            rationale: r
            remediation: m
            controls: [X/1, {ref: X/2, strength: satisfies, caveat: c}]
          - id: B
            title: B
            undocumented: true
            check: {settings.newKey: {equals: [1, {a: b}], absent: pass}, "settings.newList[*].key": {size: 0, each: x}, internal.maxDailyAttempts: 5}
          - {id: C, title: C, scope: production, check: {not: {internal.encryptCcsPassword: false}}}
        override:
          - {rule: C, severity: high, message: "{path}", reason: r, scope: abroad}
          - {rules: [A], params: {most: 6}, clients: [na3/4199, 7]}
          - {policy: rich.1, disable: true, reason: r}

        """

    private static let richTests = """
        base:
          client: {id: 7, labels: {env: prod, tier: 1}}
          internal: {maxDailyAttempts: 1}
          settings: {displayName: x}
          messaging: {property: []}
          voicePool: {voice: [{id: 1}]}
          countries: []
        waivers:
          - {id: W, rule: C, clients: [7], reason: r, owner: o, approver: a, from: 2026-01-01, expires: 2026-12-31}
        cases:
          - name: one
            set: {internal.maxDailyAttempts: 5, client.id: 9, client.labels.env: dev, "voicePool.voice[id=1].id": 2}
            unset: [settings.displayName, client.labels.tier]
            notCollected: [countries]
            labels: {line: care}
            today: 2026-05-05
            expect: {A: pass, C: waived}

        """

    private static let richWaivers = """
        waivers:
          - id: W-1
            rules: [A, B]
            clients: [na3/4199, 4200]
            while: {internal.maxFailedCcsLoginAttempts: {atMost: 10}, any: [{settings.displayName: x}], cel: settings.displayName == 'x'}
            reason: r
            owner: o
            approver: a
            ticket: 14
            from: 2026-01-01
            expires: 2026-12-31
          - {id: W-2, rule: A, scope: {env: prod, region: [emea, 2]}, reason: r, approvedBy: a, ticket: T-1, from: 2026-01-01, expires: 2026-01-01}

        """
}
