import AuditModel
import AuditTestSupport
import Foundation
import Policies
import Testing

/// A waiver file of one waiver that is right but for what a test changes: a key to nil leaves it out.
func waiverText(_ changes: [String: String?] = [:]) -> String {
    var fields: [String: String?] = [
        "id": "W-1", "rules": "[R]", "clients": "[4199]", "reason": "a reason", "owner": "o@example.com",
        "approver": "a@example.com", "from": "2026-10-01", "expires": "2026-10-31",
    ]
    fields.merge(changes) { _, new in new }
    let lines = fields.sorted { $0.key < $1.key }.compactMap { key, value in value.map { "    \(key): \($0)\n" } }
    return "waivers:\n  -\n" + lines.joined()
}

func loadWaivers(_ text: String) -> WaiverLoader.Loaded {
    WaiverLoader.load([PolicyFile(name: "waivers.yaml", text: text)])
}

func waiverSet(_ text: String) throws -> WaiverSet {
    let loaded = loadWaivers(text)
    return try #require(loaded.waiverSet, "\(loaded.diagnostics.map(\.description).joined(separator: "\n"))")
}

struct WaiverLoaderTests {
    @Test func `a whole waiver is read`() throws {
        let loaded = loadWaivers(waiverText(["ticket": "SEC-1", "clients": "[na3/4199, 7, '8']"]))
        #expect(loaded.diagnostics == [])
        let waiver = try #require(loaded.waiverSet?.waivers.first)
        #expect(waiver.id == "W-1" && waiver.ruleIDs == ["R"] && waiver.reason == "a reason")
        #expect(waiver.owner == "o@example.com" && waiver.approver == "a@example.com" && waiver.ticket == "SEC-1")
        #expect(waiver.from.description == "2026-10-01" && waiver.expires.description == "2026-10-31")
        #expect(waiver.subjectText == "na3/4199, 7, 8")
    }

    static let mistakes: [([String: String?], String)] = [
        (["expires": "2026-02-30"], "'2026-02-30' is no date; write YYYY-MM-DD"),
        (["expires": "2027-02-29"], "'2027-02-29' is no date; write YYYY-MM-DD"),
        (["from": "2026-1-01"], "'2026-1-01' is no date; write YYYY-MM-DD"),
        (["from": "20261001"], "'20261001' is no date; write YYYY-MM-DD"),
        (["expires": "never"], "'never' is no date; write YYYY-MM-DD"),
        (["expires": "2026-10-31T00:00:00Z"], "'2026-10-31T00:00:00Z' is no date; write YYYY-MM-DD"),
        (["expires": nil], "waiver W-1 has no 'expires'"), (["from": nil], "waiver W-1 has no 'from'"),
        (["expires": "null"], "'expires' must be text, and is null"),
        (["expires": "2026-09-30"], "it ends on 2026-09-30, before it begins on 2026-10-01"),
        (["reason": "''"], "'reason' must be text, and is empty"),
        (["reason": nil], "waiver W-1 has no 'reason'"),
        (["approver": nil], "waiver W-1 has no 'approver'"),
        (["approvedBy": "b"], "waiver W-1 has both 'approver' and 'approvedBy'; keep one"),
        (["rules": "[]"], "'rules' must be a list of rule ids, and is empty"),
        (["rules": "R"], "'rules' must be a list, and is text"), (["rules": nil], "waiver W-1 has no 'rules'"),
        (["rule": "R"], "waiver W-1 has both 'rules' and 'rule'; keep one"),
        (["clients": nil], "waiver W-1 has neither 'clients' nor 'scope', and must say whom it is for"),
        (["clients": "[]"], "'clients' must be a list of clients, and is empty"),
        (["clients": "[acme]"], "a client must be environment/number or a number, and is acme"),
        (["clients": "[0]"], "a client must be environment/number or a number, and is 0"),
        (["clients": "[na3/x]"], "a client must be environment/number or a number, and is na3/x"),
        (["scope": "{env: prod}"], "waiver W-1 has both 'clients' and 'scope'; keep one"),
        (["clients": nil, "scope": "{}"], "scope 'scope' must name at least one label and value"),
        (
            ["while": "{internal.maxDailyAttempt: 3}"],
            "unknown setting 'internal.maxDailyAttempt' in waiver W-1"
        ),
        (
            ["while": "{internal.encryptCcsPassword: {atMost: 3}}"],
            "'atMost' compares numbers, and 'internal.encryptCcsPassword' is of type boolean"
        ),
        (["until": "2026-10-31"], "unknown key 'until' in waiver W-1"),
    ]

