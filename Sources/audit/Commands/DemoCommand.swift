import ArgumentParser
import AuditModel
import AuditPipeline
import Emulator
import Foundation
import Policies
import Reports
import SnapshotStore

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Audits 14 nights of an emulated platform with planted drift.",
        discussion: """
            Starts the emulator in this process, runs one night after another on real HTTP into a real database, and prints the \
            digest of each. Leaves the database and the last night's HTML report behind, to try the other commands on. An \
            earlier demo's database is replaced. Exits with 0 when the demonstration worked, whatever it found.

            Example: audit demo && audit diff previous latest --database snapshots/demo.sqlite
            """)

    @Option(help: "How many clients.")
    var clients = 25
    @Option(help: "Where names, settings and the planted drift come from.")
    var seed: UInt64 = 7
    @Option(help: "How many nights.")
    var nights = 14
    @Option(help: "The database to leave behind; replaced where an earlier demo left one.", completion: .file())
    var database = "snapshots/demo.sqlite"
    @Option(help: "The HTML report to leave behind.", completion: .file(extensions: ["html"]))
    var report = "reports/demo.html"
    @Option(
        name: .customLong("policies"),
        help: "A policy file or folder, repeatable. Default: 'policies', else those installed with audit.",
        completion: .yamlFile)
    var policies: [String] = []
    @Option(
        name: .customLong("last-night"), help: "The start of the last night, as RFC 3339. Default: today at 02:00 UTC.")
    var lastNight: String?
    @Option(help: "Colour: auto, always or never.")
    var color: Console.ColorChoice = .auto

    func run() async throws {
        guard nights >= 1, clients >= 1 else { throw CommandEnd(.usage, "--nights and --clients must be 1 or more.") }
        let set = try PolicyFiles.load(policies.isEmpty ? InstalledFiles.defaultPolicies : policies)
        let last = try lastStart()
        try removeEarlierDemo()
        let environment = EnvironmentName("demo")
        let platform = try await Platform.embedded(
            EmulatorConfiguration(clients: clients, seed: seed), environment: environment)
        do {
            try await audit(platform, set, last: last)
            try await platform.close()
        } catch {
            try? await platform.close()
            throw error
        }
    }

    private func audit(_ platform: Platform, _ set: PolicySet, last: Timestamp) async throws {
        try FileManager.default.createDirectory(
            at: URL(filePath: database).deletingLastPathComponent(), withIntermediateDirectories: true)
        let store = try SnapshotStore.open(at: database, access: .readWrite)
        let lock = try store.acquireRunLock(holder: RunHolder.description(now: Workspace.clock()))
        defer { lock.release() }
        let options = try NightOptions.parse([])
        var latest: AuditReport?
        for night in 0..<nights {
            await platform.emulator?.setNight(night)
            let start = last.advanced(by: .seconds(-86_400 * (nights - 1 - night)))
            let outcome = try await NightRunner(
                platform: platform, store: store, policies: set, sensitive: [], zone: .utc, exitPolicy: ExitPolicy(),
                resumeWithin: .seconds(6 * 3600), retired: [], options: options,
                progress: ProgressDrawing(isQuiet: true)
            ).run(clock: { start })
            Console.result("\(outcome.report.day)  \(DigestSentence.text(for: outcome.report))\n")
            latest = outcome.report
        }
        guard let latest else { return }
        Console.result("\n")
        Console.result(
            ReportRenderer.bytes(
                of: latest, as: .text,
                options: .init(width: Console.width, usesColor: Console.usesColor(color), showsAll: false)))
        do throws(FileWriter.Failure) {
            try FileWriter.write(
                ReportRenderer.bytes(of: latest, as: .html, options: .init(showsAll: true)), to: report)
        } catch {
            throw CommandEnd(.inputOutput, error.description)
        }
        let first = CalendarDay(daysSince1970: latest.day.daysSince1970 - nights + 1)
        Console.result(
            """

            \(count(nights, "night")) of \(count(clients, "client")) are in \(database), the last night's report is \(report).
            Next: audit diff \(first) \(latest.day) --database \(database)

            """)
    }

    private func lastStart() throws -> Timestamp {
        if let lastNight {
            guard let moment = Timestamp(rfc3339: lastNight) else {
                throw CommandEnd(.usage, "--last-night \(lastNight): write RFC 3339, for example 2026-11-14T02:00:00Z.")
            }
            return moment
        }
        let now = Workspace.clock()
        let today = DayZone.utc.start(of: DayZone.utc.day(of: now)).advanced(by: .seconds(2 * 3600))
        return today <= now ? today : today.advanced(by: .seconds(-86_400))
    }

    /// Removes what an earlier demo left; anything that is no demo's database is left alone.
    private func removeEarlierDemo() throws {
        guard FileManager.default.fileExists(atPath: database) else { return }
        var isDemo = false
        do {
            let store = try SnapshotStore.open(at: database, access: .readOnly)
            isDemo =
                try store.environments().allSatisfy { $0.rawValue == "demo" }
                && store.runs().allSatisfy(\.isSynthetic)
            try store.close()
        } catch {
            isDemo = false
        }
        guard isDemo else {
            throw CommandEnd(
                .usage, "\(database) is not an earlier demo's database and is left as it is; choose another --database."
            )
        }
        for suffix in ["", "-wal", "-shm", ".key", ".lock"] {
            try? FileManager.default.removeItem(atPath: database + suffix)
        }
    }
}
