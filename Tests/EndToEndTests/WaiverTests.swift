import AuditModel
import AuditTestSupport
import Emulator
import Foundation
import Testing

/// Waivers through the built binary: nights of an emulated fleet with a clock that the test sets.
@Suite(.serialized)
struct WaiverTests {
    private static let policy = """
        policy: {id: p, title: Expiry, version: "1"}
        rules:
          - id: EXP
            title: Passwords expire
            severity: high
            check: {internal.passwordExpirationDays: {between: [1, 90]}}

        """

    /// A folder with an embedded fleet of two, in which the demo client 4199 fails the one rule, and a waiver file.
    private func withFolder(
        waivers: String?, zone: String = "UTC", isolation: isolated (any Actor)? = #isolation,
        _ body: (AuditProcess, URL) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(
                at: folder.appending(path: "policies"), withIntermediateDirectories: true)
            func write(_ text: String, _ name: String) throws {
                try Data(text.utf8).write(to: folder.appending(path: name))
            }
            try write(Self.policy, "policies/expiry.yaml")
            if let waivers { try write(waivers, "policies/waivers.yaml") }
            try write(
                """
                database: audit.sqlite
                timeZone: \(zone)
                environments:
                  local: {emulator: {clients: 2, seed: 7}}
                reports: []

                """, "audit.yaml")
            try await body(AuditProcess(folder: folder), folder)
        }
    }

    private static func waiver(_ extra: String = "clients: [local/4199]", rule: String = "EXP") -> String {
        """
        waivers:
          - id: W-1
            rule: \(rule)
            \(extra)
            reason: Single sign-on <b>only</b>
            owner: owner@example.com
            approver: ciso@example.com
            ticket: SEC-1
            from: 2026-10-01
            expires: 2026-10-31

        """
    }

    @Test func `a waived failure counts for no exit status, and is told as waived in every format`() async throws {
        try await withFolder(waivers: Self.waiver()) { audit, folder in
            let night = try await audit.run(
                "run", "--quiet", "--now", "2026-10-31T12:00:00Z", "--output", "json=run.json", "--output",
                "html=run.html")
            #expect(night.status == 0, "\(night.output)\(night.errors)")
            #expect(night.output.hasPrefix("Synthetic data (emulator): 2 of 2 clients collected"))
            #expect(night.output.contains("1 waived"))
            #expect(night.output.contains("W-1  until 2026-10-31, its last day"))
            #expect(night.output.contains("owner owner@example.com, approved by ciso@example.com (SEC-1)"))
            #expect(night.output.contains("Waiver W-1 ends on 2026-10-31, today is its last day."))
            let json = try JSONReader.value(
                of: String(contentsOf: folder.appending(path: "run.json"), encoding: .utf8))
            #expect(json["exitStatus"] == 0 && json["failures"] == [])
            let waived = try #require(json["waived"]?.arrayValue?.first)
            #expect(waived["verdict"] == "fail" && waived["rule"] == "EXP")
            #expect(waived["waiver"]?["id"] == "W-1" && waived["waiver"]?["daysLeft"] == 0)
            let counts = json["rules"]?.arrayValue?.first?["counts"]
            #expect(counts == ["pass": 1, "fail": 0, "waived": 1, "unknown": 0, "notApplicable": 0])
            let page = try String(contentsOf: folder.appending(path: "run.html"), encoding: .utf8)
            #expect(page.contains("fail, waived") && page.contains("Single sign-on &lt;b&gt;only&lt;/b&gt;"))
        }
    }

    @Test func `after its last day it counts again; the old report stays as it was, and diff names the cause`()
        async throws
    {
        try await withFolder(waivers: Self.waiver(), zone: "America/New_York") { audit, folder in
            // 03:59 UTC on 1 November is still 31 October in New York; a minute later it is not.
            let last = try await audit.run("run", "--quiet", "--now", "2026-11-01T03:59:00Z")
            #expect(last.status == 0, "\(last.output)\(last.errors)")
            let after = try await audit.run("run", "--quiet", "--now", "2026-11-01T04:00:00Z")
            #expect(after.status == 1)
            #expect(after.output.contains("1 no longer waived"))
            #expect(after.output.contains("Waiver W-1 has ended: its last day was 2026-10-31"))

            let diff = try await audit.run(
                "diff", "previous", "latest", "--now", "2026-11-02T00:00:00Z", "--output", "json=-")
            let moved = try #require(try diff.json()["verdictChanges"]?.arrayValue)
            #expect(moved.count == 1)
            #expect(moved.first?["causes"] == ["waiver"] && moved.first?["transition"] == .null)
            #expect(moved.first?["waiverBefore"] == "W-1" && moved.first?["waiverAfter"] == .null)

            // Whatever becomes of the file, a run is told with the waivers that it recorded.
            try FileManager.default.removeItem(at: folder.appending(path: "policies/waivers.yaml"))
            let old = try await audit.run("report", "previous", "--now", "2026-11-02T00:00:00Z", "--output", "json=-")
            #expect(try old.json()["waived"]?.arrayValue?.count == 1)
            #expect(try old.json()["exitStatus"] == 0)
            let check = ["check", "--as-of", "previous", "--now", "2026-11-02T00:00:00Z"]
            #expect(try await audit.run(check + ["--rules-as-of", "previous"]).status == 0)
            #expect(try await audit.run(check).status == 1, "today there is no waiver file")
        }
    }

    @Test func `a pin that does not fit waives nothing, and the waiver is told as unused`() async throws {
        try await withFolder(
            waivers: Self.waiver(
                "clients: [4199]\n    while: {internal.passwordExpirationDays: {equals: 7}}")
        ) { audit, _ in
            let night = try await audit.run("run", "--quiet", "--now", "2026-10-05T12:00:00Z")
            #expect(night.status == 1)
            #expect(night.output.contains("Waiver W-1 lies over no failure"))
        }
    }

    @Test func `a mistake in the waivers stops before anything is done`() async throws {
        let text = Self.waiver().replacingOccurrences(of: "2026-10-31", with: "2026-10-32")
        try await withFolder(waivers: text) { audit, folder in
            let night = try await audit.run("run", "--now", "2026-10-05T12:00:00Z")
            #expect(night.status == 2)
            #expect(night.errors.contains("policies/waivers.yaml:10:14: error: '2026-10-32' is no date"))
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "audit.sqlite").path))
            #expect(try await audit.run("waiver", "check").status == 2)
            #expect(try await audit.run("waiver", "list").status == 2)
        }
        try await withFolder(waivers: nil) { audit, _ in
            let night = try await audit.run("run", "--now", "2026-10-05T12:00:00Z", "--waivers", "elsewhere.yaml")
            #expect(night.status == 2)
            #expect(night.errors.contains("the waiver file elsewhere.yaml cannot be read"))
            #expect(try await audit.run("waiver", "check").status == 0)
        }
    }

    @Test func `a bare number that two environments have is refused`() async throws {
        try await withFolder(waivers: Self.waiver("clients: [4199]")) { audit, folder in
            try Data(
                """
                database: audit.sqlite
                environments:
                  one: {emulator: {clients: 2, seed: 7}}
                  two: {emulator: {clients: 2, seed: 8}}

                """.utf8
            ).write(to: folder.appending(path: "audit.yaml"))
            let night = try await audit.run("run", "--now", "2026-10-05T12:00:00Z")
            #expect(night.status == 2)
            #expect(night.errors.contains("which several environments have; write one/4199 or two/4199"))
        }
    }

    @Test func `the ledger and the check tell of each waiver on a day`() async throws {
        try await withFolder(waivers: Self.waiver()) { audit, _ in
            let list = try await audit.run("waiver", "list", "--today", "2026-10-20", "--format", "json").json()
            let row = try #require(list.arrayValue?.first)
            #expect(row["waiver"] == "W-1" && row["state"] == "ends soon" && row["daysLeft"] == 11)
            func check(_ today: String) async throws -> (Int32, String) {
                let result = try await audit.run("waiver", "check", "--today", today)
                return (result.status, result.output)
            }
            _ = try await audit.run("run", "--quiet", "--now", "2026-10-05T12:00:00Z")
            #expect(
                try await check("2026-10-05") == (0, "1 waiver in policies/waivers.yaml on 2026-10-05: nothing to do\n")
            )
            #expect(try await check("2026-10-31").0 == 0)
            #expect(try await check("2026-10-31").1.contains("ends on 2026-10-31, today is its last day"))
            #expect(try await check("2026-11-01").0 == 1)
            // The store is emulated, so its present can be said.
            let past = try await audit.run("waiver", "check", "--now", "2026-10-05T12:00:00Z")
            #expect(past.status == 0 && past.output.contains("on 2026-10-05: nothing to do"), "\(past.output)")
            let ledger = try await audit.run("waiver", "list", "--now", "2026-10-20T12:00:00Z", "--format", "json")
            #expect(try ledger.json().arrayValue?.first?["daysLeft"] == 11)
            for (more, sentence) in [
                (["--today", "2026-10-20"], "--now and --today both say"),
                (["--database", "none.sqlite"], "none.sqlite has no runs; --today YYYY-MM-DD"),
            ] {
                let refused = try await audit.run(["waiver", "list", "--now", "2026-10-20T12:00:00Z"] + more)
                #expect(refused.status == 2 && refused.errors.contains(sentence), "\(refused.errors)")
            }
        }
        try await withFolder(waivers: Self.waiver("clients: [local/4200]", rule: "EXPP")) { audit, _ in
            _ = try await audit.run("run", "--quiet", "--now", "2026-10-05T12:00:00Z")
            let check = try await audit.run("waiver", "check", "--today", "2026-10-05")
            #expect(check.status == 1)
            #expect(check.output.contains("names the rule EXPP, which no policy has"))
            #expect(check.output.contains("did you mean 'EXP'?"))
            #expect(check.output.contains("lies over no failure"))
        }
    }

    @Test func `the texts of the waivers are kept with the run`() async throws {
        try await withFolder(waivers: Self.waiver()) { audit, folder in
            _ = try await audit.run("run", "--quiet", "--now", "2026-10-05T12:00:00Z")
            let text = try firstRow(
                """
                SELECT policy_text.text FROM run JOIN policy_set ON policy_set.digest = run.waiver_set
                JOIN policy_text ON instr(policy_set.members, lower(hex(policy_text.digest))) > 0
                """, of: folder.appending(path: "audit.sqlite"))
            #expect(text.contains("id: W-1"))
        }
    }
}