    @Test(arguments: mistakes.indices) func `a mistake is refused in words, and waives nothing`(row: Int) {
        let (changes, sentence) = Self.mistakes[row]
        let loaded = loadWaivers(waiverText(changes))
        #expect(loaded.waiverSet == nil)
        #expect(loaded.diagnostics.map(\.message) == [sentence])
    }

    @Test func `all mistakes are told at once, each with its place and a caret`() {
        let loaded = loadWaivers(
            """
            waivers:
              - id: W-1
                rules: [R]
                client: [4199]
                reason: r
                owner: o
                approver: a
                from: 2026-10-01
                expires: 2026-13-01
              - {id: W-1, rule: R, scope: {env: prod}, reason: r, owner: o, approver: a, from: 2026-10-01, expires: 2026-10-02}

            """)
        #expect(
            loaded.diagnostics.map(\.description) == [
                """
                waivers.yaml:2:5: error: waiver W-1 has neither 'clients' nor 'scope', and must say whom it is for
                 |   - id: W-1
                 |     ^
                """,
                """
                waivers.yaml:4:5: error: unknown key 'client' in waiver W-1
                 |     client: [4199]
                 |     ^
                 did you mean 'clients'?
                """,
                """
                waivers.yaml:9:14: error: '2026-13-01' is no date; write YYYY-MM-DD
                 |     expires: 2026-13-01
                 |              ^
                """,
                """
                waivers.yaml:10:10: error: the waiver id W-1 is taken at waivers.yaml:2
                 |   - {id: W-1, rule: R, scope: {env: prod}, reason: r, owner: o, approver: a, from: 2026-10-01, expires: 2026-10-02}
                 |          ^
                """,
            ])
    }

    @Test func `no owner is a warning, approvedBy an approver, and an empty list no mistake`() throws {
        let loaded = loadWaivers(waiverText(["owner": nil, "approver": nil, "approvedBy": "b"]))
        #expect(loaded.diagnostics.map(\.severity) == [.warning])
        #expect(loaded.waiverSet?.waivers.first?.approver == "b")
        #expect(try waiverSet("waivers:\n").waivers.isEmpty)
        #expect(loadWaivers("waiver: []\n").hasErrors)
    }

    @Test func `a pin that 0 slips through is warned of, as in a rule`() {
        let loaded = loadWaivers(waiverText(["while": "{internal.maxFailedCcsLoginAttempts: {atMost: 10}}"]))
        #expect(loaded.diagnostics.map(\.severity) == [.warning])
        #expect(loaded.diagnostics.first?.message.contains("state zero: violates") == true)
    }

    @Test func `the example in the documentation is read without a warning`() throws {
        let page = try String(contentsOf: packageRoot.appending(path: "docs/waivers.md"), encoding: .utf8)
        let example = try #require(
            page.components(separatedBy: "```yaml\n").dropFirst().first?.components(
                separatedBy: "```"
            ).first)
        let loaded = loadWaivers(example)
        #expect(loaded.diagnostics == [])
        #expect(loaded.waiverSet?.waivers.count == 2)
    }

    @Test func `however a file is damaged, it loads or says why not`() {
        var generator = SeededGenerator(seed: 0x3A1)
        print("seed \(generator.seed)")
        let original = Array(waiverText(["while": "{internal.maxDailyAttempts: {between: [1, 9]}}"]).utf8)
        for _ in 0..<200 {
            var bytes = original
            let position = Int.random(in: 0..<bytes.count, using: &generator)
            bytes.removeSubrange(position..<min(bytes.count, position + Int.random(in: 1...20, using: &generator)))
            let loaded = WaiverLoader.load([PolicyFile(name: "w.yaml", bytes: bytes)])
            #expect((loaded.waiverSet == nil) == loaded.hasErrors)
        }
    }
}
