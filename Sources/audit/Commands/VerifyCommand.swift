import ArgumentParser
import AuditModel
import AuditPipeline
import Evidence
import Foundation
import SnapshotStore

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Derives every digest and the log of runs again; or checks a proof.",
        discussion: """
            Without a file: reads all of the database and changes nothing. Names the table and the row of what does not hold, and \
            ends with 4. What only somebody else can know is told by a checkpoint that was held elsewhere: --checkpoint.

            With a proof that 'audit prove' wrote: checks it, without any database, by the log's public key or by a checkpoint \
            that you hold. Without either, 0 means only that the file agrees with itself.

            With --key, one of the keys must have signed the newest checkpoint; without it, that of the configuration counts, \
            and a checkpoint that is not signed is told, and no finding.

            Examples:
              audit verify --checkpoint /mnt/auditor/checkpoint --key log.vkey
              audit verify proof.json --key log.vkey
            """)

    @Argument(help: "A proof to check; without one, the database is checked.", completion: .file())
    var proof: String?
    @Option(
        help: ArgumentHelp("A public key, NAME+ID+BASE64, or a file with one a line; repeatable.", valueName: "vkey"),
        completion: .file())
    var key: [String] = []
    @Option(
        help: ArgumentHelp("A checkpoint that was held elsewhere; repeatable.", valueName: "file"), completion: .file())
    var checkpoint: [String] = []
    @Option(help: "The log's name, where its key is called otherwise (for a proof).")
    var origin: String?
    @Option(help: "How many client-nights are judged again by the policies of their run.")
    var sample = 100
    @Option(help: "text or json.")
    var format: VerifyFormat = .text
    @Flag(help: "No progress on standard error.")
    var quiet = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        try common.refuseEnvironment("a database, with its log, is verified as a whole, and a proof by itself")
        guard sample >= 0 else { throw CommandEnd(.usage, "--sample is a number from 0.") }
        var keys = try EvidenceKeys.verifiers(key)
        let held = try checkpoint.map { path in
            guard let data = FileManager.default.contents(atPath: path) else {
                throw CommandEnd(.usage, "--checkpoint \(path): the file cannot be read.")
            }
            return EvidenceCheck.Held(name: path, note: [UInt8](data))
        }
        if let proof {
            return try ProofCheck(file: proof, keys: keys, held: held, origin: origin, format: format).run()
        }
        let workspace = try Workspace(common, needsConfiguration: false)
        // Where no key is given, the configured one's public half is at hand.
        if keys.isEmpty, let settings = workspace.configuration?.evidence,
            let signer = try await EvidenceKeys.signer(of: settings)
        {
            keys = [signer.verifier]
        }
        let store = try workspace.openStore()
        let drawing = VerifyProgress(isQuiet: quiet)
        let outcome = try EvidenceCheck(
            store, keys: keys, held: held, sample: sample, demandsSignature: !key.isEmpty
        ).outcome { drawing.update($0, $1) }
        drawing.finish()
        let presentation = VerifyPresentation(outcome: outcome)
        Console.result(format == .json ? presentation.json : presentation.text)
        if !outcome.isSound { throw CommandEnd(.integrity) }
    }
}

/// How a check is told.
enum VerifyFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, json
}
