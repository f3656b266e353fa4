import AuditModel
import AuditTestSupport
import Policies
import Testing

struct PolicySetTests {
    static func client(_ number: Int, _ labels: [String: String]) -> Client {
        Client(id: Client.ID(environment: EnvironmentName("na3"), number: number), code: "C", labels: labels)
    }

    static let scoped = """
          - {id: A, title: A, scope: production, check: {internal.encryptCcsPassword: true}}
          - {id: B, title: B, scope: [abroad, production], check: {internal.encryptCcsPassword: true}}
          - {id: C, title: C, check: {internal.encryptCcsPassword: true}, message: "{client.id}"}

        """
    static let scopes = "scopes: {production: {env: prod}, abroad: {region: [emea, apac], tier: 1}}\n"

    @Test func `a rule judges the clients of its scopes`() throws {
        let set = try policySet(Self.scoped, head: Self.scopes)
        func verdicts(_ labels: [String: String]) throws -> [Verdict] {
            try set.results(for: Snapshot.of([.internal: #"{"encryptCcsPassword": true}"#], labels: labels))
                .map(\.verdict)
        }
        #expect(try verdicts(["env": "prod"]) == [.pass, .pass, .pass])
        #expect(try verdicts(["region": "apac", "tier": "1"]) == [.notApplicable, .pass, .pass])
        #expect(try verdicts(["region": "apac"]) == [.notApplicable, .notApplicable, .pass])
        #expect(try verdicts([:]) == [.notApplicable, .notApplicable, .pass])
        #expect(set.labelsRead == ["env", "region", "tier"])
        #expect(set.readsClientID)
        #expect(
            set.unmatchedScopes(for: [Self.client(1, ["env": "prod", "region": "emea"])]) == [
                PolicySet.UnmatchedScope(
                    name: "abroad", policyID: "p", ruleIDs: ["B"], labelsOfNoClient: ["tier"])
            ])
    }

    @Test func `what a rule reads is known, its condition included`() throws {
        let set = try ruleSet(
            check: "{any: [{internal.encryptCcsPassword: true}, {not: {\"voicePool.voice[*].id\": {contains: 1}}}]}",
            when: "{settings.scrubWireless: true}")
        #expect(set.groupsRead(by: "R") == [.internal, .settings, .voicePool])
        #expect(
            set.paths(comparedBy: "R").map(\.dotted) == [
                "settings.scrubWireless", "internal.encryptCcsPassword", "voicePool.voice[*].id",
            ])
        #expect(set.paths(comparedBy: "X") == [])
    }

    static func files(_ rules: [(id: String, policy: Int, text: String)]) -> [PolicyFile] {
        Dictionary(grouping: rules, by: \.policy).map { number, rules in
            PolicyFile(
                name: "\(number).yaml",
                text: "policy: {id: p\(number), title: P, version: '1'}\nrules:\n" + rules.map(\.text).joined())
        }
    }

    @Test func `results are the same whatever the order of rules and files`() throws {
        var generator = SeededGenerator(seed: 2026)
        print("seed \(generator.seed)")
        let checks = [
            "{internal.encryptCcsPassword: true}", "{internal.maxDailyAttempts: {atMost: 3}}",
            "{any: [{internal.callRecordingDays: {atLeast: 9}}, {settings.scrubWireless: true}]}",
            "{not: {internal.maxDailyAttempts: {equals: 4}}}",
            "{\"voicePool.voice[*].id\": {subsetOf: [1, 2], empty: fail}}",
        ]
        for _ in 0..<40 {
            var rules = (0..<12).map { number in
                let check = checks.randomElement(using: &generator) ?? checks[0]
                let id = "R-\(number)"
                return (
                    id: id, policy: Int.random(in: 0..<3, using: &generator),
                    text: "  - {id: \(id), title: \(id), check: \(check)}\n"
                )
            }
            let snapshot = try Snapshot.of([
                .internal:
                    "{\"encryptCcsPassword\": \(Bool.random(using: &generator)), \"maxDailyAttempts\": \(Int.random(in: -1..<6, using: &generator))}",
                .voicePool: "{\"voice\": [{\"id\": \(Int.random(in: 0..<4, using: &generator))}]}",
            ])
            let first = try #require(PolicyLoader.load(Self.files(rules)).policySet)
            #expect(first.facts.map(\.id) == first.facts.map(\.id).sorted())
            rules.shuffle(using: &generator)
            let other = try #require(PolicyLoader.load(Self.files(rules).shuffled(using: &generator)).policySet)
            #expect(first.results(for: snapshot) == other.results(for: snapshot))
        }
    }

    @Test
    func `the digest is that of the texts, not of names and order, and the set can be made again from its source`()
        throws
    {
        let texts = ["a", "b"].map { id in
            "policy: {id: \(id), title: P, version: '1'}\nrules:\n  - {id: R-\(id), title: \(id), check: {internal.encryptCcsPassword: true}}\n"
        }
        let one = try #require(
            PolicyLoader.load([PolicyFile(name: "x", text: texts[0]), PolicyFile(name: "y", text: texts[1])]).policySet)
        let other = try #require(
            PolicyLoader.load([PolicyFile(name: "q", text: texts[1]), PolicyFile(name: "p", text: texts[0])]).policySet)
        #expect(one.digest == other.digest)
        #expect(one.canonicalSource.map(\.text) == other.canonicalSource.map(\.text))
        let changed = try #require(
            PolicyLoader.load([PolicyFile(name: "x", text: texts[0] + "\n"), PolicyFile(name: "y", text: texts[1])])
                .policySet)
        #expect(changed.digest != one.digest)
        let again = try #require(
            PolicyLoader.load(one.canonicalSource.map { PolicyFile(name: $0.name, text: $0.text) }).policySet)
        #expect(again.digest == one.digest)
        #expect(again.policies == one.policies)
        #expect(again.facts == one.facts)
    }

    @Test func `parameters can be set from outside, within their type`() throws {
        let set = try ruleSet(
            check: "{internal.maxDailyAttempts: {atMost: $limit, zero: violates}}", head: "params: {limit: 3}\n")
        let snapshot = try Snapshot.of([.internal: #"{"maxDailyAttempts": 4}"#])
        #expect(set.results(for: snapshot).map(\.verdict) == [.fail])
        let wider = try #require(set.withOverrides(params: ["limit": 4]).policySet)
        #expect(wider.results(for: snapshot).map(\.verdict) == [.pass])
        #expect(wider.digest != set.digest)
        #expect(
            set.withOverrides(params: ["limit": "4"]).diagnostics.map(\.message) == [
                "parameter 'limit' cannot be set to \"4\"; its default is of type integer"
            ])
        let unknown = set.withOverrides(params: ["limits": 4]).diagnostics
        #expect(unknown.map(\.message) == ["no policy has a parameter 'limits'"])
        #expect(unknown.map(\.suggestion) == ["limit"])
    }

    @Test func `no file and no rule is a set without rules`() throws {
        let set = try #require(PolicyLoader.load([]).policySet)
        #expect(set.facts.isEmpty)
        #expect(try set.results(for: Snapshot.of([:])).isEmpty)
    }
}
