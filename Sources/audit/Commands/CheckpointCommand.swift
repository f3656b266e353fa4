import ArgumentParser
import AuditModel
import AuditPipeline
import Evidence
import Foundation
import SnapshotStore

struct CheckpointCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Prints the newest checkpoint of the log of runs; makes keys to sign it with.",
        discussion: """
            A checkpoint is a few lines: the log's name, its number of sealed runs, and the root over all that they have. Whoever \
            holds one can tell later whether anything before it was changed ('audit verify --checkpoint FILE'). Give it to \
            somebody who cannot write this database.

            Examples:
              audit checkpoint --output /mnt/auditor/checkpoint
              audit checkpoint key /etc/audit/log.key
            """,
        subcommands: [Show.self, Key.self], defaultSubcommand: Show.self)

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the newest checkpoint, which is made where the log has grown since (the default).",
            discussion: "Example: audit checkpoint --output checkpoint.txt")
        @OptionGroup var common: CommonOptions
        @Option(help: "Write it to a file instead.", completion: .file())
        var output: String?

        func run() async throws {
            try common.refuseEnvironment("the log is of all environments of a database")
            let workspace = try Workspace(common, needsConfiguration: false)
            let settings = workspace.configuration?.evidence ?? EvidenceSettings()
            let signer = try await EvidenceKeys.signer(of: settings)
            // So that a missing database is told of, and not made.
            try workspace.openStore().close()
            let store = try SnapshotStore.open(at: workspace.database, access: .readWrite)
            let made = try LogKeeper(store, origin: settings.origin, signer: signer).checkpoint()
            if made.signedBy == nil {
                Console.message(
                    "This checkpoint is not signed ('evidence: {key: …}' in audit.yaml): it counts for whoever got it from you."
                )
            }
            guard let output else { return Console.result(made.note) }
            do throws(FileWriter.Failure) { try FileWriter.write(made.note, to: output) } catch {
                throw CommandEnd(.inputOutput, error.description)
            }
            Console.message("wrote \(output)")
        }
    }

    struct Key: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an Ed25519 key to sign checkpoints with.",
            discussion: """
                The secret key goes into a new file of mode 0600, and the public one to standard output: give that to whoever shall \
                check. The key is called as the log is, which verifiers look for.

                Example: audit checkpoint key /etc/audit/log.key > log.vkey
                """)
        @Argument(help: "The file for the secret key; it must not exist.", completion: .file())
        var file: String
        @OptionGroup var common: CommonOptions
        @Option(help: "The key's name. Default: the log's, as the database or 'evidence: origin' says.")
        var name: String?

        func run() throws {
            try common.refuseEnvironment("the log is of all environments of a database")
            let workspace = try Workspace(common, needsConfiguration: false)
            let name = try name ?? logName(workspace)
            let key: SignerKey
            do throws(KeyError) { key = try SignerKey(name: name, seed: EvidenceKeys.seed()) } catch {
                throw CommandEnd(.usage, "--name: \(error).")
            }
            try EvidenceKeys.write(key, to: file)
            Console.result(key.verifier.vkey + "\n")
            Console.message(
                "wrote \(file); write evidence: {key: \"file:\(URL(filePath: file).standardizedFileURL.path)\"} in audit.yaml"
            )
        }

        private func logName(_ workspace: Workspace) throws -> String {
            let configured = workspace.configuration?.evidence.origin
            if FileManager.default.fileExists(atPath: workspace.database) {
                return try LogKeeper(workspace.openStore(), origin: configured).origin()
            }
            guard let configured else {
                throw CommandEnd(
                    .usage,
                    "there is no database yet whose log could give the key its name; say --name, or 'evidence: origin'."
                )
            }
            return configured
        }
    }
}
