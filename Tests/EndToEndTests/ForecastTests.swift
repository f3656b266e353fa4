import AuditModel
import AuditTestSupport
import Foundation
import Testing

/// Forecasts through the built binary: an embedded fleet, and a clock that the test sets.
@Suite(.serialized)
struct ForecastTests {
    /// 4199, the vendor's demo client, fails EXP; everybody fails SOON from 21 October on.
    private static let policy = """
        policy: {id: p, title: Expiry, version: "1"}
        rules:
          - id: EXP
            title: Passwords expire
            severity: high
            check: {internal.passwordExpirationDays: {between: [1, 90]}}
          - id: SOON
            title: The old encryption is accepted until the twentieth
            severity: low
            check: {cel: "has(internal.encryptCcsPassword) && now < timestamp('2026-10-21T00:00:00Z')"}

        """

    private static func waiver(id: String = "W-1", owner: String = "owner@example.com", expires: String) -> String {
        """
        waivers:
          - id: "\(id)"
            rule: EXP
            clients: [local/4199]
            reason: Single sign-on
            owner: "\(owner)"
            approver: ciso@example.com
            from: 2026-10-01
            expires: \(expires)

        """
    }

    /// A folder with one night, that of 2026-10-05 at noon.
    private func withNight(
        waivers: String, environments: String = "local: {emulator: {clients: 2, seed: 7}}",
        status: Int32 = 0, isolation: isolated (any Actor)? = #isolation,
        _ body: (AuditProcess, URL) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(
                at: folder.appending(path: "policies"), withIntermediateDirectories: true)
            let configuration = "database: audit.sqlite\nenvironments:\n  \(environments)\nreports: []\n"
            for (name, text) in [
                ("policies/expiry.yaml", Self.policy), ("policies/waivers.yaml", waivers),
                ("audit.yaml", configuration),
            ] {
                try Data(text.utf8).write(to: folder.appending(path: name))
            }
            let audit = AuditProcess(folder: folder)
            let night = try await audit.run("run", "--quiet", "--now", "2026-10-05T12:00:00Z")
            #expect(night.status == status, "\(night.output)\(night.errors)")
            try await body(audit, folder)
        }
    }

    private static let today = ["forecast", "--now", "2026-10-05T15:00:00Z"]

    /// What is told as JSON, which is as its schema says.
    private func json(_ audit: AuditProcess, _ arguments: [String] = []) async throws -> SettingValue {
        let told = try await audit.run(Self.today + arguments + ["--format", "json"])
        #expect(told.status == 0, "\(told.errors)")
        let json = try told.json()
        #expect(try JSONSchema.ofReports("audit-forecast").problems(of: json) == [])
        return json
    }

    @Test func `a waiver that ends and a rule that reads the time are told with their days`() async throws {
        try await withNight(waivers: Self.waiver(expires: "2026-10-12")) { audit, _ in
            let text = try await audit.run(Self.today)
            #expect(text.status == 0, "\(text.errors)")
            #expect(
                text.output.hasPrefix(
                    "Synthetic data (emulator): local, run of 2026-10-05 (2 clients): 3 verdicts turn red in the next 30 days "
                        + "(to 2026-11-04), first on 2026-10-13: EXP of local/4199 (waiver W-1 has ended); 1 waiver ends.\n"
                ))
            let lines = text.output.split(whereSeparator: \.isNewline).map(String.init)
            #expect(
                lines.contains { $0.hasPrefix("2026-10-13  turns red: fail, waived → fail") && $0.contains("high") })
            #expect(
                lines.contains {
                    $0.hasPrefix("2026-10-21  turns red: pass → fail") && $0.contains("local/4199 and 1 more")
                })
            #expect(lines.contains { $0.hasPrefix("W-1") && $0.contains("1 failure red the day after") })
            #expect(lines.last?.hasPrefix("Not assessed: settings that somebody changes") == true)

            let json = try await json(audit)
            let tried = try JSONSchema.ofReports("audit-forecast").alterationsAccepted(of: json, free: [])
            #expect(tried.accepted == [] && tried.count > 80)
            let environment = try #require(json["environments"]?.arrayValue?.first)
            #expect(environment["turnRed"] == 3 && environment["rulesReadingTime"] == 1)
            let moves = environment["moves"]?.arrayValue ?? []
            #expect(moves.map { $0["causes"] } == [["waiverEnds"], ["time"], ["time"]])
            #expect(moves.map { $0["day"] } == ["2026-10-13", "2026-10-21", "2026-10-21"])
            let csv = try await audit.run(Self.today + ["--format", "csv", "--client", "4200"])
            #expect(
                csv.output.split(whereSeparator: \.isNewline).dropFirst().map(String.init) == [
                    "verdict,local,2026-10-21,4200,"
                        + "\(moves[2]["client"]?["code"]?.stringValue ?? ""),SOON,low,"
                        + "\(moves[2]["id"]?.stringValue ?? ""),pass,fail,true,time,,,,,false"
                ])

            // The nights then say so.
            let later = try await audit.run("run", "--quiet", "--now", "2026-10-13T12:00:00Z")
            #expect(later.status == 1 && later.output.contains("1 no longer waived"))
            let last = try await audit.run("run", "--quiet", "--now", "2026-10-21T12:00:00Z")
            #expect(last.output.contains("2 new failures"))
            let diff = try await audit.run(
                "diff", "previous", "latest", "--now", "2026-10-22T00:00:00Z", "--output", "json=-"
            ).json()
            #expect(diff["verdictChanges"]?.arrayValue?.map { $0["causes"] } == [["time"], ["time"]])
            let why = try await audit.run("why", "4200", "SOON")
            #expect(why.output.contains("Cause: time.\n  time     the rule reads the moment of the run: 2026-10-13T"))
            #expect(!why.output.contains("Who changed it"), "nobody did")
        }
    }

    @Test func `the exit status is 0 but for exit-code, and nothing to tell has its sentence`() async throws {
        try await withNight(waivers: Self.waiver(expires: "2026-10-12")) { audit, _ in
            #expect(try await audit.run(Self.today + ["--exit-code"]).status == 1)
            let week = try await audit.run(Self.today + ["--days", "7", "--exit-code"])
            #expect(week.status == 0)
            #expect(
                week.output.contains("(2 clients): nothing turns red by itself in the next 7 days (to 2026-10-12).\n"))
            // A waiver that was renewed in the file counts, though no run has seen it.
            let renewed = Self.waiver(expires: "2027-10-12")
            try Data(renewed.utf8).write(to: audit.folder.appending(path: "renewed.yaml"))
            let after = try await audit.run(Self.today + ["--days", "15", "--waivers", "renewed.yaml", "--exit-code"])
            #expect(after.status == 0, "\(after.output)")
            let overdue = try await audit.run("forecast", "--now", "2026-10-14T00:00:00Z", "--days", "2")
            #expect(
                overdue.output.contains(
                    "nothing turns red by itself in the next 2 days (to 2026-10-16); since the run of 2026-10-05, already so: "
                        + "1 verdict turned red, 1 waiver ended, which the next run will show.\n"), "\(overdue.output)")
            for (arguments, sentence) in [
                (["--days", "0"], "--days 0: write a number from 1 to 366"), (["--client", "nobody"], "nobody"),
                (["--environment", "loca"], "Did you mean 'local'?"), (["--waivers", "none.yaml"], "none.yaml"),
            ] {
                let refused = try await audit.run(Self.today + arguments)
                #expect(refused.status == 2 && refused.errors.contains(sentence), "\(refused.errors)")
            }
            let early = try await audit.run("forecast", "--now", "2026-10-01T00:00:00Z")
            #expect(early.status == 2 && early.errors.contains("local has no sealed run up to 2026-10-01T00:00:00"))
        }
    }

    @Test func `what moved since the run is told apart from what is to come, and as past`() async throws {
        let second = Self.waiver(id: "W-2", expires: "2026-10-20")
            .replacing("waivers:\n", with: "").replacing("from: 2026-10-01", with: "from: 2026-10-15")
        try await withNight(waivers: Self.waiver(expires: "2026-10-12") + second) { audit, _ in
            let arguments = ["forecast", "--now", "2026-10-16T15:00:00Z", "--days", "5"]
            let text = try await audit.run(arguments)
            #expect(
                text.output.hasPrefix(
                    "Synthetic data (emulator): local, run of 2026-10-05 (2 clients): 3 verdicts turn red in the next 5 days "
                        + "(to 2026-10-21), first on 2026-10-21: EXP of local/4199 (waiver W-2 has ended), and 1 more rule that "
                        + "day; 1 waiver ends; since the run of 2026-10-05, already so: 1 waiver ended, 1 waiver began.\n"
                ),
                "\(text.output)")
            let parts = text.output.components(
                separatedBy: "\nSince the run of 2026-10-05, already so; no run has shown it yet:\n")
            try #require(parts.count == 2, "\(text.output)")
            #expect(!parts[0].contains("2026-10-13") && !parts[0].contains("2026-10-15"))
            let past = parts[1].split(whereSeparator: \.isNewline).map(String.init)
            #expect(past.contains { $0.hasPrefix("2026-10-13  turned red: fail, waived → fail") })
            #expect(past.contains { $0.hasPrefix("2026-10-15  fail → fail, waived") && $0.hasSuffix("W-2 has begun") })
            #expect(past.contains { $0.hasPrefix("W-1") && $0.contains("last day was ") })
            #expect(past.contains { $0.hasPrefix("W-2") && $0.contains("first day was ") })
            #expect(!parts[1].contains("2026-10-21"))

            let csv = try await audit.run(arguments + ["--format", "csv"])
            let rows = csv.output.split(whereSeparator: \.isNewline).map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
            #expect(rows.first?.last == "isSinceRun")
            let marks = rows.dropFirst().map { "\($0[0]) \($0[2]) \($0[$0.count - 1])" }
            #expect(
                marks == [
                    "verdict 2026-10-13 true", "verdict 2026-10-15 true", "verdict 2026-10-21 false",
                    "verdict 2026-10-21 false", "verdict 2026-10-21 false", "waiverEnds 2026-10-12 true",
                    "waiverBegins 2026-10-15 true", "waiverEnds 2026-10-20 false",
                ])
            // The last day of a waiver is not over while it lasts.
            let last = try await audit.run("forecast", "--now", "2026-10-12T15:00:00Z", "--days", "1")
            #expect(last.output.contains("first on 2026-10-13") || last.output.contains("on 2026-10-13: EXP"))
            #expect(last.output.contains("; 1 waiver ends.") && !last.output.contains("already so"), "\(last.output)")
        }
    }

    @Test func `without policies of today those that the run recorded count`() async throws {
        try await withNight(waivers: Self.waiver(expires: "2026-10-12")) { audit, folder in
            let elsewhere = folder.appending(path: "elsewhere")
            try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
            let told = try await AuditProcess(folder: elsewhere).run(
                Self.today + ["--database", folder.appending(path: "audit.sqlite").path])
            #expect(told.output.contains("3 verdicts turn red"), "\(told.errors)")
            #expect(told.output.contains("Judged by the policies and waivers that the run recorded"))
        }
    }

    @Test func `several environments are told together, and one can be chosen`() async throws {
        let two = "local: {emulator: {clients: 2, seed: 7}}\n  other: {emulator: {clients: 3, seed: 8}}"
        // The other environment's 4199 fails without a waiver.
        let waiver = Self.waiver(expires: "2026-10-12")
        try await withNight(waivers: waiver, environments: two, status: 1) { audit, _ in
            let both = try await json(audit)
            #expect(both["environments"]?.arrayValue?.map { $0["environment"] } == ["local", "other"])
            #expect(both["digest"]?.stringValue?.contains("other, run of 2026-10-05 (3 clients): 6 verdicts") == true)
            for choice in [["--environment", "other"], ["--client", "other/4199"]] {
                let one = try await json(audit, choice)
                #expect(one["environments"]?.arrayValue?.map { $0["environment"] } == ["other"])
            }
        }
    }

    @Test func `hostile names act in no format`() async throws {
        let hostile = #"=cmd|' /C calc'!A0\u202E\u200B\e]0;title\a<script>\u2028"#
        let long = String(repeating: "x", count: 10_240)
        try await withNight(waivers: Self.waiver(id: hostile, owner: hostile + long, expires: "2026-10-12")) {
            audit, _ in
            for format in ["text", "json", "csv"] {
                let told = try await audit.run(Self.today + ["--format", format])
                #expect(told.status == 0, "\(told.errors)")
                let scalars = told.output.unicodeScalars
                #expect(!scalars.contains { $0.value < 0x20 && !"\r\n".unicodeScalars.contains($0) }, "\(format)")
                #expect(!scalars.contains { [0x202E, 0x200B, 0x2028, 0x7].contains($0.value) }, "\(format)")
                if format == "csv" { #expect(told.output.contains(",\"'=cmd") || told.output.contains(",'=cmd")) }
                if format == "text" { #expect(!told.output.contains(long)) }
            }
            let json = try await json(audit)
            let waiver = json["environments"]?.arrayValue?.first?["waivers"]?.arrayValue?.first
            #expect(waiver?["id"] == .string("=cmd|' /C calc'!A0\u{202E}\u{200B}\u{1B}]0;title\u{7}<script>\u{2028}"))
        }
    }
}
