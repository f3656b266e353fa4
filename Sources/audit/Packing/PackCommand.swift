import ArgumentParser
import AuditModel
import AuditPipeline
import Evidence
import Foundation
import ReviewPack
import SnapshotStore

struct PackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack",
        abstract: "Packs a period's evidence into one ZIP file for an auditor; checks such a file.",
        discussion: """
            Findings, what changed in settings and verdicts, waivers, how complete each night was, the policy and waiver texts \
            that were recorded, and proofs down to a checkpoint of the log, with the SHA-256 of every file and a README for \
            whoever gets it. The same store and arguments give the same bytes. With --client nothing of any other client is in it.

            Without a word after it, 'audit pack' is 'audit pack make': --from and --to (dates or runs) say which period, --client \
            which client alone, --output which file, --proofs how many settings are proven at most. 'audit pack make --help' \
            lists them all.

            Examples:
              audit pack --from 2026-07-01 --to 2026-09-30 --output q3.zip
              audit pack --from 2026-07-01 --to 2026-09-30 --client 4199
              audit pack verify q3.zip --key log.vkey
            """,
        subcommands: [Make.self, Verify.self], defaultSubcommand: Make.self)

    struct Make: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a pack (the default).",
            discussion: "Example: audit pack --from 2026-07-01 --to 2026-09-30 --output q3.zip")
        @Option(help: "The earlier side: a date, a run id, 'latest' or 'previous'.", completion: .run)
        var from: String
        @Option(help: "The later side.", completion: .run)
        var to: String
        @Option(help: "Only this client: its number, its code or environment/number.")
        var client: String?
        @Option(
            help:
                "The file to write. Default: review-ENVIRONMENT-FROM-TO.zip, with the client's number where it is of one.",
            completion: .file(extensions: ["zip"]))
        var output: String?
        @Option(help: "The most settings to prove, those of the worst findings first.")
        var proofs = 100
        @OptionGroup var common: CommonOptions

        func run() throws {
            guard (0...5_000).contains(proofs) else { throw CommandEnd(.usage, "--proofs is a number from 0 to 5000.") }
            guard output != "-" else {
                throw CommandEnd(.usage, "a pack goes into a file: --output PATH; standard output tells its SHA-256.")
            }
            let workspace = try Workspace(common, needsConfiguration: false)
            let store = try workspace.openStore()
            let environment = try workspace.environment(
                in: store, saidBy: EnvironmentMention.runs(from, to) + (client.map { [.client($0)] } ?? []))
            let earlier = try workspace.selection(from, of: environment, in: store)
            let later = try workspace.selection(to, of: environment, in: store)
            for selection in [earlier, later] {
                if let note = selection.note {
                    Console.message("\(selection.asked) → run of \(selection.day), \(note)")
                }
                guard selection.run.state.isSealed else {
                    throw CommandEnd(
                        .usage, "the run \(selection.run.id.short) has not ended; a pack is of sealed runs.")
                }
            }
            if let disorder = RunSelection.disorder(from: earlier, to: later) {
                throw CommandEnd(.usage, "\(disorder); swap --from and --to.")
            }
            let chronicle = Chronicle(
                store: store, zone: workspace.zone, retired: workspace.configuration?.retired ?? [])
            let material = try chronicle.review(
                from: earlier, to: later, client: client, toolVersion: ToolVersion.current, proofLimit: proofs,
                exitPolicy: ExitPolicy(failOn: workspace.configuration?.failOn ?? .low))
            let pack: [UInt8]
            do { pack = try PackAssembly(material: material).bytes() } catch {
                throw CommandEnd(.inputOutput, "the pack cannot be made: \(error).")
            }
            let path = output ?? name(of: material)
            do throws(FileWriter.Failure) { try FileWriter.write(pack, to: path) } catch {
                throw CommandEnd(.inputOutput, error.description)
            }
            for sentence in material.record.leftOut { Console.message(sentence) }
            if (try? SignedNote(material.log.note)) == nil {
                Console.message(
                    "The checkpoint in this pack is not signed: its proofs count for whoever holds that checkpoint from elsewhere."
                )
            }
            Console.message("wrote \(path)")
            Console.result(
                "SHA-256 \(Digest(of: pack).hex)\nTell it to the auditor by another way than the file takes.\n")
        }

        private func name(of material: ReviewMaterial) -> String {
            let client = material.record.client.map { "-\($0.id.number)" } ?? ""
            return "review-\(safeFileName(material.record.environment.rawValue))\(client)-\(material.record.from.day)-"
                + "\(material.record.to.day).zip"
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks a pack without any database.",
            discussion: """
                Each file's SHA-256, that none is missing or extra, every proof down to the checkpoint in the pack, that the log \
                goes on from the earlier run, and with --key who signed; that each verdict is that of the runs' results, each \
                change between the captured documents, waivers and rules those of the recorded texts; and that each file for \
                people is what all that renders to. Ends with 4 where something does not hold, and names the file; with 3 where \
                another version of audit rendered the files otherwise, or the pack has too little to compare it with the \
                checkpoint that is given; with 2 where the file is no pack at all. Without --key and --checkpoint, 0 means only \
                that the pack agrees with itself.

                Examples:
                  audit pack verify q3.zip --key log.vkey
                  audit pack verify q3.zip --checkpoint held.txt
                """)
        @Argument(help: "The pack.", completion: .file(extensions: ["zip"]))
        var file: String
        @Option(
            help: ArgumentHelp(
                "A public key, NAME+ID+BASE64, or a file with one a line; repeatable.", valueName: "vkey"),
            completion: .file())
        var key: [String] = []
        @Option(
            help: ArgumentHelp("A checkpoint that was held elsewhere; repeatable.", valueName: "file"),
            completion: .file())
        var checkpoint: [String] = []
        @Option(help: "The log's name, where its key is called otherwise.")
        var origin: String?
        @Option(help: "text or json.")
        var format: VerifyFormat = .text

        func run() throws {
            let keys = try EvidenceKeys.verifiers(key)
            let held = try checkpoint.map { path in
                guard let data = FileManager.default.contents(atPath: path) else {
                    throw CommandEnd(.usage, "--checkpoint \(path): the file cannot be read.")
                }
                return PackCheck.Held(name: path, note: [UInt8](data))
            }
            let limits = ZipArchive.Limits()
            let attributes = try? FileManager.default.attributesOfItem(atPath: file)
            if let size = (attributes?[.size] as? NSNumber)?.intValue, size > limits.archiveInBytes {
                throw CommandEnd(
                    .usage, "\(file): \(ZipError.archiveTooLarge(limit: limits.archiveInBytes)).")
            }
            guard let data = FileManager.default.contents(atPath: file) else {
                throw CommandEnd(.usage, "the pack \(file) cannot be read.")
            }
            let outcome: PackCheck.Outcome
            do throws(ZipError) {
                outcome = try PackCheck(keys: keys, held: held, origin: origin, limits: limits)
                    .outcome(of: [UInt8](data))
            } catch {
                throw CommandEnd(.usage, "\(file) was not looked into: \(error).")
            }
            let rebuilt = PackRebuild(check: outcome).outcome()
            let presentation = PackPresentation(check: outcome, rebuilt: rebuilt, hasKey: !keys.isEmpty)
            Console.result(format == .json ? presentation.json : presentation.text)
            if !presentation.findings.isEmpty { throw CommandEnd(.integrity) }
            let isUntold = outcome.compared.contains { comparison in
                if case .cannotBeTold = comparison { true } else { false }
            }
            if isUntold || !rebuilt.otherRenderings.isEmpty { throw CommandEnd(.incomplete) }
        }
    }
}
