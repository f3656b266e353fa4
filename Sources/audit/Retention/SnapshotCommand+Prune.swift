import ArgumentParser
import AuditModel
import Foundation
import SnapshotStore

extension SnapshotCommand {
    /// `audit snapshot prune`.
    struct Prune: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes the rows of old nights in which nothing had changed out of the database.",
            discussion: """
                --keep-changes is what is promised, and there is no other way to prune: of each client the first and the last \
                capture of every value stay, and every failure; between them stands a mark that says "seen unchanged through". \
                What settings, verdicts, changes and reports tell of the pruned nights stays the same. What is lost: the moments \
                of their captures, and the proof of a single capture ('audit prove' then names the nearest that is kept). \
                'audit verify' still derives the whole log: in the place of pruned captures stand the hashes of their subtrees.

                Clients on legal hold lose nothing: see 'audit snapshot hold'. A run that is going on ends the command with 75. \
                It can be cut off at any moment and goes on when it is called again. docs/retention.md tells more.

                Examples:
                  audit snapshot prune --keep-changes --older-than 400d --dry-run
                  audit snapshot prune --keep-changes --older-than 400d
                """)
        @Flag(name: .customLong("keep-changes"), help: "Keep every change and every failure. Required.")
        var keepChanges = false
        @Option(
            name: .customLong("older-than"),
            help: ArgumentHelp(
                "How old the start of a night's run must be: days, weeks or years, at least 1d.", valueName: "age"))
        var olderThan: AgeArgument
        @Flag(name: .customLong("dry-run"), help: "Tell what would go, and what stays and why; change nothing.")
        var dryRun = false
        @Option(help: "text, json or csv.")
        var format: TableFormat = .text
        @Option(help: "About how many rows one transaction takes; what is cut off loses no more than one.")
        var batch = 20_000
        @Flag(help: "No progress on standard error.")
        var quiet = false
        @OptionGroup var common: CommonOptions

        func run() throws {
            guard keepChanges else {
                throw CommandEnd(
                    .usage,
                    "write --keep-changes: it promises that the first and the last capture of every value, every failure, and a "
                        + "mark \"seen unchanged through\" are kept. There is no other way to prune. Nothing was done.")
            }
            guard batch > 0 else { throw CommandEnd(.usage, "--batch is a number from 1.") }
            let workspace = try Workspace(common, needsConfiguration: false)
            var presentation = PrunePresentation(isTrial: dryRun, olderThan: olderThan.text, zone: workspace.zone)
            if dryRun {
                let store = try workspace.openStore()
                presentation.tallies = try places(workspace, store).map {
                    try store.pruningTally(in: $0.name, startedBefore: $0.cutoff)
                }
                presentation.holds = try store.heldClients()
                presentation.sizes = try (store.statistics().sizeInBytes, nil)
            } else {
                let store = try workspace.openStore(.readWrite)
                let lock = try store.acquireRunLock(
                    holder: RunHolder.description("snapshot prune", now: Workspace.clock()))
                defer { lock.release() }
                let drawing = VerifyProgress(isQuiet: quiet)
                presentation.tallies = try places(workspace, store).map { place in
                    try store.pruneUnchangedNights(in: place.name, startedBefore: place.cutoff, rowsAtOnce: batch) {
                        part in
                        drawing.update("\(place.name)", part)
                    }
                }
                drawing.finish()
                presentation.holds = try store.heldClients()
                do {
                    let sizes = try store.giveBackSpace()
                    presentation.sizes = (sizes.before, sizes.after)
                } catch {
                    presentation.show(as: format)
                    throw CommandEnd(
                        error.exitStatus,
                        "the rows are pruned, and the file could not be made smaller; its free pages are used again. "
                            + error.description)
                }
                try store.close()
            }
            presentation.show(as: format)
        }

        /// The environments that are meant, each with the moment before which runs count.
        private func places(
            _ workspace: Workspace, _ store: SnapshotStore
        ) throws -> [(name: EnvironmentName, cutoff: Timestamp)] {
            let names =
                common.environment == nil ? try store.environments() : [try workspace.environment(in: store).name]
            return try names.map { name in
                let now = try workspace.now(isSynthetic: store.address(of: name)?.isSynthetic ?? false)
                return (name, olderThan.before(now))
            }
        }
    }
}
