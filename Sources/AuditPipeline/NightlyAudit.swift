public import AuditModel
public import Evidence
public import Policies
public import SnapshotStore

/// The story of one night in one environment. Read this first.
///
/// A run is begun (or an open one found), each client's answers are stored as they come, in batches, so that a process that
/// is killed loses at most the last batch; what was judged before is not judged again; then the run is sealed and told.
public struct NightlyAudit: Sendable {
    /// Where evidence is kept.
    public var store: SnapshotStore
    /// The environment.
    public var environment: EnvironmentName
    /// Where it is.
    public var address: EnvironmentAddress
    /// The clients in service, each number once.
    public var roster: [Client]
    /// Clients that are out of service on purpose.
    public var retired: Set<Client.ID>
    /// What to judge by; nil for a fetch-only run.
    public var policies: PolicySet?
    /// What is laid over the failures; nil where there is no waiver file. A run that is gone on with keeps its own.
    public var waivers: WaiverSet?
    /// What is hidden before it is stored.
    public var redaction: Redaction
    /// The zone that days are told in.
    public var zone: DayZone
    /// When a failure counts.
    public var exitPolicy: ExitPolicy
    /// How long an open run may be resumed.
    public var resumeWithin: Duration
    /// The version that the run records.
    public var toolVersion: String
    /// How the log of sealed runs is called; nil for the name that it has or the store's own.
    public var logOrigin: String?
    /// What checkpoints of the log are signed with; nil where they are not signed.
    public var signer: SignerKey?
    /// Where checkpoints are handed to; nil for nowhere.
    public var checkpointPlaces: (any CheckpointPlaces)?
    /// Whether the environment may have moved to another base URL since the run before.
    public var acceptsNewBaseURL = false
    /// How many clients are stored in one transaction, and lost at most where the process is killed.
    public var batchSize = 64
    /// The groups to ask for, for each client.
    public var groups: @Sendable (Client) -> [SettingsGroup]

    /// Joins the parts.
    public init(
        store: SnapshotStore, environment: EnvironmentName, address: EnvironmentAddress, roster: [Client],
        retired: Set<Client.ID> = [], policies: PolicySet?, waivers: WaiverSet? = nil,
        redaction: Redaction = Redaction(), zone: DayZone = .utc,
        exitPolicy: ExitPolicy = ExitPolicy(), resumeWithin: Duration = .seconds(6 * 3600), toolVersion: String,
        groups: @escaping @Sendable (Client) -> [SettingsGroup] = { _ in SettingsGroup.allCases }
    ) {
        self.store = store
        self.environment = environment
        self.address = address
        self.roster = roster.sorted { $0.id < $1.id }
        self.retired = retired
        self.policies = policies
        self.waivers = waivers
        self.redaction = redaction
        self.zone = zone
        self.exitPolicy = exitPolicy
        self.resumeWithin = resumeWithin
        self.toolVersion = toolVersion
        self.groups = groups
    }

    /// What a night came to.
    public struct Outcome: Sendable {
        /// The report.
        public var report: AuditReport
        /// Sentences about how the run came about: gone on with, or an open one sealed before.
        public var remarks: [String]
    }

    /// Runs the night.
    ///
    /// - Parameters:
    ///   - source: gives the settings.
    ///   - clock: tells the present.
    ///   - isFresh: whether an open run is sealed as partial rather than gone on with.
    /// - Throws: `CancellationError` where the task is cancelled: what came until then is stored, and the run stays open.
    ///   ``PipelineError``, or a `StoreError`, where the night cannot be carried out at all.
    public func run(
        from source: any SettingsSource, clock: @Sendable () -> Timestamp, isFresh: Bool = false
    ) async throws -> Outcome {
        var remarks: [String] = []
        // Before anything is fetched: a log cannot be given another name afterwards.
        _ = try keeper.origin()
        try store.register(
            environment: environment, address: address, acceptsNewBaseURL: acceptsNewBaseURL)
        let (run, roster, policies) = try begin(now: clock(), isFresh: isFresh, remarks: &remarks)

        let earlier = try nightsByClient(of: run)
        let requests = self.requests(roster, earlier: earlier)
        let ingestion = try Ingestion(
            store: store, run: run, source: source, redaction: redaction, policies: policies, earlier: earlier,
            batchSize: batchSize)
        let summary: SourceSummary
        do {
            summary = try await source.collect(requests) { try await ingestion.take($0) }
            try Task.checkCancellation()
        } catch {
            // What is at hand is evidence; it is kept whatever ended the collection.
            try await ingestion.flush()
            throw error
        }
        try await ingestion.flush()
        // A process that was killed between here and the seal has kept the same sentences already.
        let kept = Set(try store.notes(of: run.id))
        try store.addNotes(summary.warnings.filter { !kept.contains($0) }, to: run.id)

        try seal(run, roster: roster, policies: policies, at: clock())
        let chronicle = Chronicle(store: store, zone: zone, retired: retired)
        let handover = try await handOverCheckpoint()
        var report = try chronicle.report(
            of: store.run(run.id), judgedBy: .recorded, exitPolicy: exitPolicy,
            everyLoginWasRefused: summary.everyLoginWasRefused)
        report.log?.places = handover.places
        report.log?.missedPlaces = handover.missedPlaces
        report.conditions = (report.conditions + handover.conditions).sorted { $0.status < $1.status }
        return Outcome(report: report, remarks: remarks)
    }

