import ArgumentParser
import AuditModel
import AuditPipeline
import Foundation
import Reports
import SnapshotStore

extension SnapshotCommand {
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes a run's snapshots as one pretty JSON file a client.",
            discussion: """
                The files are DIR/<environment>/<client id>.json: for 'git diff', for other tools, for 'audit check --from DIR', \
                and for 'audit snapshot import DIR'. The same run gives the same bytes. A file holds what the client was called, \
                each group's settings, failure, or why it was not collected, the capture times, and the run. Members are sorted; \
                lists stand in the order received, since the digest of a document depends on it. Hidden values stay the tokens \
                that the store has in their place.

                Where all clients are exported, files of clients that the run does not have are removed from the folder.

                Example: audit snapshot export snapshots/today --as-of 2026-11-01
                """)
        @Argument(help: "The folder to write to; made where it is not there.", completion: .directory)
        var folder: String
        @OptionGroup var common: CommonOptions
        @Option(name: .customLong("as-of"), help: "A date, a run id, 'latest' or 'previous'.", completion: .run)
        var asOf = "latest"
        @Option(help: "Only this client: its number, its code or environment/number; repeatable.")
        var client: [String] = []

        func run() throws {
            let workspace = try Workspace(common, needsConfiguration: false)
            let store = try workspace.openStore()
            let environment = try workspace.environment(
                in: store, saidBy: [.run(asOf)] + client.map { .client($0) })
            let selection = try workspace.selection(asOf, of: environment, in: store)
            let run = selection.run
            guard run.state.isSealed else {
                throw CommandEnd(.usage, "run \(run.id.short) is still open; it can be exported when it has ended.")
            }
            if let note = selection.note { Console.message("\(selection.asked) → run of \(selection.day), \(note)") }
            let chosen = try client.isEmpty ? nil : Set(client.map { try id($0, in: store.roster(of: run.id)) })
            var written: Set<String> = []
            var pruned = 0
            let chronicle = Chronicle(store: store, zone: workspace.zone)
            try chronicle.forEachExported(of: run, clients: chosen) { snapshot in
                // An export can be made again, so it does not wait for the disk file by file.
                try FileWriter.write(
                    Array(MachineJSON.text(of: snapshot.json).utf8), to: folder + "/" + snapshot.place,
                    waitsForDisk: false)
                written.insert(snapshot.place)
                if snapshot.times.pairs.allSatisfy({ $0.1 == nil })
                    && snapshot.snapshot.groups.pairs.contains(where: { $0.1.value != nil })
                {
                    pruned += 1
                }
            }
            let place = folder + "/" + ExportedSnapshot.folder(of: run.environment)
            let removed = chosen == nil ? try removeStale(in: place, of: run.environment, keeping: written) : 0
            Console.message(
                "wrote \(count(written.count, "file")) of the run of \(selection.day) to \(place)"
                    + (removed > 0 ? ", removed \(removed) of clients that it does not have" : "")
                    + (pruned > 0 ? "; \(pruned) without the moments of capture, which were pruned" : ""))
        }

        private func id(_ text: String, in roster: [Client]) throws -> Client.ID {
            let found = roster.first {
                String($0.id.number) == text || $0.code.isIdentical(to: text) || $0.id.description == text
            }
            guard let found else {
                let near = NearestName.to(text, among: roster.map(\.code)).map { " Did you mean '\($0)'?" } ?? ""
                throw CommandEnd(.usage, "--client \(text): the run has no such client.\(near)")
            }
            return found.id
        }

        /// Removes files of earlier exports of the environment; anything else in the folder is left alone.
        private func removeStale(
            in place: String, of environment: EnvironmentName, keeping written: Set<String>
        ) throws -> Int {
            guard FileManager.default.fileExists(atPath: place) else { return 0 }
            var removed = 0
            for name in try ExportedFolder.entries(of: place).files {
                guard let number = Int(name.dropLast(".json".count)), name == ExportedSnapshot.fileName(of: number),
                    !written.contains(ExportedSnapshot.folder(of: environment) + "/" + name),
                    let data = FileManager.default.contents(atPath: place + "/" + name),
                    let value = try? JSONReader.value(of: [UInt8](data), limits: ExportedSnapshot.limits),
                    value["schema"]?.stringValue == ExportedSnapshot.schema,
                    value["run"]?["environment"]?.stringValue == environment.rawValue
                else { continue }
                guard unlink(place + "/" + name) == 0 else {
                    throw CommandEnd(
                        .inputOutput, "could not remove \(place)/\(name): \(String(cString: strerror(errno))).")
                }
                removed += 1
            }
            return removed
        }
    }
}
