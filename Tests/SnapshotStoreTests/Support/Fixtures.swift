import AuditModel
import SnapshotStore

/// The environment of most tests.
let na3 = EnvironmentName("na3")

/// The moment at which the first night starts: 2026-11-01T02:00:00Z.
let firstNight = Timestamp(milliseconds: 1_793_498_400_000)

/// The start of a night, counted from 0.
func start(ofNight night: Int) -> Timestamp {
    Timestamp(milliseconds: firstNight.milliseconds + Int64(night) * 86_400_000)
}

/// A client with its number and code.
func client(_ number: Int, code: String? = nil, name: String = "", labels: [String: String] = [:]) -> Client {
    Client(
        id: Client.ID(environment: na3, number: number), code: code ?? "C\(number)", name: name, account: "fleet",
        labels: labels)
}

/// An open run.
func newRun(
    night: Int, clients: Int, in environment: EnvironmentName = na3, kind: AuditRun.Kind = .full,
    isSynthetic: Bool = false, baseURL: String = "https://api.na3.livevox.com", policySet: Digest? = nil
) -> AuditRun {
    AuditRun(
        id: AuditRun.ID(environment: environment, startedAt: start(ofNight: night)), environment: environment,
        baseURL: baseURL, isSynthetic: isSynthetic, kind: kind, state: .open, startedAt: start(ofNight: night),
        sealedAt: nil, policySet: policySet, waiverSet: nil, toolVersion: "1.0", clientCount: clients)
}

/// Times of one group, so many milliseconds after a night's start.
func times(night: Int, after milliseconds: Int64, taking duration: Int64 = 80) -> CaptureTimes {
    let asked = Timestamp(milliseconds: start(ofNight: night).milliseconds + milliseconds)
    return CaptureTimes(
        requestedAt: asked, answeredAt: Timestamp(milliseconds: asked.milliseconds + duration))
}

extension SnapshotStore {
    /// A store with the environment `na3`.
    static func withEnvironment(at path: String = SnapshotStore.inMemory) throws -> SnapshotStore {
        let store = try SnapshotStore.open(at: path, access: .readWrite)
        try store.register(
            environment: na3,
            address: EnvironmentAddress(baseURL: "https://api.na3.livevox.com", isSynthetic: false))
        return store
    }

    /// Stores one body without remembering its raw form.
    func intern(_ value: SettingValue, of group: SettingsGroup) throws -> DocumentID {
        try intern([NewDocument(group: group, value: value, keyedRawDigest: nil)])[0]
    }

    /// One document a group, told apart by a mark.
    func documents(marked mark: Int) throws -> PerGroup<StoredCapture> {
        try PerGroup { group in .document(try intern(["mark": .integer(Int64(mark))], of: group)) }
    }

    /// A whole night: begun, appended and sealed.
    @discardableResult
    func addNight(
        _ night: Int, of clients: [Client], state: AuditRun.State = .complete, kind: AuditRun.Kind = .full,
        captures: (Client) throws -> PerGroup<StoredCapture>
    ) throws -> AuditRun {
        let run = newRun(night: night, clients: clients.count, kind: kind)
        try beginRun(run, roster: clients)
        let nights = try clients.map { client in
            ClientNight(
                number: client.id.number, captures: try captures(client),
                times: PerGroup(repeating: times(night: night, after: 1000)), results: nil)
        }
        try append(nights, to: run.id)
        try seal(run.id, at: Timestamp(milliseconds: run.startedAt.milliseconds + 60_000), state: state)
        return try self.run(run.id)
    }
}

/// The error that a closure throws, or nil.
func storeError(_ body: () throws -> Void) -> StoreError? {
    do {
        try body()
        return nil
    } catch {
        return error as? StoreError
    }
}
