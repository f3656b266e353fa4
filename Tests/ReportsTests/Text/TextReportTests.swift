import AuditModel
import AuditTestSupport
import Testing

@testable import Reports

struct TextReportTests {
    private func text(_ report: AuditReport, _ options: ReportOptions = ReportOptions()) -> String {
        String(decoding: ReportRenderer.bytes(of: report, as: .text, options: options), as: UTF8.self)
    }
    private func text(_ report: DiffReport, _ options: ReportOptions = ReportOptions()) -> String {
        String(decoding: ReportRenderer.bytes(of: report, as: .text, options: options), as: UTF8.self)
    }

    @Test func `a quiet baseline is short`() {
        #expect(
            text(SampleReports.quietBaseline) == """
                Synthetic data (emulator): 25 of 25 clients collected; baseline: no failures.
                Run a6c12265 of na3 on 2026-10-18 (America/New_York), complete.
                https://api.livevox.com, 2026-10-18T02:00:00Z to 2026-10-18T02:00:41.730Z, audit 0.1.0.
                A baseline: there is no sealed run before it to compare with.
                Last complete run: this one.
                Log: entry 0 of 1, root 836ff184e7b4; the checkpoint of audit/1 is not signed.
                The checkpoint went to no place outside of the database: evidence counts only from the last
                  checkpoint that is held elsewhere ('evidence: checkpoints' in audit.yaml).

                COMPLETENESS
                  clients  25 of 25 collected
                  groups   101 of 125 captured, 0 failed, 24 not collected by configuration

                FAILURES  none

                POLICIES
                  livevox-security-baseline 2026.11.1  10 rules  sha256 ad2e28f02c7e
                      policies/security-baseline.yaml, owner platform-security@example.com

                EXIT STATUS  0
                  all that was expected was captured and evaluated; nothing at or above the threshold

                """)
    }

    @Test func `a diff says which runs its dates stand for, and each change once`() {
        let lines = text(SampleReports.diff).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(
            lines.prefix(16) == [
                "na3, 2026-10-29 → 2026-11-15: 20 settings changes (6 different) in 17 clients; 3 new failures (1 critical, "
                    + "2 high) in 3 clients; 1 fixed; 1 newly waived; 1 no longer waived; 2 moved by the rules; 2 roster changes; "
                    + "2 groups not comparable.",
                "from  2026-11-01 → run of 2026-10-29, 3 days earlier (run 6704f7b9, complete, 25 clients)",
                "      198 pass, 23 fail, 6 unknown, 23 not applicable",
                "to    2026-11-15 (run 9fa56eea, complete, 25 clients)",
                "      198 pass, 23 fail, 6 unknown, 23 not applicable", "",
                "SETTINGS CHANGES  20, of which 6 different",
                "  + countries[id=44]  {\"countryCode\":\"44\",\"id\":44,\"name\":\"United Kingdom\"}",
                "      14 clients: DELTA, EPSI, FJORD and 11 more",
                "  ≠ internal.maxFailedCcsLoginAttempts  5 → 10  flipped LV-INT-003", "      2 clients: BETA, QUARTZ",
                "  ACME (na3/4100)", "    ≠ internal.encryptCcsPassword  true → false  flipped LV-INT-001",
                "    ≠ messaging.property[key=store_wireless].value  \"phone_2\" → \"phone_3\"", "  NOVA (na3/4191)",
                "    − voicePool.voice[id=5]  {\"id\":5}",
            ])
    }

    @Test func `an empty diff says so, with its notes`() {
        let report = text(SampleReports.emptyDiff)
        #expect(report.contains("\nNothing differs.\n"))
        #expect(report.contains("! Both dates stand for the same run."))
    }

    @Test func `a rule is said once, then each client with what it has`() {
        #expect(
            text(SampleReports.night).contains(
                """
                  LV-INT-001  Portal passwords are encrypted  [2 clients, 1 new]
                    internal.encryptCcsPassword: expected true
                      ACME (na3/4100)  false   new, was true  F-96f2da54
                      MARS (na3/4184)  absent  still since 2026-09-14  F-00332624
                    Fix: Client Editor > Internal Settings: turn on "Encrypt CCS password".
                    Controls: PCI-DSS-4.0/8.3.2 (supports), NIST-800-53r5/IA-5(1) (supports)

                """))
    }

    @Test func `every failing client is listed where all is asked for`() {
        let short = text(SampleReports.night)
        let all = text(SampleReports.night, ReportOptions(showsAll: true))
        #expect(short.contains("and 2 more") && !short.contains("SIGMA (na3/4226)  0 (may mean off)"))
        #expect(all.contains("SIGMA (na3/4226)  0 (may mean off)") && !all.contains(" more\n"))
        #expect(all.contains("\nRULES ") && !short.contains("\nRULES "))
    }

    @Test(arguments: [40, 60, 80, 132])
    func `lines keep to the width, but for words that are longer, and nothing is lost`(width: Int) {
        let wide = text(SampleReports.night, ReportOptions(width: 4000))
        let narrow = text(SampleReports.night, ReportOptions(width: width))
        func words(_ text: String) -> [Substring] { text.split { $0 == " " || $0 == "\n" } }
        #expect(words(wide) == words(narrow))
        for line in narrow.split(separator: "\n").dropFirst() where DisplayWidth.of(String(line)) > width {
            #expect(line.split(separator: " ").count == 1, "\(line)")
        }
    }

    @Test func `colour changes nothing but colour`() {
        for (plain, colored) in [
            (text(SampleReports.night), text(SampleReports.night, ReportOptions(usesColor: true))),
            (text(SampleReports.diff), text(SampleReports.diff, ReportOptions(usesColor: true))),
        ] {
            #expect(colored != plain)
            #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
        }
    }

    @Test(arguments: HostileReports.strings)
    func `nothing untrusted steers the terminal`(hostile: String) {
        let options = ReportOptions(showsAll: true)
        for plain in [text(HostileReports.night(hostile), options), text(HostileReports.diff(hostile), options)] {
            #expect(!plain.unicodeScalars.contains { $0 != "\n" && VisibleText.isInvisible($0) })
            #expect(plain.utf8.allSatisfy { $0 == 0x0A || $0 >= 0x20 && $0 != 0x7F })
        }
        // With colour, only the escapes of our own styles are there.
        let colored = text(HostileReports.night(hostile), ReportOptions(usesColor: true))
        let rest = colored.replacing(/\u{1B}\[(0|1|2|3[1-6]|1;31)m/, with: "")
        #expect(rest == text(HostileReports.night(hostile)))
    }

    @Test func `a hostile string cannot add a line`() {
        func lines(_ hostile: String) -> Int {
            text(HostileReports.night(hostile), ReportOptions(width: 100_000, showsAll: true)).count { $0 == "\n" }
        }
        let expected = lines("harmless")
        for hostile in ["a\nb", "a\r\nb", "a\u{85}b", "a\u{2028}b", "a\u{B}b"] { #expect(lines(hostile) == expected) }
    }
}
