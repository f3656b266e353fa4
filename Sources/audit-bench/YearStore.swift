import AuditModel
import Foundation
import Policies
import SnapshotStore

/// A store with a year of nights of a fleet, made in this process through the store's own API: every night a few clients
/// change a setting, one group of one client cannot be read, and now and then a label or the roster changes.
struct YearStore {
    /// How many nights it has.
    static let nights = 365
    /// How many clients it begins with.
    static let clients = 1000
    /// How many clients change a setting a night.
    private static let changesANight = 20
    /// The first night: 2025-11-15, 02:00 UTC.
    private static let start: Int64 = 1_763_172_000_000
    /// The first day, as commands take it.
    static let firstDay = "2025-11-15"
    /// The last day.
    static let lastDay = "2026-11-14"

    /// The folder that has it.
    let folder: String
    /// The database.
    var path: String { folder + "/year.sqlite" }

    /// Runs the body with such a store, which is thrown away afterwards.
    static func with(_ body: (YearStore) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "audit-year-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let year = YearStore(folder: folder)
        let begin = ContinuousClock.now
        var filling = try Filling(at: year.path)
        for night in 0..<nights { try filling.addNight(night) }
        try filling.store.close()
        let size = try FileManager.default.attributesOfItem(atPath: year.path)[.size] as? NSNumber
        print(
            String(
                format: "  a year of %d nights × %d clients: filled in %.1f s, %.1f MiB", nights, clients,
                Measure.seconds(ContinuousClock.now - begin), Double(size?.intValue ?? 0) / 1_048_576))
        print(
            String(
                format: "  sealing, with the entry of the log: %.2f µs CPU a client-night",
                filling.sealingSeconds / Double(filling.clientNights) * 1e6))
        try body(year)
    }

    /// The year as it grows.
    private struct Filling {
        let store: SnapshotStore
        private let environment = EnvironmentName("bench")
        private let address = EnvironmentAddress(baseURL: "http://127.0.0.1:8080", isSynthetic: true)
        private let policies: PolicySet?
        private let policyDigest: Digest?
        private var snapshots: [Snapshot]
        private var documents: [PerGroup<DocumentID>] = []
        private var results: [ResultsID?]
        private var random: UInt64 = 7
        /// What sealing took of this thread's CPU time: what is absent, the trees and the entry of the log.
        private(set) var sealingSeconds = 0.0
        private(set) var clientNights = 0

        init(at path: String) throws {
            let store = try SnapshotStore.open(at: path, access: .readWrite)
            self.store = store
            try store.register(environment: environment, address: address)
            let files = ["calling-compliance", "change-control", "recording-retention", "security-baseline"]
                .compactMap { name -> PolicyFile? in
                    let file = "policies/\(name).yaml"
                    return FileManager.default.contents(atPath: file).map { PolicyFile(name: file, bytes: [UInt8]($0)) }
                }
            policies = files.isEmpty ? nil : PolicyLoader.load(files).policySet
            policyDigest = try policies.map { set in
                try store.save(set.canonicalSource.map { PolicyText(name: $0.name, text: $0.text) })
            }
            snapshots = SampleFleet.snapshots(YearStore.clients)
            results = Array(repeating: nil, count: snapshots.count)
            for index in snapshots.indices { documents.append(try intern(snapshots[index])) }
            results = try judged(Array(snapshots.indices))
        }

