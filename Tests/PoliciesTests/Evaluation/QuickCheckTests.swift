import AuditModel
import AuditTestSupport
import Testing

@testable import Policies

/// The short way to a verdict says nothing that the walk through the condition would not.
struct QuickCheckTests {
    @Test func `a verdict that is told at once is that of the walk, for random rules and random snapshots`() throws {
        let seed: UInt64 = 20_261_124
        print("quick checks: seed \(seed)")
        var random = RandomRules(generator: SeededGenerator(seed: seed))
        var told = 0
        var walked = 0
        for _ in 0..<300 {
            let text = random.policy()
            let loaded = PolicyLoader.load([PolicyFile(name: "p.yaml", text: text)])
            let set = try #require(
                loaded.policySet, "\(text)\n\(loaded.diagnostics.map(\.description).joined(separator: "\n"))")
            for _ in 0..<12 {
                let snapshot = try random.snapshot()
                let evidence = Evidence(snapshot, set.slots)
                for rule in set.rules {
                    let quick = rule.result(for: evidence)
                    let slow = rule.ownResult(for: evidence)
                    #expect(quick == slow, "\(text)\n\(snapshot.groups)")
                    if rule.quick?.verdict(for: evidence) == nil { walked += 1 } else { told += 1 }
                }
            }
        }
        print("quick checks: \(told) told at once, \(walked) walked")
        #expect(told > 2000)
        #expect(walked > 2000)
    }
}

/// Rules and snapshots in which every kind of matcher meets every kind of value.
private struct RandomRules {
    var generator: SeededGenerator

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &generator)]
    }

    mutating func policy() -> String {
        let rules = (0..<4).map { index -> String in
            let when = Bool.random(using: &generator) ? ", when: \(condition(depth: 1, isWhen: true))" : ""
            let scope = pick(["", "", ", scope: prod", ", scope: [prod, care]"])
            return "  - {id: R\(index), title: T\(index), check: \(condition(depth: 2, isWhen: false))\(when)\(scope)}"
        }
        return """
            policy: {id: p, title: P, version: '1'}
            scopes: {prod: {env: prod}, care: {line: [care, sales]}}
            rules:
            \(rules.joined(separator: "\n"))
            """
    }

    private mutating func condition(depth: Int, isWhen: Bool) -> String {
        guard depth > 0, Int.random(in: 0..<3, using: &generator) > 0 else { return "{\(leaf(isWhen: isWhen))}" }
        let parts = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
            condition(depth: depth - 1, isWhen: isWhen)
        }
        return switch Int.random(in: 0..<4, using: &generator) {
        case 0: "{all: [\(parts.joined(separator: ", "))]}"
        case 1: "{any: [\(parts.joined(separator: ", "))]}"
        case 2: "{not: \(parts[0])}"
        default: "{\(leaf(isWhen: isWhen))}"
        }
    }

    private mutating func leaf(isWhen: Bool) -> String {
        let modifier = isWhen ? "" : pick(["", "", ", absent: pass", ", \"null\": pass"])
        let zero = pick(["", "", ", zero: violates", ", zero: satisfies"])
        let number = Int.random(in: 0...6, using: &generator)
        return pick([
            "internal.encryptCcsPassword: \(Bool.random(using: &generator))",
            "internal.maxFailedCcsLoginAttempts: {atMost: \(number)\(zero)\(modifier)}",
            "internal.maxFailedAcdLoginAttempts: {between: [1, \(number + 1)]\(zero)\(modifier)}",
            "internal.maxDailyAttempts: {greaterThan: \(number)\(modifier)}",
            "internal.callRecordingDays: {equals: \(number)\(modifier)}",
            "internal.passwordExpirationDays: {in: [\(number), 3, null]}",
            "internal.maxDailyAttempts: {notEquals: \(number)\(zero)}",
            "settings.clientCode: {matches: '^A'\(modifier)}", "settings.clientCode: {notIn: [ACME, x]\(modifier)}",
            "settings.answeringMachineOption: null", "settings.answeringMachineOption: {equals: TRANSFER\(modifier)}",
            "\"voicePool.voice[*].id\": {subsetOf: [1, 2, 3], empty: \(pick(["pass", "fail"]))\(modifier)}",
            "\"voicePool.voice[*].id\": {containsNone: [5], unique: true, size: {atMost: \(number)}, empty: pass}",
            "\"voicePool.voice[*].id\": {supersetOf: [1], empty: fail}",
            "\"countries[*].countryCode\": {each: {in: ['1', '44']}, empty: pass}",
            "\"messaging.property[key=requeue_limit].value\": {coerce: int, between: [1, \(number + 1)]\(modifier)}",
            "\"messaging.property[key=template_id].value\": {equals: '4'}",
            "cel: 'internal.maxDailyAttempts > 0 && internal.maxDailyAttempts <= \(number)'",
            "cel: 'voicePool.voice.exists(v, v.id == settings.defaultVoiceId)'",
        ])
    }

    mutating func snapshot() throws -> Snapshot {
        func key(_ name: String, _ values: [String], _ random: inout RandomRules) -> String? {
            let value = random.pick(values + ["", "null"])
            return value.isEmpty ? nil : "\"\(name)\":\(value)"
        }
        let numbers = ["0", "1", "2", "3", "5", "-1", "2.5", "\"3\""]
        func object(_ members: [String?]) -> String { "{\(members.compactMap { $0 }.joined(separator: ","))}" }
        var groups: [SettingsGroup: String] = [
            .internal: object([
                key("encryptCcsPassword", ["true", "false", "1"], &self),
                key("maxFailedCcsLoginAttempts", numbers, &self), key("maxFailedAcdLoginAttempts", numbers, &self),
                key("maxDailyAttempts", numbers, &self), key("callRecordingDays", numbers, &self),
                key("passwordExpirationDays", numbers, &self),
            ]),
            .settings: object([
                key("clientCode", ["\"ACME\"", "\"B\"", "7"], &self),
                key("answeringMachineOption", ["\"TRANSFER\"", "\"x\""], &self),
                key("defaultVoiceId", ["1", "9"], &self),
            ]),
            .voicePool: object([
                key(
                    "voice",
                    ["[]", "[{\"id\":1}]", "[{\"id\":1},{\"id\":5}]", "[{\"id\":2},{\"id\":2}]", "[{}]", "[7]", "{}"],
                    &self)
            ]),
            .countries: pick([
                "[]", "[{\"id\":1,\"countryCode\":\"1\"}]", "[{\"id\":1,\"countryCode\":null}]",
                "[{\"id\":9,\"countryCode\":\"86\"}]",
            ]),
            .messaging: object([
                key(
                    "property",
                    [
                        "[]", "[{\"key\":\"requeue_limit\",\"value\":\"3\"},{\"key\":\"template_id\",\"value\":\"4\"}]",
                        "[{\"key\":\"requeue_limit\",\"value\":\"many\"}]",
                        "[{\"key\":\"requeue_limit\",\"value\":\"1\"},{\"key\":\"requeue_limit\",\"value\":\"9\"}]",
                        "[{\"key\":\"requeue_limit\"}]", "7",
                    ], &self)
            ]),
        ]
        var notCollected: Set<SettingsGroup> = []
        for group in SettingsGroup.allCases where Int.random(in: 0..<12, using: &generator) == 0 {
            groups[group] = nil
            if Bool.random(using: &generator) { notCollected.insert(group) }
        }
        let labels = pick([["env": "prod"], ["env": "uat"], ["line": "care"], [:]])
        return try Snapshot.of(groups, labels: labels, notCollected: notCollected)
    }
}
