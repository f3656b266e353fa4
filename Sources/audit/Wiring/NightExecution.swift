import AuditModel
import AuditPipeline
import Collector
import Emulator
import Evidence
import Foundation
import Logging
import Policies
import Reports
import SnapshotStore

/// Carries out `run` and `fetch` for each environment of the configuration.
struct NightExecution {
    let workspace: Workspace
    let options: NightOptions
    let output: OutputOptions
    let exitPolicy: ExitPolicy
    let policies: PolicySet?
    var waivers: WaiverSet?
    /// What checkpoints are signed with; had before anything is fetched, so that no night stays unsigned for a missing key.
    private var signer: SignerKey?

    init(
        workspace: Workspace, options: NightOptions, output: OutputOptions, exitPolicy: ExitPolicy,
        policies: PolicySet?, waivers: WaiverSet? = nil
    ) {
        self.workspace = workspace
        self.options = options
        self.output = output
        self.exitPolicy = exitPolicy
        self.policies = policies
        self.waivers = waivers
    }

    /// Runs the night of every environment, or of the one named, and ends with the status that takes precedence.
    mutating func run(environmentNamed name: String?) async throws {
        guard let configuration = workspace.configuration else { return }
        // The configured files and those of the command line; a path that is named twice is written once.
        let outputs = try ReportOutput.distinct(output.outputs() + configuration.reports)
        let chosen = configuration.environments.filter { name == nil || $0.name.rawValue == name }
        guard !chosen.isEmpty else {
            let known = configuration.environments.map(\.name.rawValue)
            throw CommandEnd(
                .usage,
                name.map { "audit.yaml has no environment '\($0)'; it has \(known.joined(separator: ", "))." }
                    ?? "audit.yaml names no environment; 'audit init' writes an example.")
        }
        signer = try await EvidenceKeys.signer(of: configuration.evidence)
        var status = ExitStatus.success
        for environment in chosen {
            status = max(status, try await night(environment, configuration, outputs))
        }
        if status != .success { throw CommandEnd(status) }
    }

    private func night(
        _ entry: AuditConfiguration.EnvironmentEntry, _ configuration: AuditConfiguration, _ outputs: [ReportOutput]
    ) async throws -> ExitStatus {
        let platform = try await Platform.prepare(
            entry, configuration: configuration, database: workspace.database)
        do {
            let status = try await night(platform, configuration, outputs)
            try await platform.close()
            return status
        } catch {
            try? await platform.close()
            throw error
        }
    }

    private func night(
        _ platform: Platform, _ configuration: AuditConfiguration, _ outputs: [ReportOutput]
    ) async throws -> ExitStatus {
        let now = try workspace.now(isSynthetic: platform.address.isSynthetic)
        let isSimulated = now != Workspace.clock() && platform.address.isSynthetic && workspace.hasNowOverride
        try FileManager.default.createDirectory(
            at: URL(filePath: workspace.database).deletingLastPathComponent(), withIntermediateDirectories: true)
        let store = try SnapshotStore.open(at: workspace.database, access: .readWrite)
        let lock = try store.acquireRunLock(holder: RunHolder.description(now: Workspace.clock()))
        defer { lock.release() }

        let clock: @Sendable () -> Timestamp = { isSimulated ? now : Workspace.clock() }
        let outcome = try await NightRunner(
            platform: platform, store: store, policies: policies, waivers: waivers,
            sensitive: configuration.sensitive, zone: workspace.zone, exitPolicy: exitPolicy,
            resumeWithin: configuration.resumeWithin,
            retired: configuration.retired, options: options, progress: ProgressDrawing(isQuiet: output.quiet),
            logOrigin: configuration.evidence.origin, signer: signer,
            checkpointPlaces: configuration.evidence.places.isEmpty
                ? nil : CheckpointDelivery(places: configuration.evidence.places)
        ).run(clock: clock)
        for remark in outcome.remarks { Console.message(remark) }
        var report = outcome.report
        await tell(&report, configuration, store, clock)
        try Presentation.show(
            report, selection: nil, output: output, outputs: outputs,
            locating: .store(Chronicle(store: store, zone: workspace.zone)))
        return report.exitStatus
    }

    /// Tells whom the configuration names of a judged run. What does not arrive is a condition of the report, as a checkpoint
    /// that does not; it never ends the night.
    private func tell(
        _ report: inout AuditReport, _ configuration: AuditConfiguration, _ store: SnapshotStore,
        _ clock: @escaping @Sendable () -> Timestamp
    ) async {
        guard report.run.kind == .full, !configuration.notify.isEmpty else { return }
        let notifier = Notifier(
            destinations: configuration.notify, store: store,
            chronicle: Chronicle(store: store, zone: workspace.zone, retired: configuration.retired),
            zone: workspace.zone, exitPolicy: exitPolicy, clock: clock)
        for receipt in await notifier.tell(report) {
            if !output.quiet {
                for remark in receipt.remarks { Console.message("\(receipt.destination): \(remark)") }
            }
            report.conditions += receipt.failures
        }
        report.conditions.sort { $0.status < $1.status }
    }
}

/// One night on one platform: collects under a progress bar, ends in order on SIGINT and SIGTERM.
struct NightRunner {
    var platform: Platform
    var store: SnapshotStore
    var policies: PolicySet?
    var waivers: WaiverSet?
    var sensitive: [String]
    var zone: DayZone
    var exitPolicy: ExitPolicy
    var resumeWithin: Duration
    var retired: Set<Client.ID>
    var options: NightOptions
    var progress: ProgressDrawing
    var logOrigin: String?
    var signer: SignerKey?
    var checkpointPlaces: CheckpointDelivery?

    /// Runs it.
    func run(clock: @escaping @Sendable () -> Timestamp) async throws -> NightlyAudit.Outcome {
        var logger = Logger(label: "audit") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        var collectorClock = CollectorClock.system
        collectorClock.now = clock
        let source = CollectorSource(
            settings: platform.settings, logins: platform.accounts, store: store, clock: collectorClock, logger: logger,
            retriesRefusedLogins: options.retryLogin, progress: progress)
        var audit = NightlyAudit(
            store: store, environment: platform.settings.name, address: platform.address, roster: platform.roster,
            retired: retired, policies: policies, waivers: waivers,
            redaction: Redaction(additionalPatterns: sensitive), zone: zone, exitPolicy: exitPolicy,
            resumeWithin: resumeWithin, toolVersion: ToolVersion.current)
        audit.logOrigin = logOrigin
        audit.signer = signer
        audit.checkpointPlaces = checkpointPlaces
        audit.batchSize = max(1, options.batch)
        audit.acceptsNewBaseURL = options.acceptBaseURL
        let isFresh = options.fresh
        let night = Task { [audit] in try await audit.run(from: source, clock: clock, isFresh: isFresh) }
        let signals = await SignalWatch.start { night.cancel() }
        defer {
            signals.cancel()
            progress.finish()
        }
        do {
            return try await night.value
        } catch {
            progress.finish()
            guard let status = signals.status else { throw error }
            throw CommandEnd(
                status, "interrupted; what came is stored, and the run stays open: 'audit run' goes on with it.")
        }
    }
}

/// Who holds the store while a run writes it.
enum RunHolder {
    /// Command, process, host and since when: what a second run is told.
    static func description(_ command: String = "run", now: Timestamp) -> String {
        let process = ProcessInfo.processInfo
        return "audit \(command), process \(process.processIdentifier) on \(process.hostName) since \(now.rfc3339)"
    }
}