        mutating func addNight(_ night: Int) throws {
            if night > 0 { try change(night) }
            let start = Timestamp(milliseconds: YearStore.start + Int64(night) * 86_400_000)
            let run = AuditRun(
                id: AuditRun.ID(environment: environment, startedAt: start), environment: environment,
                baseURL: address.baseURL, isSynthetic: true, kind: policies == nil ? .fetchOnly : .full, state: .open,
                startedAt: start, sealedAt: nil, policySet: policyDigest, waiverSet: nil, toolVersion: "bench",
                clientCount: snapshots.count)
            try store.beginRun(run, roster: snapshots.map(\.client))
            let blind = next(snapshots.count)
            let blindGroup = SettingsGroup.allCases[next(SettingsGroup.allCases.count)]
            let times = PerGroup<CaptureTimes?>(
                repeating: CaptureTimes(requestedAt: start, answeredAt: start.advanced(by: .milliseconds(40))))
            let failure = CaptureFailure(.timedOut, request: "GET /configuration/…")
            var nights: [ClientNight] = []
            nights.reserveCapacity(snapshots.count)
            for index in snapshots.indices {
                var captures = documents[index].map { StoredCapture.document($1) }
                var own = results[index]
                if index == blind {
                    captures[blindGroup] = .failure(failure)
                    var snapshot = snapshots[index]
                    snapshot.groups[blindGroup] = .failure(failure)
                    own = try judged(snapshot, mark: "\(documents[index].pairs) without \(blindGroup)")
                }
                nights.append(
                    ClientNight(
                        number: snapshots[index].client.id.number, captures: captures, times: times, results: own))
            }
            try store.append(nights, to: run.id)
            let begin = Measure.threadSeconds()
            try store.seal(
                run.id, at: start.advanced(by: .seconds(60)), state: .partial,
                evaluator: policies == nil ? nil : PolicySet.evaluatorVersion)
            sealingSeconds += Measure.threadSeconds() - begin
            clientNights += nights.count
        }

        /// What is another on this night.
        private mutating func change(_ night: Int) throws {
            var changed: Set<Int> = []
            for _ in 0..<YearStore.changesANight {
                let index = next(snapshots.count)
                let kind = next(4)
                let group: SettingsGroup = kind == 2 ? .settings : kind == 3 ? .messaging : .internal
                guard case .object(var body)? = snapshots[index].groups[group].value else { continue }
                switch kind {
                case 0: body["maxFailedCcsLoginAttempts"] = .integer(Int64(next(9)))
                case 1: body["passwordExpirationDays"] = .integer(Int64(next(120)))
                case 2: body["acctRealtimeDnc"] = .bool(next(3) > 0)
                default:
                    body["property"] = [["key": "requeue_limit", "value": .string(String(next(20)))]]
                }
                let value = SettingValue.object(body)
                snapshots[index].groups[group] = .document(value, Digest(of: value))
                changed.insert(index)
            }
            if night % 30 == 0 {
                let index = next(snapshots.count)
                let isProduction = snapshots[index].client.labels["env"] == "prod"
                snapshots[index].client.labels["env"] = isProduction ? "uat" : "prod"
                changed.insert(index)
            }
            let indices = changed.sorted()
            for index in indices { documents[index] = try intern(snapshots[index]) }
            for (index, id) in zip(indices, try judged(indices)) { results[index] = id }
            if night % 90 == 0 {
                let index = next(snapshots.count)
                snapshots.remove(at: index)
                documents.remove(at: index)
                results.remove(at: index)
            }
        }

        private func intern(_ snapshot: Snapshot) throws -> PerGroup<DocumentID> {
            let bodies = snapshot.groups.pairs.compactMap { group, content in
                content.value.map { NewDocument(group: group, value: $0, keyedRawDigest: nil) }
            }
            let ids = try store.intern(bodies)
            var next = ids.makeIterator()
            // A sample fleet has all five groups, so there are five ids; none is made up where there is not.
            return PerGroup { _ in next.next() ?? DocumentID(0) }
        }

        private func judged(_ indices: [Int]) throws -> [ResultsID?] {
            try indices.map { try judged(snapshots[$0], mark: "\(snapshots[$0].client.labels) \(documents[$0].pairs)") }
        }

        private func judged(_ snapshot: Snapshot, mark: String) throws -> ResultsID? {
            guard let policies else { return nil }
            return try store.store([(key: Digest(of: mark), results: policies.results(for: snapshot))]).first
        }

        /// A pseudo-random number below a bound (SplitMix64): the same year every time.
        private mutating func next(_ bound: Int) -> Int {
            random &+= 0x9E37_79B9_7F4A_7C15
            var mixed = random
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
        }
    }
}