    /// What makes checkpoints of the log.
    var keeper: LogKeeper { LogKeeper(store, origin: logOrigin, signer: signer) }

    /// The open run with its own roster and policies, or a new one.
    private func begin(
        now: Timestamp, isFresh: Bool, remarks: inout [String]
    ) throws -> (AuditRun, [Client], PolicySet?) {
        // Before anything is changed: a clock that went back would also make an old open run look fresh.
        let newest = try store.runs(in: environment).last
        if let newest, newest.startedAt > now { throw PipelineError.clockBehind(now: now, newest: newest) }
        if let open = try store.openRun(in: environment) {
            let recorded = try Chronicle(store: store, zone: zone).policySet(of: open)
            let hasSameKind = (open.kind == .full) == (policies != nil)
            let hasSamePlace = open.baseURL == address.baseURL
            if !isFresh, hasSameKind, hasSamePlace, now < open.startedAt.advanced(by: resumeWithin) {
                remarks.append("Going on with run \(open.id.short), which started at \(open.startedAt.rfc3339).")
                return (open, try store.roster(of: open.id), recorded)
            }
            try seal(open, roster: try store.roster(of: open.id), policies: recorded, at: max(now, open.startedAt))
            remarks.append("Sealed run \(open.id.short) of \(open.startedAt.rfc3339) as it was, and started a new one.")
        }
        if let newest, newest.startedAt == now { throw PipelineError.clockBehind(now: now, newest: newest) }
        let policySet = try policies.map { policies in
            try store.save(policies.canonicalSource.map { PolicyText(name: $0.name, text: $0.text, layer: $0.layer) })
        }
        let waiverSet =
            try policies == nil
            ? nil
            : waivers.map { try store.save($0.canonicalSource.map { PolicyText(name: $0.name, text: $0.text) }) }
        let run = AuditRun(
            id: AuditRun.ID(environment: environment, startedAt: now), environment: environment,
            baseURL: address.baseURL, isSynthetic: address.isSynthetic, kind: policies == nil ? .fetchOnly : .full,
            state: .open, startedAt: now, sealedAt: nil, policySet: policySet, waiverSet: waiverSet,
            toolVersion: toolVersion, clientCount: roster.count)
        try store.beginRun(run, roster: roster)
        return (run, roster, policies)
    }

    private func nightsByClient(of run: AuditRun) throws -> [Int: ClientNight] {
        Dictionary(try store.nights(of: run.id).map { ($0.number, $0) }, uniquingKeysWith: { $1 })
    }

    /// What is missing or has failed, client by client.
    private func requests(_ roster: [Client], earlier: [Int: ClientNight]) -> [SourceRequest] {
        roster.compactMap { client in
            var wanted = groups(client)
            // Without a night to go on with, all clients share the one list.
            if let night = earlier[client.id.number] {
                wanted.removeAll { if case .document = night.captures[$0] { true } else { false } }
            }
            return wanted.isEmpty ? nil : SourceRequest(client: client, groups: wanted)
        }
    }

    /// Ends the run: clients that were never asked for get their failures and verdicts, too.
    private func seal(_ run: AuditRun, roster: [Client], policies: PolicySet?, at moment: Timestamp) throws {
        var numbers: Set<Int> = []
        var hasFailure = false
        func note(_ night: ClientNight) {
            numbers.insert(night.number)
            hasFailure =
                hasFailure
                || SettingsGroup.allCases.contains { if case .failure = night.captures[$0] { true } else { false } }
        }
        try store.forEachNight(of: run.id, note)
        let judge = policies.map { Judge(store: store, policies: $0, now: run.startedAt) }
        let captures = PerGroup<StoredCapture>(repeating: .failure(CaptureFailure(.notAttempted)))
        let missing = roster.filter { !numbers.contains($0.id.number) }
        let results = try judge?.resultsIDs(of: missing.map { ($0, captures) })
        let absent = missing.enumerated().map { index, client in
            ClientNight(
                number: client.id.number, captures: captures, times: PerGroup(repeating: nil), results: results?[index])
        }
        if !absent.isEmpty { try store.append(absent, to: run.id) }
        absent.forEach(note)
        try store.seal(
            run.id, at: moment, state: hasFailure ? .partial : .complete,
            evaluator: policies == nil ? nil : PolicySet.evaluatorVersion)
    }
}
