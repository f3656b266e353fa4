import AuditModel
import AuditTestSupport
import Emulator
import Foundation
import Testing

/// Policies held against the demo's 14 nights, whose drift is planted: what is told can be counted by hand.
@Suite(.serialized)
struct TrialTests {
    private static let database = ["--database", "snapshots/demo.sqlite"]

    private static func withDemo(
        isolation: isolated (any Actor)? = #isolation, _ body: (AuditProcess) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let audit = AuditProcess(folder: folder)
            let demo = try await audit.run(
                "demo", "--policies", shippedPolicies, "--last-night", "2026-11-14T02:00:00Z")
            #expect(demo.status == 0, "\(demo.errors)")
            try await body(audit)
        }
    }

    private static func write(_ text: String, _ name: String, _ audit: AuditProcess) throws {
        try Data(text.utf8).write(to: audit.folder.appending(path: name))
    }

    private static let candidate = """
        policy: {id: candidate, title: Candidate, version: "1"}
        params: {attempts: 5}
        scopes: {nobody: {env: nowhere}}
        rules:
          - {id: T-ENC, title: Encrypted, severity: critical, check: {internal.encryptCcsPassword: true}}
          - {id: T-LOCK, title: Lockout, check: {internal.maxFailedCcsLoginAttempts: {atMost: $attempts, zero: satisfies}}}
          - {id: T-NAME, title: Nobody, scope: nobody, check: {internal.encryptCcsPassword: true}}

        """

    private static func rule(_ id: String, in report: SettingValue) throws -> SettingValue {
        try #require(report["rules"]?.arrayValue?.first { $0["rule"]?.stringValue == id })
    }

    @Test func `backtest, diff and coverage tell what was planted`() async throws {
        try await Self.withDemo { audit in
            try Self.write(Self.candidate, "candidate.yaml", audit)
            try await Self.backtests(audit)
            try await Self.restricted(audit)
            try await Self.differs(audit)
            try await Self.covers(audit)
            try await Self.refuses(audit)
        }
    }

    /// One client's encryption is off from night 3 (2026-11-04) to night 5; another client is denied on night 8, and a
    /// third is gone from night 12 on, which makes three verdicts unknown.
    private static func backtests(_ audit: AuditProcess) async throws {
        let planned = EmulatorScenario.plannedChanges(clients: 25, seed: 7)
        let victim = try #require(planned.first { $0.path == "internal.encryptCcsPassword" }?.clientID)
        let result = try await audit.run(
            ["policy", "backtest", "candidate.yaml", "--since", "2026-11-01", "--format", "json"] + database)
        #expect(result.status == 0, "\(result.errors)")
        let report = try result.json()
        #expect(report["synthetic"] == true)
        #expect(report["nights"]?["count"] == 14)
        #expect(report["clients"] == 25)
        let encryption = try rule("T-ENC", in: report)
        #expect(encryption["firstFired"]?["day"] == "2026-11-04")
        #expect(encryption["firstFired"]?["clients"]?.arrayValue?.map { $0["number"] } == [.integer(Int64(victim))])
        #expect(encryption["failingNights"] == 3)
        #expect(encryption["failingClients"] == 1)
        #expect(encryption["flaps"] == 0)
        #expect(encryption["unknownNights"] == 3)
        #expect(encryption["clientNights"] == ["pass": 344, "fail": 3, "unknown": 3, "notApplicable": 0])
        #expect(encryption["lastNight"] == ["pass": 24, "fail": 0, "unknown": 1, "notApplicable": 0])
        let details = encryption["clients"]?.arrayValue ?? []
        #expect(details.count == 3, "the one that fails and the two that could not be read")
        let own = try #require(details.first { $0["client"]?["number"] == .integer(Int64(victim)) })
        #expect(own["lastFired"]?["day"] == "2026-11-06")
        #expect(own["lastVerdict"] == "pass")
        #expect(try rule("T-NAME", in: report)["judgesAnyone"] == false)
        #expect(report["unmatchedScopes"]?.arrayValue?.map { $0["scope"] } == ["nobody"])

        let text = try await audit.run(["policy", "backtest", "candidate.yaml"] + database)
        #expect(
            text.output.hasPrefix("Synthetic data (emulator): demo, 2026-11-01 → 2026-11-14 (14 nights, 25 clients): "),
            "\(text.output)")
        #expect(text.output.contains("Judged nobody in any night: T-NAME;"))
        let one = try await audit.run(
            ["policy", "backtest", "candidate.yaml", "--client", String(victim), "--format", "csv"] + database)
        #expect(
            one.output.contains("T-ENC,2026-11-04,2026-11-06,3,0,11,0,0,pass\r\n"), "\(one.output)")
    }

    private static func restricted(_ audit: AuditProcess) async throws {
        let before = try await audit.run(
            ["policy", "backtest", "candidate.yaml", "--until", "2026-11-03", "--format", "json", "--exit-code"]
                + database)
        let report = try before.json()
        #expect(report["nights"]?["count"] == 3)
        #expect(try rule("T-ENC", in: report)["firstFired"] == .null)
        #expect(before.status == 1, "the lockout rule fails from the first night on")
        let later = try await audit.run(
            ["policy", "backtest", "candidate.yaml", "--since", "2026-11-13", "--exit-code"] + database)
        #expect(later.status == 3, "a verdict is unknown")
        // With a limit that nobody exceeds, the lockout rule is silent.
        let loose = try await audit.run(
            ["policy", "backtest", "candidate.yaml", "--set", "attempts=1000", "--format", "json"] + database
        ).json()
        #expect(try rule("T-LOCK", in: loose)["failingClients"] == 0)
    }

    private static func differs(_ audit: AuditProcess) async throws {
        let same = try await audit.run(
            ["policy", "diff", "recorded:latest", shippedPolicies, "--now", "2026-11-14T12:00:00Z", "--exit-code"]
                + database)
        #expect(same.status == 0, "\(same.output)\(same.errors)")
        #expect(same.output.contains("no verdict of 22 common rules differs"))
        let old = candidate.replacing("scopes: {nobody: {env: nowhere}}\n", with: "")
            .replacing("scope: nobody, ", with: "").replacing("T-NAME", with: "T-OLD")
            .replacing("{internal.encryptCcsPassword: true}}", with: "{internal.encryptCcsPassword: false}}")
        try write(old, "old.yaml", audit)
        let result = try await audit.run(
            [
                "policy", "diff", "old.yaml", "candidate.yaml", "--since", "2026-11-01", "--format", "json",
                "--exit-code",
            ]
                + database)
        #expect(result.status == 1, "\(result.errors)")
        let report = try result.json()
        // The opposite check: every verdict that can be told is the other way round.
        let moves = report["moves"]?.arrayValue ?? []
        #expect(moves.map { $0["rule"] } == ["T-ENC", "T-ENC"])
        #expect(moves.map { $0["clientNights"] } == [344, 3])
        #expect(moves.map { $0["nights"] } == [14, 3])
        #expect(report["differences"]?.arrayValue?.count == 24)
        #expect(report["commonRules"] == 2)
        #expect(report["redefinedRules"] == ["T-ENC"])
        #expect(report["added"]?.arrayValue?.map { $0["rule"] } == ["T-NAME"])
        #expect(report["retired"]?.arrayValue?.map { $0["rule"] } == ["T-OLD"])
        let text = try await audit.run(["policy", "diff", "old.yaml", "candidate.yaml"] + database)
        #expect(
            text.output.contains("old: internal.encryptCcsPassword is true, expected false\n"), "\(text.output)")
        // A layer over the old set, with a comma between.
        try write(
            "policy: {id: o, title: O, version: \"1\"}\noverride:\n  - {rule: T-ENC, disable: true, reason: trial}\n",
            "layer.yaml",
            audit)
        let layered = try await audit.run(
            ["policy", "diff", "old.yaml", "old.yaml,layer.yaml", "--format", "json"] + database
        ).json()
        #expect(layered["redefinedRules"] == ["T-ENC"])
        let empty = audit.folder.appending(path: "empty")
        try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
        let mistaken = try await audit.run(["policy", "diff", "empty", "old.yaml"] + database)
        #expect(mistaken.status == 2)
        #expect(mistaken.errors.contains("there is no policy file in the folder empty"), "\(mistaken.errors)")
    }

    private static func covers(_ audit: AuditProcess) async throws {
        let result = try await audit.run(
            ["policy", "coverage", "--policies", "candidate.yaml", "--format", "json", "--exit-code"] + database)
        #expect(result.status == 1, "\(result.errors)")
        let report = try result.json()
        let unread = Set(report["unread"]?.arrayValue?.compactMap { $0["setting"]?.stringValue } ?? [])
        #expect(unread.count == SettingsCatalogue.definitions.count - 2)
        #expect(!unread.contains("internal.encryptCcsPassword"))
        #expect(report["paths"]?.arrayValue?.map { $0["state"] } == ["matches", "matches", "noClientInScope"])
        let undocumented = report["undocumented"]?.arrayValue ?? []
        #expect(undocumented.map { $0["setting"] } == ["internal.answeringMachineDetection"])
        #expect(undocumented.first?["firstSeen"]?["day"] == "2026-11-01")
        #expect(undocumented.first?["clients"] == 1)
        let without = try await audit.run(
            "policy", "coverage", "candidate.yaml", "--database", "nowhere.sqlite")
        #expect(without.status == 3)
        #expect(without.output.contains("settings are read by none of 3 rules."), "\(without.output)")
        #expect(without.errors.contains("there is no stored night at nowhere.sqlite"))
    }

    private static func refuses(_ audit: AuditProcess) async throws {
        try write(
            """
            policy: {id: p, title: t, version: "1"}
            rules:
              - {id: A-1, title: one, severity: hihg, check: {internal.maxFailedCcsLogins: {atMost: 5}}}
              - {id: A-2, title: two, check: {internal.encryptCcsPassword: {atMost: 5}}}

            """, "bad.yaml", audit)
        try write(
            """
            policy: {id: p, title: t, version: "1"}
            rules:
              - {id: A-1, title: one, when: {internal.callRecordingDays: {lessThan: 0}}, check: {internal.maxDailyAttempts: 1}}

            """, "idle.yaml", audit)
        try write("policy: {id: p, title: t, version: \"1\"}\nrules: []\n", "empty.yaml", audit)
        let cases: [(arguments: [String], status: Int32, sentence: String)] = [
            (["backtest", "bad.yaml"], 2, "3 mistakes in the policies; nothing was done."),
            (["diff", "candidate.yaml", "bad.yaml"], 2, "3 mistakes in the policies; nothing was done."),
            (
                ["backtest", "candidate.yaml", "--since", "2027-01-01"], 2,
                "there is no sealed run since 2027-01-01; the stored ones are of 2026-11-01 to 2026-11-14."
            ),
            (
                ["backtest", "candidate.yaml", "--since", "2026-02-30"], 2,
                "--since 2026-02-30: write a date that exists"
            ),
            (
                ["backtest", "candidate.yaml", "--since", "2026-11-05", "--until", "2026-11-04"], 2,
                "--since 2026-11-05 is after --until 2026-11-04; swap them."
            ),
            (
                ["backtest", "candidate.yaml", "--client", "9999"], 2,
                "no client '9999' is on the roster in these nights."
            ),
            (["backtest", "candidate.yaml", "--set", "internal.maxDailyAttempts=1"], 2, "history is judged as it was"),
            (["backtest", "nowhere.yaml"], 2, "there is no policy file or folder at nowhere.yaml"),
            (["backtest", "empty.yaml"], 3, "there is no rule in 1 policy file"),
            (["backtest", "idle.yaml"], 3, "no rule judges any client in these nights, so nothing was tried"),
            (["diff", "recorded:2020-01-01", "candidate.yaml"], 2, "2020-01-01 is before the first run"),
        ]
        for (arguments, status, sentence) in cases {
            let result = try await audit.run(["policy"] + arguments + database)
            #expect(result.status == status, "\(arguments): \(result.output)\(result.errors)")
            #expect(result.errors.contains(sentence), "\(arguments): \(result.errors)")
        }
        let carets = try await audit.run(["policy", "backtest", "bad.yaml"] + database).errors
        #expect(carets.components(separatedBy: "\n").filter { $0.hasSuffix("^") }.count == 3, "\(carets)")
        let missing = try await audit.run("policy", "backtest", "candidate.yaml", "--database", "nowhere.sqlite")
        #expect(missing.status == 2)
        #expect(missing.errors.contains("there is no database at nowhere.sqlite"))
    }

    @Test(arguments: ["backtest", "diff", "coverage"])
    func `each command explains itself with an example and its exit status`(command: String) async throws {
        try await withTemporaryFolder { folder in
            let help = try await AuditProcess(folder: folder).run("policy", command, "--help")
            #expect(help.status == 0)
            #expect(help.output.contains("  audit policy \(command) "), "\(help.output)")
            #expect(help.output.contains("Exit status: 0"), "\(help.output)")
        }
    }
}
