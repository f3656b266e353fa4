import AuditModel
import Policies
import SnapshotStore
import Synchronization

/// Takes what the network delivers, and stores it in batches.
///
/// Any number of requests deliver at once. Taking an answer is a moment; storing a batch is not, so it is done by one
/// writer, away from whatever executor the network's tasks run on.
final class Ingestion: Sendable {
    private let waiting = Mutex<[SourceAnswer]>([])
    private let batchSize: Int
    private let writer: BatchWriter

    init(
        store: SnapshotStore, run: AuditRun, source: any SettingsSource, redaction: Redaction, policies: PolicySet?,
        earlier: [Int: ClientNight], batchSize: Int
    ) throws {
        self.batchSize = batchSize
        writer = try BatchWriter(
            store: store, run: run, source: source, redaction: redaction, policies: policies, earlier: earlier)
    }

    /// Takes one client's answers; stores the batch when it is full.
    func take(_ answer: SourceAnswer) async throws {
        let batch = waiting.withLock { waiting -> [SourceAnswer] in
            waiting.append(answer)
            guard waiting.count >= batchSize else { return [] }
            defer { waiting = [] }
            return waiting
        }
        try await store(batch)
    }

    /// Stores what is waiting.
    func flush() async throws {
        try await store(
            waiting.withLock { waiting in
                defer { waiting = [] }
                return waiting
            })
    }

    private func store(_ batch: [SourceAnswer]) async throws {
        guard !batch.isEmpty else { return }
        try await withTaskExecutorPreference(globalConcurrentExecutor) { try await writer.store(batch) }
    }
}

/// Looks bodies up, interprets and redacts new ones, judges, stores.
///
/// An actor, since the store is written by one at a time.
private actor BatchWriter {
    private let store: SnapshotStore
    private let run: AuditRun
    private let source: any SettingsSource
    private let redaction: Redaction
    private let judge: Judge?
    private let key: StoreKey
    private let digester: RawBodyDigester
    private var recent = RecentBodies()
    /// What an earlier process of the same run stored, by client number.
    private let earlier: [Int: ClientNight]

    init(
        store: SnapshotStore, run: AuditRun, source: any SettingsSource, redaction: Redaction, policies: PolicySet?,
        earlier: [Int: ClientNight]
    ) throws {
        self.store = store
        self.run = run
        self.source = source
        self.redaction = redaction
        self.earlier = earlier
        judge = policies.map { Judge(store: store, policies: $0, now: run.startedAt) }
        key = try store.key()
        digester = key.rawBodyDigester(ingestRules: redaction.digest)
    }

    /// Stores the answers of some clients in one transaction.
    func store(_ answers: [SourceAnswer]) throws {
        try store.append(nights(of: answers), to: run.id)
    }

    private struct Body {
        var answer: Int
        var group: SettingsGroup
        var bytes: [UInt8]
        var request: String
        var digest: Digest
    }

    private func nights(of answers: [SourceAnswer]) throws -> [ClientNight] {
        var nights = answers.map { answer in
            earlier[answer.client.id.number]
                ?? ClientNight(
                    number: answer.client.id.number,
                    captures: PerGroup(repeating: .notCollected(.countriesOfAnotherClient)),
                    times: PerGroup(repeating: nil), results: nil)
        }
        var bodies: [Body] = []
        for (index, answer) in answers.enumerated() {
            for (group, result) in answer.groups {
                nights[index].times[group] = result.times
                switch result.outcome {
                case .failure(let failure): nights[index].captures[group] = .failure(failure)
                case .notCollected(let reason): nights[index].captures[group] = .notCollected(reason)
                case .body(let bytes):
                    // General settings echo the client's code, which is part of the digest: such a body counts as seen
                    // only for the client it belongs to. The others are the same whoever sends them.
                    let digest =
                        group == .settings
                        ? digester.digest(of: bytes, group: group, expectedCode: answer.client.code)
                        : recent.digest(of: bytes, group: group) {
                            digester.digest(of: $0, group: group, expectedCode: "")
                        }
                    bodies.append(
                        Body(answer: index, group: group, bytes: bytes, request: result.request, digest: digest))
                }
            }
        }
        let captures = try captures(of: bodies, answers)
        for (body, capture) in zip(bodies, captures) { nights[body.answer].captures[body.group] = capture }
        for index in nights.indices { Self.settleIdentity(&nights[index]) }
        if let judge {
            let results = try judge.resultsIDs(of: zip(answers, nights).map { ($0.client, $1.captures) })
            for index in nights.indices { nights[index].results = results[index] }
        }
        return nights
    }

    /// One group that is another client's makes all five doubtful: the others carry no identity of their own
    /// (decision 9).
    private static func settleIdentity(_ night: inout ClientNight) {
        var mismatch: CaptureFailure?
        for group in SettingsGroup.allCases {
            guard case .failure(let failure) = night.captures[group], failure.reason == .wrongClient else { continue }
            mismatch = failure
            break
        }
        guard let mismatch else { return }
        night.captures = night.captures.map { _, capture in
            if case .notCollected = capture { capture } else { .failure(mismatch) }
        }
    }

    /// The capture of each body: known bodies by their number, new ones interpreted, redacted and stored once.
    private func captures(of bodies: [Body], _ answers: [SourceAnswer]) throws -> [StoredCapture] {
        let known = try store.documentIDs(forRawBodies: bodies.map(\.digest))
        var captures = known.map { $0.map(StoredCapture.document) }
        var new: [(place: Int, document: NewDocument)] = []
        for (place, body) in bodies.enumerated() where captures[place] == nil {
            let client = answers[body.answer].client
            switch source.interpret(body.bytes, of: body.group, for: client, request: body.request) {
            case .failure(let failure): captures[place] = .failure(failure)
            case .success(let value):
                let redacted = redaction.redacted(value, of: body.group) { key.redactionToken(for: $0, path: $1) }
                new.append(
                    (place, NewDocument(group: body.group, value: redacted, keyedRawDigest: body.digest)))
            }
        }
        for (entry, id) in zip(new, try store.intern(new.map(\.document))) { captures[entry.place] = .document(id) }
        return captures.map { $0 ?? .failure(CaptureFailure(.notAttempted)) }
    }
}
