import AuditModel
import AuditTestSupport
import Emulator
import Foundation
import Testing

/// The demonstration, and the commands that its user tries next.
@Suite(.serialized)
struct DemoTests {
    /// The demo's 14 nights end on this day; the tests know no other date.
    private static let lastDay = CalendarDay(year: 2026, month: 11, day: 14)

    private func day(_ night: Int) throws -> String {
        let last = try #require(Self.lastDay)
        return CalendarDay(daysSince1970: last.daysSince1970 - 13 + night).description
    }

    @Test func `14 nights are audited, and every planted change is told between the nights it lies between`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let audit = AuditProcess(folder: folder)
            let demo = try await audit.run(
                "demo", "--policies", shippedPolicies, "--last-night", "2026-11-14T02:00:00Z")
            #expect(demo.status == 0, "\(demo.errors)")
            let page = try String(contentsOf: folder.appending(path: "reports/demo.html"), encoding: .utf8)
            #expect(page.hasPrefix("<!DOCTYPE html>"))

            let planned = EmulatorScenario.plannedChanges(clients: 25, seed: 7)
            for night in 1...13 {
                let diff = try await audit.run([
                    "diff", try day(night - 1), try day(night), "--database", "snapshots/demo.sqlite", "--now",
                    "2026-11-14T12:00:00Z", "--output", "json=-",
                ])
                #expect(diff.status == 0, "\(diff.errors)")
                #expect(try Self.problems(of: diff.json(), after: "audit-diff") == [])
                let told = try Self.told(by: diff.json())
                let expected = Self.expected(planned.filter { $0.night == night })
                #expect(told == expected, "night \(night)")
            }
            try await checksGiveTheVerdictsOfTheNight(audit)
        }
    }

    private func checksGiveTheVerdictsOfTheNight(_ audit: AuditProcess) async throws {
        for night in [0, 4, 8, 13] {
            let common = ["--database", "snapshots/demo.sqlite", "--now", "2026-11-14T12:00:00Z", "--output", "json=-"]
            let recorded = try await audit.run(["report", try day(night)] + common).json()
            #expect(try Self.problems(of: recorded, after: "audit-report") == [])
            let check = try await audit.run(
                ["check", "--as-of", try day(night), "--rules-as-of", try day(night)] + common
            ).json()
            #expect(check["rules"] == recorded["rules"])
            #expect(Self.findings(check) == Self.findings(recorded))
            #expect(!Self.findings(check).isEmpty)
        }
    }

    /// What the published schema says against a document.
    private static func problems(of document: SettingValue, after schema: String) throws -> [String] {
        let file = packageRoot.appending(path: "Sources/Reports/Schemas/\(schema).schema.json")
        return JSONSchema(try JSONReader.value(of: [UInt8](Data(contentsOf: file)))).problems(of: document)
            .map { "\($0)" }
    }

    private static func findings(_ report: SettingValue) -> [String] {
        (report["failures"]?.arrayValue ?? []).map {
            ($0["id"]?.stringValue ?? "") + " " + ($0["rule"]?.stringValue ?? "")
        }
    }

    /// `client path before after`, one for each change of each client.
    private static func told(by diff: SettingValue) throws -> Set<String> {
        var told: Set<String> = []
        for shared in diff["settingsChanges"]?.arrayValue ?? [] {
            let change = try #require(shared["change"])
            for client in shared["clients"]?.arrayValue ?? [] {
                let number = client["number"]?.integerValue ?? 0
                let texts = [change["before"], change["after"]].map { $0.map(CanonicalJSON.text(of:)) ?? "nothing" }
                told.insert("\(number) \(change["path"]?.stringValue ?? "") \(texts[0]) \(texts[1])")
            }
        }
        return told
    }

    private static func expected(_ planned: [PlannedChange]) -> Set<String> {
        func canonical(_ text: String?) -> String {
            guard let text else { return "nothing" }
            return (try? JSONReader.value(of: text)).map(CanonicalJSON.text(of:)) ?? text
        }
        return Set(
            planned.compactMap { change in
                switch change.kind {
                case .modified, .added, .removed:
                    "\(change.clientID) \(change.path ?? "") \(canonical(change.from)) \(canonical(change.to))"
                // Order alone is no change; a client that is gone or denied is told elsewhere.
                case .reordered, .clientRemoved, .accessDenied, .accessRestored: nil
                }
            })
    }
}
