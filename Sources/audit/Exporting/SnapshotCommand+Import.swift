import ArgumentParser
import AuditModel
import AuditPipeline
import Foundation
import SnapshotStore

extension SnapshotCommand {
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Puts exported files into the store, as a run of its own.",
            discussion: """
                All files of one run, or nothing: every mistake is told with file and place, and each document must have the \
                digest it was exported with. The run is stored sealed and as fetched only, since how it was judged is not \
                exported; 'audit check' judges it. A run that is there already is compared: the same is fine, another is refused.

                Example: audit snapshot import snapshots/today --database review.sqlite
                """)
        @Argument(help: "The folder that 'audit snapshot export' wrote.", completion: .directory)
        var folder: String
        @OptionGroup var common: CommonOptions

        func run() throws {
            let workspace = try Workspace(common, needsConfiguration: false)
            let (run, snapshots) = try read()
            try FileManager.default.createDirectory(
                at: URL(filePath: workspace.database).deletingLastPathComponent(), withIntermediateDirectories: true)
            let store = try SnapshotStore.open(at: workspace.database, access: .readWrite)
            let lock = try store.acquireRunLock(holder: RunHolder.description(now: Workspace.clock()))
            defer { lock.release() }
            let day = workspace.zone.day(of: run.startedAt)
            if let stored = try store.runs(matching: run.id.rawValue).first {
                try compare(snapshots, with: stored, in: Chronicle(store: store, zone: workspace.zone))
                Console.message("run \(run.id.short) of \(day) is in \(workspace.database) already, and the same.")
            } else {
                try checkPlace(of: run, in: store)
                try store.importRun(of: snapshots, notes: [note(run, snapshots.count)])
                Console.message(
                    "imported run \(run.id.short) of \(day) with \(count(snapshots.count, "client")) into "
                        + "\(workspace.database); 'audit check --as-of \(run.id.short)' judges it.")
            }
            try store.close()
        }

        /// The snapshots of the folder; ends the command with every mistake where there is one.
        private func read() throws -> (AuditRun, [ExportedSnapshot]) {
            let exported = try ExportedFolder(folder, environment: common.environment)
            var run = ExportedRun()
            var snapshots: [ExportedSnapshot] = []
            let mistakes = exported.read(exported.names.indices, care: .evidence) { file, snapshot in
                run.add(snapshot, file: file)
                snapshots.append(snapshot)
            }
            try ExportedRun.end(mistakes + run.mistakes, folder: exported.path)
            try run.check(environment: common.environment)
            guard let first = run.first else {
                throw CommandEnd(.usage, "\(exported.path) holds no exported snapshots.")
            }
            guard run.clientsExported <= snapshots.count else {
                throw CommandEnd(
                    .usage,
                    "\(exported.path) holds \(count(snapshots.count, "file")) of the \(run.clientsExported) that were exported "
                        + "together; put the others back, or export again. Nothing was done.")
            }
            return (first.run, snapshots)
        }

        private func note(_ run: AuditRun, _ clients: Int) -> String {
            "Imported from exported files"
                + (clients < run.clientCount ? ", which hold \(clients) of the run's \(run.clientCount) clients." : ".")
        }

        private func checkPlace(of run: AuditRun, in store: SnapshotStore) throws {
            if let open = try store.openRun(in: run.environment) {
                throw CommandEnd(
                    .usage,
                    "run \(open.id.short) of environment \(run.environment) is still open in the database; 'audit run' goes on "
                        + "with it. Import when it has ended, or into another database. Nothing was done.")
            }
            guard let stored = try store.address(of: run.environment) else { return }
            func kind(_ isSynthetic: Bool) -> String { isSynthetic ? "an emulator" : "a real platform" }
            guard stored.isSynthetic == run.isSynthetic else {
                throw CommandEnd(
                    .usage,
                    "environment \(run.environment) of the database is \(kind(stored.isSynthetic)), and the files are of "
                        + "\(kind(run.isSynthetic)). The two are never mixed: import into another database. Nothing was done."
                )
            }
            guard stored.baseURL.isIdentical(to: run.baseURL) else {
                throw CommandEnd(
                    .usage,
                    "environment \(run.environment) of the database is at \(stored.baseURL), and the files are of "
                        + "\(run.baseURL): import into another database. Nothing was done.")
            }
        }

        /// Whether the store has the night without its times, since it was pruned after it was exported.
        private func isPruned(_ own: ExportedSnapshot) -> Bool {
            own.times.pairs.allSatisfy { $0.1 == nil }
        }

        /// Ends the command where the store has the run otherwise than the files have it.
        private func compare(_ snapshots: [ExportedSnapshot], with stored: AuditRun, in chronicle: Chronicle) throws {
            func refuse(_ what: String) -> CommandEnd {
                CommandEnd(
                    .usage,
                    "the database has run \(stored.id.short) already, and \(what). Stored evidence does not change; import "
                        + "into another database. Nothing was done.")
            }
            guard stored.state.isSealed else { throw refuse("it is still open there") }
            var given = Dictionary(snapshots.map { ($0.snapshot.client.id.number, $0) }, uniquingKeysWith: { $1 })
            var difference: String?
            try chronicle.forEachExported(of: stored) { own in
                let number = own.snapshot.client.id.number
                guard difference == nil, let other = given.removeValue(forKey: number) else { return }
                var run = own.run
                run.clientCount = other.run.clientCount
                if run != other.run {
                    difference = "the facts of the run differ"
                } else if own.snapshot != other.snapshot || !isPruned(own) && own.times != other.times {
                    difference = "what it has of client \(number) differs"
                }
            }
            if let difference { throw refuse(difference) }
            if let other = given.keys.min() { throw refuse("has no client \(other) in it") }
        }
    }
}
