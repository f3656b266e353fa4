import AuditModel
import AuditTestSupport
import Foundation
import Testing

/// Dates as users write them: which run they stand for, and what is said where they stand for none.
@Suite(.serialized)
struct PastTests {
    @Test func `a date says which run it stands for, and each odd one has its sentence`() async throws {
        try await DemoStore.with(clients: 2) { demo in
            let store = ["--database", demo.database, "--now", "2026-11-20T12:00:00Z"]
            func errors(_ arguments: String...) async throws -> (status: Int32, text: String) {
                let result = try await demo.audit.run(arguments + store)
                return (result.status, result.output + result.errors)
            }
            let rules = ["--policies", shippedPolicies]
            let later = try await demo.audit.run(
                ["check", "--as-of", "2026-11-17"] + rules + store)
            #expect(later.errors.contains("2026-11-17 → run of 2026-11-14, 3 days earlier"), "\(later.errors)")
            let recorded = try await errors("check", "--as-of", "2026-11-13", "--rules-as-of", "2026-11-15")
            #expect(recorded.text.contains("rules: 2026-11-15 → run of 2026-11-14, 1 day earlier"), "\(recorded.text)")
            let diff = try await errors("diff", "2026-11-12", "2026-11-18")
            #expect(diff.text.contains("2026-11-18 → run of 2026-11-14, 4 days earlier"), "\(diff.text)")
            let report = try await errors("report", "2026-11-15")
            #expect(report.text.contains("2026-11-15 → run of 2026-11-14, 1 day earlier"), "\(report.text)")
            for command in [["check", "--as-of"], ["check", "--rules-as-of"], ["report"], ["diff", "latest"]] {
                let before = try await demo.audit.run(command + ["2026-11-01"] + store)
                #expect(
                    before.status == 2 && before.errors.contains("2026-11-01 is before the first run"), "\(command)")
                let future = try await demo.audit.run(command + ["2026-12-01"] + store)
                #expect(future.status == 2 && future.errors.contains("is in the future; today is 2026-11-20"))
            }
            let swapped = try await errors("diff", "2026-11-14", "2026-11-12")
            #expect(swapped.status == 2 && swapped.text.contains("swap them: audit diff 2026-11-12 2026-11-14"))
            let packed = try await errors("pack", "--from", "2026-11-14", "--to", "2026-11-12")
            #expect(packed.status == 2 && packed.text.contains("swap --from and --to"))
            let same = try await errors("diff", "2026-11-14", "2026-11-16")
            #expect(same.status == 0 && same.text.contains("Both sides are the same run"), "\(same.text)")
        }
    }

    @Test func `patches come out of the command, and a path is refused before anything is written`() async throws {
        try await DemoStore.with(nights: 5) { demo in
            let diff = ["diff", "2026-11-10", "latest", "--database", demo.database, "--output", "json-patch=-"]
            let patches = try await demo.audit.run(diff)
            #expect(patches.status == 0, "\(patches.errors)")
            #expect(try patches.json()["schema"] == "audit-json-patch/1")
            guard case .array(let documents) = try patches.json()["documents"] else {
                Issue.record("no documents")
                return
            }
            #expect(!documents.isEmpty)
            let group = try #require(documents.first?["group"]?.stringValue)
            let filtered = try await demo.audit.run(diff + ["--group", group])
            #expect(try filtered.json()["documents"]?.arrayValue?.first == documents[0])
            let refused = try await demo.audit.run(
                diff + ["--output", "html=x.html", "--path", "internal.passwordExpirationDays"])
            #expect(refused.status == 2 && refused.errors.contains("leave --path away"), "\(refused.errors)")
            #expect(!demo.exists("x.html"))
            let report = try await demo.audit.run("report", "--database", demo.database, "--output", "json-patch=-")
            #expect(report.status == 2 && report.errors.contains("take 'audit diff'"), "\(report.errors)")
        }
    }

    @Test func `a run that only fetched has its sentences`() async throws {
        try await Fleet.with(clients: 2) { fleet in
            _ = try await fleet.audit.run("run", "--quiet")
            #expect(try await fleet.audit.run("fetch", "--quiet").status == 0)
            let diff = try await fleet.audit.run("diff", "previous", "latest")
            let words = diff.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(words.contains("only fetched; it has no verdicts"), "\(diff.output)")
            let rules = try await fleet.audit.run("check", "--rules-as-of", "latest")
            #expect(rules.status == 2 && rules.errors.contains("was a fetch without policies"), "\(rules.errors)")
            let judged = try await fleet.audit.run("check", "--as-of", "latest", "--output", "json=-")
            #expect(try judged.json()["rules"] != [], "its snapshots are judged by today's rules")
            #expect(try await fleet.audit.run("report", "latest").status == 0)
        }
    }
}
