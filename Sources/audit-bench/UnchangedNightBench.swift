import AuditModel
import AuditPipeline
import Foundation
import Policies
import SnapshotStore
import Synchronization

/// A night in which nothing changed, without the network: bodies known by their digests, rows stored, results remembered.
enum UnchangedNightBench {
    private static let clients = 10_000
    private static let firstNight: Int64 = 1_761_955_200_000

    static func run() throws {
        guard let policies = try policySet() else {
            print("  skipped: the folder policies is not here, or has mistakes; run from the repository's root")
            return
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "audit-bench-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/audit.sqlite"
        let source = FleetSource(SampleFleet.snapshots(clients))
        var nights: [Night] = []
        for number in 0..<4 {
            let night = try night(number, source, policies, path: path)
            nights.append(night)
            print(
                String(
                    format:
                        "  night %d of %d clients, without the network: %.1f µs CPU a client (%.1f of it until the seal)",
                    number + 1, clients, night.cpuSeconds / Double(clients) * 1e6,
                    night.ingestionSeconds / Double(clients) * 1e6))
        }
        let unchanged = nights[2...].min { $0.ingestionSeconds < $1.ingestionSeconds } ?? nights[2]
        let perClient = unchanged.ingestionSeconds / Double(clients) * 1e6
        let reference = referenceSeconds(source) / Double(clients) * 1e6
        print(
            String(
                format:
                    "  an unchanged client-night: %.1f µs CPU (bar 10: %@), %d bytes (bar 100); parsing its "
                    + "bodies with Foundation: %.1f µs; ratio %.1f",
                perClient, perClient <= 10 ? "met" : "missed", (nights[3].size - nights[1].size) / 2 / clients,
                reference, reference / perClient))
    }

    private struct Night {
        var cpuSeconds: Double
        /// Until all answers are stored and judged; the seal and the report come after it.
        var ingestionSeconds: Double
        var size: Int
    }

    private static func night(
        _ number: Int, _ source: FleetSource, _ policies: PolicySet, path: String
    ) throws -> Night {
        let start = cpuSeconds()
        let store = try SnapshotStore.open(at: path, access: .readWrite)
        let now = Timestamp(milliseconds: firstNight + Int64(number) * 86_400_000)
        let audit = NightlyAudit(
            store: store, environment: EnvironmentName("bench"),
            address: EnvironmentAddress(baseURL: "https://api.example.com", isSynthetic: true),
            roster: source.clients, policies: policies, toolVersion: "bench")
        try wait { _ = try await audit.run(from: source, clock: { now }) }
        try store.close()
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return Night(
            cpuSeconds: cpuSeconds() - start, ingestionSeconds: source.seconds,
            size: (attributes[.size] as? NSNumber)?.intValue ?? 0)
    }

    /// What a collector without digests does with every body every night, to begin with.
    private static func referenceSeconds(_ source: FleetSource) -> Double {
        let all = source.bodies
        let start = cpuSeconds()
        var bodies = 0
        for body in all where (try? JSONSerialization.jsonObject(with: Data(body))) != nil {
            bodies += 1
        }
        return bodies > 0 ? cpuSeconds() - start : 0
    }

    private static func policySet() throws -> PolicySet? {
        let folder = FileManager.default.currentDirectoryPath + "/policies"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let files = try names.sorted().filter { $0.hasSuffix(".yaml") && !$0.hasSuffix(".tests.yaml") }.map {
            PolicyFile(name: $0, text: try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8))
        }
        return files.isEmpty ? nil : PolicyLoader.load(files).policySet
    }

    /// Runs asynchronous work to its end.
    private static func wait(_ work: @escaping @Sendable () async throws -> Void) throws {
        let done = DispatchSemaphore(value: 0)
        let failure = Mutex<(any Error)?>(nil)
        Task {
            do { try await work() } catch { failure.withLock { $0 = error } }
            done.signal()
        }
        done.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// The process's time on all processors.
    fileprivate static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// A fleet whose answers are at hand: what the network would have taken in and put together.
private final class FleetSource: SettingsSource {
    let clients: [Client]
    private let answers: [Int: SourceAnswer]
    private let lastSeconds = Mutex(0.0)

    init(_ snapshots: [Snapshot]) {
        let start = Timestamp(milliseconds: 1_761_955_200_000)
        let times = CaptureTimes(requestedAt: start, answeredAt: start.advanced(by: .milliseconds(50)))
        clients = snapshots.map(\.client)
        answers = Dictionary(
            uniqueKeysWithValues: snapshots.map { snapshot in
                var groups: [SettingsGroup: SourceAnswer.Group] = [:]
                for (group, content) in snapshot.groups.pairs {
                    let body = content.value.map(CanonicalJSON.bytes(of:)) ?? []
                    groups[group] = SourceAnswer.Group(outcome: .body(body), request: "GET …", times: times)
                }
                return (snapshot.client.id.number, SourceAnswer(client: snapshot.client, groups: groups))
            })
    }

    /// All bodies.
    var bodies: [[UInt8]] {
        answers.values.flatMap { answer in
            answer.groups.values.compactMap { if case .body(let bytes) = $0.outcome { bytes } else { nil } }
        }
    }

    /// The CPU time that the last night took from its first answer to its last.
    var seconds: Double { lastSeconds.withLock { $0 } }

    func collect(
        _ requests: [SourceRequest], deliver: @escaping @Sendable (SourceAnswer) async throws -> Void
    ) async throws -> SourceSummary {
        let start = UnchangedNightBench.cpuSeconds()
        for request in requests {
            guard let answer = answers[request.client.id.number] else { continue }
            try await deliver(answer)
        }
        lastSeconds.withLock { $0 = UnchangedNightBench.cpuSeconds() - start }
        return SourceSummary()
    }

    func interpret(
        _ body: [UInt8], of group: SettingsGroup, for client: Client, request: String
    ) -> Result<SettingValue, CaptureFailure> {
        (try? JSONReader.value(of: body)).map { .success($0) } ?? .failure(CaptureFailure(.notJSON))
    }
}
