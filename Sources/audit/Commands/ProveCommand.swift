import ArgumentParser
import AuditModel
import AuditPipeline
import Evidence
import Reports
import SnapshotStore

struct ProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Writes a proof of what one setting was, to be checked without the database.",
        discussion: """
            The proof holds the whole document of the setting's group (hidden values stay hidden), and the way from it to a \
            checkpoint of the log. 'audit verify PROOF --key K' checks it, and so does anything that knows SHA-256 and Ed25519: \
            docs/evidence.md tells how.

            Example: audit prove --client 4199 --path internal.maxFailedCcsLoginAttempts --at 2026-11-01 --output proof.json
            """)

    @Option(help: "The client: its number, its code or environment/number.")
    var client: String
    @Option(help: "The setting, for example internal.passwordExpirationDays or voicePool.voice[id=3].")
    var path: String
    @Option(help: "A date, a run id, 'latest' or 'previous'.", completion: .run)
    var at = "latest"
    @Option(help: "Write it to a file instead of standard output.", completion: .file())
    var output: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
        let workspace = try Workspace(common, needsConfiguration: false)
        let setting: SettingPath
        do throws(SettingPathError) { setting = try SettingPath(dotted: path) } catch {
            let near = error.suggestion.map { " Did you mean '\($0)'?" } ?? ""
            throw CommandEnd(.usage, "--path \(path): \(error.message) (at character \(error.offset + 1)).\(near)")
        }
        let store = try workspace.openStore()
        let environment = try workspace.environment(in: store, saidBy: [.client(client), .run(at)])
        let selection = try workspace.selection(at, of: environment, in: store)
        if let note = selection.note { Console.message("\(selection.asked) → run of \(selection.day), \(note)") }
        let snapshot = try StoredClient.named(client, in: selection, of: store)
        let chronicle = Chronicle(store: store, zone: workspace.zone)
        let proof = try chronicle.proof(of: setting, client: snapshot.client.id, in: selection.run)
        if try !chronicle.has(setting, client: snapshot.client.id, in: selection.run) {
            Console.message(
                "\(setting.dotted) is not in the document that was captured: the proof is of its absence.")
        }
        if (try? SignedNote(proof.log.checkpoint)) == nil {
            Console.message(
                "The checkpoint in this proof is not signed: the proof counts for whoever holds that checkpoint from elsewhere."
            )
        }
        let text = MachineJSON.text(escaping: proof.text)
        guard let output, output != "-" else { return Console.result(text) }
        do throws(FileWriter.Failure) { try FileWriter.write(Array(text.utf8), to: output) } catch {
            throw CommandEnd(.inputOutput, error.description)
        }
        Console.message("wrote \(output)")
    }
}
