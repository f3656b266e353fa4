import AuditModel
import Drift
import Testing

struct SnapshotDifferenceTests {
    private let client = Client(id: Client.ID(environment: EnvironmentName("na3"), number: 4199), code: "ACME")
    private let failure = CaptureFailure(.forbidden, status: 403)

    private func snapshot(_ contents: [SettingsGroup: GroupContent]) -> Snapshot {
        Snapshot(
            client: client,
            groups: PerGroup { contents[$0] ?? .notCollected(.countriesOfAnotherClient) })
    }

    private func document(_ value: SettingValue) -> GroupContent { .document(value, Digest(of: value)) }

    @Test func `changes are told by group and path`() {
        let before = snapshot([.voicePool: document(["voice": [["id": 5]]]), .internal: document(["b": 1, "a": 1])])
        let after = snapshot([.voicePool: document(["voice": []]), .internal: document(["b": 2, "a": 2])])
        let difference = Changes.between(before, after)
        #expect(difference.changes.map(\.path.dotted) == ["internal.a", "internal.b", "voicePool.voice[id=5]"])
        #expect(difference.incomparable == [])
    }

    @Test func `equal digests are believed, and the documents are not looked into`() {
        // No honest store has one digest for two bodies; here it shows that the bodies were not read.
        let digest = Digest(of: "same")
        let difference = Changes.between(
            snapshot([.internal: .document(["a": 1], digest)]), snapshot([.internal: .document(["a": 2], digest)]))
        #expect(difference.isEmpty)
    }

    @Test func `a group that one side lacks cannot be compared`() {
        let document = document(["a": 1])
        let skipped = GroupContent.notCollected(.countriesOfAnotherClient)
        for (before, after) in [
            (document, .failure(failure)), (.failure(failure), document), (.failure(failure), .failure(failure)),
            (document, skipped), (skipped, document), (skipped, .failure(failure)),
        ] as [(GroupContent, GroupContent)] {
            let difference = Changes.between(snapshot([.internal: before]), snapshot([.internal: after]))
            #expect(difference.changes == [])
            #expect(
                difference.incomparable == [
                    IncomparableGroup(group: .internal, before: before.capture, after: after.capture)
                ])
        }
    }

    @Test func `what configuration leaves out on both sides is silent`() {
        #expect(Changes.between(snapshot([:]), snapshot([:])).isEmpty)
    }
}
