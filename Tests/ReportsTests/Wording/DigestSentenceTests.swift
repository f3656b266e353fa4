import AuditModel
import Testing

@testable import Reports

struct DigestSentenceTests {
    @Test func `a night says what was collected, what is new, fixed, still failing and unknown, and how it ends`() {
        #expect(
            DigestSentence.text(for: SampleReports.night)
                == "24 of 25 clients collected; 3 new failures (1 critical, 2 high) in 3 clients; 1 fixed; 1 newly waived; "
                + "1 no longer waived; 2 moved by the rules; 20 still failing; 2 waived; 1 waiver ends within 14 days; 6 unknown in 1 "
                + "client; exit status 3 (also 1)."
        )
    }

    @Test func `synthetic data is said first, and a baseline where the failures would stand`() {
        #expect(
            DigestSentence.text(for: SampleReports.quietBaseline)
                == "Synthetic data (emulator): 25 of 25 clients collected; baseline: no failures.")
        var report = SampleReports.night
        report.previousRun = nil
        #expect(
            DigestSentence.text(for: report).hasPrefix(
                "24 of 25 clients collected; baseline: 23 failures (2 critical, 18 high) in 23 clients;"))
    }

    @Test func `a quiet night says that nothing is new`() {
        var report = SampleReports.quietBaseline
        report.run = SampleFleet.run("2026-10-19T02:00:00Z")
        report.previousRun = SampleFleet.run("2026-10-18T02:00:00Z")
        #expect(DigestSentence.text(for: report) == "25 of 25 clients collected; no new failures.")
    }

    @Test func `a fetch-only run says that nothing was judged, and an empty roster is told`() {
        var report = SampleReports.quietBaseline
        report.run = SampleFleet.run("2026-10-19T02:00:00Z", kind: .fetchOnly, state: .open)
        // Judged afterwards, by 'audit check', it has rules, and is told as any other.
        #expect(
            DigestSentence.text(for: report)
                == "25 of 25 clients collected; baseline: no failures; the run is still open.")
        report.rules = []
        #expect(
            DigestSentence.text(for: report)
                == "25 of 25 clients collected; fetched only, nothing was judged; the run is still open.")
        report.completeness.clientsExpected = 0
        report.conditions = [ExitCondition(.incomplete, "No clients.")]
        #expect(DigestSentence.text(for: report).hasPrefix("no clients on the roster; "))
        #expect(DigestSentence.text(for: report).hasSuffix("; exit status 3."))
    }

    @Test func `a diff without differences says so`() {
        #expect(
            DigestSentence.text(for: SampleReports.emptyDiff)
                == "na3, 2026-10-29 → 2026-11-15: no settings changes; no verdict changes.")
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-12_345, "-12,345")])
    func `numbers have their thousands apart`(number: Int, text: String) {
        #expect(Words.number(number) == text)
    }

    @Test func `lists name a few and count the rest, but never just one more`() {
        #expect(Words.list(["A", "B", "C", "D"]) == "A, B, C, D")
        #expect(Words.list(["A", "B", "C", "D", "E"]) == "A, B, C and 2 more")
        #expect(Words.plural("policy") == "policies" && Words.plural("day") == "days")
    }
}
