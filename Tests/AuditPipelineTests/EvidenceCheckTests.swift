import AuditModel
import AuditPipeline
import AuditTestSupport
import Evidence
import Policies
import SnapshotStore
import Testing

struct EvidenceCheckTests {
    private static let policy = PolicyFile(
        name: "p.yaml",
        text: """
            policy: {id: p, title: P, version: "1"}
            rules:
              - {id: R-1, title: T, severity: high, check: {internal.maxFailedCcsLoginAttempts: {atMost: 5}}}

            """)

    /// Two clients on one night, judged by the policy; the second one's results are what the closure makes of the true ones.
    private func store(evaluator: String? = PolicySet.evaluatorVersion, _ forge: ([RuleResult]) -> [RuleResult]) throws
        -> SnapshotStore
    {
        let store = try SnapshotStore.open(at: SnapshotStore.inMemory, access: .readWrite)
        let environment = EnvironmentName("na3")
        let address = EnvironmentAddress(baseURL: "https://api.livevox.com", isSynthetic: false)
        try store.register(environment: environment, address: address)
        let policies = try #require(PolicyLoader.load([Self.policy]).policySet)
        let set = try store.save(policies.canonicalSource.map { PolicyText(name: $0.name, text: $0.text) })
        let start = Timestamp(milliseconds: 1_793_498_400_000)
        let run = AuditRun(
            id: AuditRun.ID(environment: environment, startedAt: start), environment: environment,
            baseURL: address.baseURL, isSynthetic: false, kind: .full, state: .open, startedAt: start, sealedAt: nil,
            policySet: set, waiverSet: nil, toolVersion: "1", clientCount: 2)
        let clients = [1, 2].map { Client(id: Client.ID(environment: environment, number: $0), code: "C\($0)") }
        try store.beginRun(run, roster: clients)
        let bodies = SettingsGroup.allCases.map { group in
            NewDocument(
                group: group, value: group == .internal ? ["maxFailedCcsLoginAttempts": 9] : ["a": 1],
                keyedRawDigest: nil)
        }
        let ids = try store.intern(bodies)
        for (client, key) in zip(clients, ["one", "two"]) {
            let captures = PerGroup<StoredCapture> { group in
                .document(ids[SettingsGroup.allCases.firstIndex(of: group) ?? 0])
            }
            let night = ClientNight(
                number: client.id.number, captures: captures, times: PerGroup(repeating: nil), results: nil)
            let truth = policies.results(
                for: Snapshot(client: client, groups: try store.content(of: night)), now: start)
            var judged = night
            judged.results = try store.store([
                (key: Digest(of: key), results: client.id.number == 1 ? truth : forge(truth))
            ])[0]
            try store.append([judged], to: run.id)
        }
        try store.seal(run.id, at: start.advanced(by: .seconds(1)), state: .complete, evaluator: evaluator)
        return store
    }

    @Test func `recorded verdicts are those of the recorded policies over the recorded documents`() throws {
        let store = try store { $0 }
        let outcome = try EvidenceCheck(store, keys: [], held: [], sample: 10).outcome()
        #expect(outcome.isSound)
        #expect(outcome.judgedAgain == 2)
        let none = try EvidenceCheck(store, keys: [], held: [], sample: 0).outcome()
        #expect(none.judgedAgain == 0)
    }

    @Test func `a verdict that was recorded otherwise than the policies say is found, though every digest holds`()
        throws
    {
        let store = try store { _ in [RuleResult(ruleID: "R-1", verdict: .pass)] }
        let outcome = try EvidenceCheck(store, keys: [], held: [], sample: 10).outcome()
        #expect(outcome.judgedAgain == 1)
        #expect(outcome.verification.findings.map(\.table) == ["results"])
        #expect(outcome.verification.findings.first?.clause.contains("other verdicts") == true)
    }

    @Test func `verdicts of another evaluator are not judged by this one, and that is said`() throws {
        let store = try store(evaluator: "0") { _ in [] }
        let outcome = try EvidenceCheck(store, keys: [], held: [], sample: 10).outcome()
        #expect(outcome.isSound && outcome.judgedAgain == 0)
        #expect(outcome.notChecked.contains { $0.contains("judged by an evaluator of another version") })
    }

    @Test func `a key signs what goes on from the last checkpoint, once, and nothing else`() throws {
        let store = try store { $0 }
        let key = try SignerKey(name: "audit.example/log", seed: Array(repeating: 1, count: 32))
        let bare = try LogKeeper(store, origin: "audit.example/log").checkpoint()
        #expect(bare.signedBy == nil && Array(bare.checkpoint.text.utf8) == bare.note)
        let keeper = LogKeeper(store, signer: key)
        let signed = try keeper.checkpoint()
        #expect(try keeper.checkpoint() == signed)
        #expect(try store.checkpoints().count == 2)
        #expect(try TrustedLog(key: key.verifier).checkpoint(in: signed.note).0 == signed.checkpoint)
        #expect(throws: StoreError.otherLogOrigin(stored: "audit.example/log", given: "other")) {
            try LogKeeper(store, origin: "other").origin()
        }
        let forged = try Checkpoint(origin: "audit.example/log", size: 2, root: Digest(of: "forged"))
        try store.save(StoredCheckpoint(size: 2, note: Array(forged.text.utf8)), origin: "audit.example/log")
        #expect(throws: PipelineError.self) { try keeper.checkpoint() }
    }
}
