import ArgumentParser
import AuditModel
import Reports
import Remediator

struct RemediateJournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Lists what was written to voice pools, by whom and with what outcome.",
        discussion: """
            The journal (DATABASE.remediation/journal.ndjson) has an intent before each call and its outcome after it; each \
            record has the digest of the one before, so that an edited journal is told (exit status 4). Records that were cut off \
            the end show only to somebody who holds the digest of a later one: 'apply' prints it.

            Examples:
              audit remediate journal
              audit remediate journal --format csv
            """)

    @OptionGroup var common: CommonOptions
    @Option(help: "text, json or csv.")
    var format: TableFormat = .text

    func run() throws {
        let workspace = try Workspace(common, needsConfiguration: false)
        let folder = RemediationFolder(ofDatabase: workspace.database)
        let records = try RemediationEnd.telling { try RemediationJournal.records(in: folder) }
        switch format {
        case .json: Console.result(MachineJSON.text(of: .array(records.map(\.json))))
        case .text where records.isEmpty:
            Console.words("nothing was ever written: there is no record in \(folder.journal)\n")
        case .text, .csv:
            Listing.print(
                columns: ["record", "at", "plan", "event", "what"],
                rows: records.map { record in
                    [
                        TrialJSON.integer(record.number), .string(record.at.rfc3339),
                        .string(format == .csv ? record.plan?.hex ?? "" : record.plan?.short ?? ""),
                        .string(record.event.name), .string(JournalWords.what(record.event)),
                    ]
                }, as: format)
        }
    }
}

/// The words of the journal's records.
private enum JournalWords {
    static func what(_ event: JournalEvent) -> String {
        switch event {
        case .began(let beginning):
            let defaultVoice = beginning.defaultVoice.map { ", default voice \($0)" } ?? ""
            return "\(beginning.by) (\(beginning.process)) on \(beginning.client) at \(beginning.baseURL); pool "
                + "\(RemediationSheetWords.pool(beginning.pool))\(defaultVoice)\(beginning.isForced ? "; forced" : "")"
        case .intent(let write, let planned, let request):
            return "write \(write + 1): \(planned.kind.rawValue) voice \(planned.voice), \(request)"
        case .accepted(let write): return "write \(write + 1) was accepted"
        case .failed(let write, let failure): return "write \(write + 1) failed: \(RemediationWords.failure(failure))"
        case .settled(let write, let tookEffect):
            return "write \(write + 1) \(tookEffect ? "took effect" : "did not take effect"), the pool tells"
        case .ended(let ending, let pool):
            let words =
                switch ending {
                case .applied: "as wanted"
                case .unfinished: "on the way"
                case .strayed: "neither as wanted nor on the way"
                }
            return "pool \(RemediationSheetWords.pool(pool)): \(words)"
        case .unread(let failure): return "the pool could not be read again: \(RemediationWords.failure(failure))"
        case .mended(let count): return "the last line was cut off by a crash; \(count) bytes dropped"
        }
    }
}
