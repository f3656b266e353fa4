import AuditModel
import Evidence
import GRDB

@testable import SnapshotStore

/// A small store with something in every table of evidence: three sealed nights with failures, repeated attempts, notes,
/// results and policies, each with a checkpoint.
enum EvidenceStore {
    static let origin = "audit.example/test"

    static func make(at path: String = SnapshotStore.inMemory) throws -> SnapshotStore {
        let store = try SnapshotStore.withEnvironment(at: path)
        for night in 0..<3 {
            try addNight(night, to: store)
            try checkpoint(store)
        }
        return store
    }

    /// Keeps the checkpoint of the log as it is now.
    @discardableResult
    static func checkpoint(_ store: SnapshotStore) throws -> Checkpoint {
        let checkpoint = try store.logTree().checkpoint(origin: origin)
        try store.save(
            StoredCheckpoint(size: Int(checkpoint.size), note: Array(checkpoint.text.utf8)), origin: origin)
        return checkpoint
    }

    /// - Parameter mark: what the documents and results are of; nil for the night, so that each has its own.
    static func addNight(_ night: Int, marked mark: Int? = nil, to store: SnapshotStore) throws {
        let mark = mark ?? night
        let set = try store.save([
            PolicyText(name: "a.yaml", text: "policy a"), PolicyText(name: "b.yaml", text: "policy b", layer: 1),
        ])
        let waivers = try store.save([PolicyText(name: "waivers.yaml", text: "waivers \(night)")])
        let clients = [client(1), client(2, name: "Zwei", labels: ["env": "prod"]), client(7)]
        var run = newRun(night: night, clients: clients.count, policySet: set)
        run.waiverSet = waivers
        try store.beginRun(run, roster: clients)
        let results = try (0..<2).map { number in
            try store.store([
                (
                    key: Digest(of: "key \(mark) \(number)"),
                    results: [RuleResult(ruleID: "LV-\(number)", verdict: .pass)]
                )
            ])[0]
        }
        var documents = try PerGroup<StoredCapture> { group in
            let new = NewDocument(
                group: group, value: ["night": .integer(Int64(mark)), "of": .string(group.rawValue)],
                keyedRawDigest: Digest(of: "raw \(mark) \(group)"))
            return .document(try store.intern([new])[0])
        }
        func append(_ number: Int, _ captures: PerGroup<StoredCapture>, after milliseconds: Int64) throws {
            try store.append(
                [
                    ClientNight(
                        number: number, captures: captures,
                        times: PerGroup(repeating: times(night: night, after: milliseconds)),
                        results: results[number % 2])
                ], to: run.id)
        }
        try append(1, documents, after: 1000)
        var failing = documents
        failing[.settings] = .failure(CaptureFailure(.serverError, status: 503, request: "GET /x", detail: "busy"))
        failing[.messaging] = .failure(CaptureFailure(.timedOut, request: "GET /y"))
        try append(2, failing, after: 2000)
        // The second attempt gets the one, and the other fails again: both have a failure that is kept beside.
        failing[.messaging] = documents[.messaging]
        failing[.settings] = .failure(CaptureFailure(.serverError, status: 500, request: "GET /x", detail: "broken"))
        try append(2, failing, after: 3000)
        documents[.countries] = .notCollected(.countriesOfAnotherClient)
        if night > 0 { try append(7, documents, after: 4000) }
        try store.addNotes(["one", "two"], to: run.id)
        try store.seal(
            run.id, at: Timestamp(milliseconds: run.startedAt.milliseconds + 60_000), state: .partial, evaluator: "3")
    }
}

extension SnapshotStore {
    /// Takes away what stops this program from changing evidence, as somebody with an SQL shell would.
    func dropGuards() throws {
        try database.writeWithoutTransaction { db in
            for trigger in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                try db.execute(sql: "DROP TRIGGER \(trigger)")
            }
            try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
        }
    }
}
