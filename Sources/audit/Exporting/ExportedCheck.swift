import AuditModel
import AuditPipeline
import Foundation
import Policies

/// Judges the files of an exported folder, side by side on the processors there are.
struct ExportedCheck: Sendable {
    let folder: ExportedFolder
    let audit: ExportedAudit
    /// The environment that was asked for; nil for whichever it is.
    let environment: String?

    private struct Share: Sendable {
        var part: ExportedAudit.Part
        var run = ExportedRun()
        var mistakes: [String] = []
    }

    /// The report on all files; ends the command with every mistake where one cannot be read.
    func report() async throws -> AuditReport {
        let shares = await withTaskGroup(of: (Int, Share).self) { group in
            // A few hundred files are judged sooner than a second worker is started.
            let workers = max(1, min(ProcessInfo.processInfo.activeProcessorCount, folder.names.count / 100))
            for worker in 0..<workers {
                let range =
                    folder.names.count * worker / workers..<folder.names.count * (worker + 1) / workers
                group.addTask { (worker, share(of: range)) }
            }
            return await group.reduce(into: [(Int, Share)]()) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
        var run = ExportedRun()
        for share in shares { run.add(share.run) }
        try ExportedRun.end(shares.flatMap(\.mistakes) + run.mistakes, folder: folder.path)
        try run.check(environment: environment)
        guard let first = run.first else { throw CommandEnd(.usage, "\(folder.path) holds no exported snapshots.") }
        return audit.report(of: first.run, clientsExpected: run.clientsExported, parts: shares.map(\.part))
    }

    private func share(of range: Range<Int>) -> Share {
        var share = Share(part: audit.emptyPart())
        share.mistakes = folder.read(range, care: .form) { file, snapshot in
            share.run.add(snapshot, file: file)
            audit.judge(snapshot.snapshot, now: snapshot.run.startedAt, into: &share.part)
        }
        return share
    }
}
