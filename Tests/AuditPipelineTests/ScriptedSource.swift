import AuditModel
import AuditPipeline
import Policies
import SnapshotStore
import Testing

/// Answers as they would come from the network, by hand: bodies as JSON texts, or failures.
struct ScriptedSource: SettingsSource {
    var bodies: [Int: PerGroup<Result<String, CaptureFailure>>]
    /// Clients after which the collection breaks off, as when the process is stopped.
    var stopsAfter = Int.max
    /// What is to be told of the collection.
    var warnings: [String] = []
    /// When every group is asked for and answered.
    var askedAt = Timestamp(milliseconds: 1_000)

    struct Stopped: Error {}

    func collect(
        _ requests: [SourceRequest], deliver: @escaping @Sendable (SourceAnswer) async throws -> Void
    ) async throws -> SourceSummary {
        for (index, request) in requests.enumerated() {
            guard index < stopsAfter else { throw Stopped() }
            var groups: [SettingsGroup: SourceAnswer.Group] = [:]
            for group in request.groups {
                let outcome: SourceAnswer.Outcome =
                    switch bodies[request.client.id.number]?[group] {
                    case .success(let text): .body(Array(text.utf8))
                    case .failure(let failure): .failure(failure)
                    case nil: .failure(CaptureFailure(.notFound, status: 404))
                    }
                groups[group] = SourceAnswer.Group(
                    outcome: outcome, request: "GET …",
                    times: CaptureTimes(requestedAt: askedAt, answeredAt: askedAt))
            }
            try await deliver(SourceAnswer(client: request.client, groups: groups))
        }
        return SourceSummary(warnings: warnings)
    }

    func interpret(
        _ body: [UInt8], of group: SettingsGroup, for client: Client, request: String
    ) -> Result<SettingValue, CaptureFailure> {
        guard let value = try? JSONReader.value(of: body) else { return .failure(CaptureFailure(.notJSON)) }
        if group == .settings, value["clientCode"] != .string(client.code) {
            return .failure(CaptureFailure(.wrongClient))
        }
        return .success(value)
    }
}

/// A store, some clients and their answers, night by night.
struct PipelineFixture {
    static let environment = EnvironmentName("na3")
    var store: SnapshotStore
    var clients: [Client]
    var source: ScriptedSource
    var policies: PolicySet?

    init(clients numbers: [Int] = [1, 2, 3]) throws {
        store = try SnapshotStore.open(at: SnapshotStore.inMemory, access: .readWrite)
        clients = numbers.map {
            Client(id: Client.ID(environment: Self.environment, number: $0), code: "C\($0)", labels: ["env": "prod"])
        }
        source = ScriptedSource(
            bodies: Dictionary(uniqueKeysWithValues: numbers.map { ($0, Self.answers(code: "C\($0)")) }))
        policies = try Self.policySet()
    }

    /// - Parameter deadline: where there is one, R-LOCK reads the time, and fails from that moment on, too.
    static func policySet(limit: Int = 5, deadline: String? = nil) throws -> PolicySet {
        let lock =
            deadline.map {
                #"{cel: "internal.maxFailedCcsLoginAttempts <= params.limit && now < timestamp('\#($0)')"}"#
            } ?? "{internal.maxFailedCcsLoginAttempts: {atMost: $limit, zero: violates}}"
        let text = """
            policy: {id: p, title: Pipeline tests, version: "1"}
            params: {limit: \(limit)}
            scopes: {production: {env: prod}}
            rules:
              - id: R-ENC
                title: Encrypted
                severity: critical
                scope: production
                check: {internal.encryptCcsPassword: true}
              - id: R-LOCK
                title: Locked out
                severity: high
                scope: production
                check: \(lock)

            """
        let loaded = PolicyLoader.load([PolicyFile(name: "p.yaml", text: text)])
        return try #require(loaded.policySet)
    }

    static func answers(
        code: String, encrypted: Bool = true, lockout: Int = 5
    ) -> PerGroup<Result<String, CaptureFailure>> {
        PerGroup { group in
            switch group {
            case .internal:
                .success(#"{"encryptCcsPassword":\#(encrypted),"maxFailedCcsLoginAttempts":\#(lockout)}"#)
            case .settings: .success(#"{"clientCode":"\#(code)","displayName":"x"}"#)
            case .messaging: .success(#"{"property":[],"defaultInputFilterId":1}"#)
            case .voicePool: .success(#"{"voice":[{"id":1},{"id":5}]}"#)
            case .countries: .success(#"[{"id":1,"name":"USA","countryCode":"1"}]"#)
            }
        }
    }

    /// Runs the night of a day of November 2025.
    func night(
        _ day: Int, isFresh: Bool = false, retired: Set<Client.ID> = [], waivers: WaiverSet? = nil
    ) async throws -> NightlyAudit.Outcome {
        let now = Timestamp(milliseconds: 1_761_955_200_000 + Int64(day) * 86_400_000)
        return try await NightlyAudit(
            store: store, environment: Self.environment,
            address: EnvironmentAddress(baseURL: "https://api.example.com", isSynthetic: false), roster: clients,
            retired: retired, policies: policies, waivers: waivers, toolVersion: "test"
        ).run(from: source, clock: { now }, isFresh: isFresh)
    }
}
