import AuditModel
import AuditTestSupport
import Foundation
import Testing

/// `docs/faults.md` is the table of the tests, and no other.
struct FaultTableGoldenTests {
    private static let file = packageRoot.appending(path: "docs/faults.md")

    @Test func `the page on faults has the rows that the tests hold`() throws {
        if ProcessInfo.processInfo.environment["AUDIT_WRITE_GOLDENS"] != nil {
            try Data(Self.page.utf8).write(to: Self.file)
        }
        let written = try String(contentsOf: Self.file, encoding: .utf8)
        #expect(written == Self.page, "'make golden' writes docs/faults.md anew")
    }

    @Test func `every fault is told once, and each kind of end has its rows`() {
        #expect(Set(FaultTable.rows.map(\.fault)).count == FaultTable.rows.count)
        #expect(Set(FaultTable.rows.map(\.spec)).count == FaultTable.rows.count)
        for ending in FaultRow.Ending.allCases { #expect(FaultTable.rows.contains { $0.ending == ending }) }
        for row in FaultTable.rows where row.ending == .failure { #expect(row.status == .incomplete) }
        for row in FaultTable.rows where row.ending == .riddenOut { #expect(row.status == .success) }
    }

    private static var page: String {
        var page = """
            # What becomes of a fault

            What the platform, the network or another process can do to a night, what the store has of the client afterwards, the
            verdict of a rule on the group that is spoiled, the exit status of `audit run`, and what the report says. Every row
            is a test (`Tests/EndToEndTests/Faults`): a fleet of five clients is collected on a spotless night and again with the
            fault planted, through the whole pipeline. `make golden` writes this page from the same rows.

            Try one yourself: `audit emulator --fault 'client=4200,group=internal,body=html' --write-config emulated`.

            """
        for ending in FaultRow.Ending.allCases {
            page += "\n## \(ending.rawValue)\n\n"
            page +=
                "| fault | planted as | stored | verdict | exit status | the report says |\n|---|---|---|---|---|---|\n"
            for row in FaultTable.rows where row.ending == ending {
                let cells = [
                    row.fault, "`\(row.spec.replacing("every,", with: ""))`", row.stored, row.verdict.rawValue,
                    "\(row.status.rawValue)", row.sentence.replacing("|", with: "\\|"),
                ]
                page += "| " + cells.joined(separator: " | ") + " |\n"
            }
        }
        return page + """

            ## What keeps a bad night short

            - Requests at a time halve with each burst of 429 or 503, down to one, and grow by one after 32 good answers.
            - A platform that fails (no connection, no answer in time, 5xx) for 20 clients in a row is left alone for 30 s, then
              asked once; if that fails too, after 60 s, and after 120 s. Then the other clients are `notAttempted`, each with this
              reason. One client that always fails does not count.
            - A refused login is not repeated, in this run or the next, until the credential changes (or `--retry-login`).
            - A `Retry-After` of more than five minutes is not waited for.

            """
    }
}
