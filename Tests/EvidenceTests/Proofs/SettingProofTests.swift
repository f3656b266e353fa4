import AuditModel
import AuditTestSupport
import Evidence
import Testing

struct SettingProofTests {
    static let paths = [
        "internal.maxFailedCcsLoginAttempts", "internal.absent", "internal", "settings.nothing", "settings.deep",
        #"internal["odd key \"é\\\n"]"#, "messaging.property[key=requeue_limit].value", "messaging.property[1].value",
        "messaging.property[key=nowhere].value", "voicePool.voice[id=1#2].name", "voicePool.voice[0]",
        "countries[id=1].name",
    ]

    private func path(_ text: String) throws -> SettingPath { try SettingPath(dotted: text) }

    @Test(arguments: paths)
    func `a proof holds after it was written and read, and tells what it proves`(dotted: String) throws {
        let log = try SampleLog(seed: 11, nights: 6, clients: 5)
        let path = try path(dotted)
        for number in 0..<6 {
            let proof = try log.proof(of: path, client: 7, night: number)
            let again = try SettingProof(text: Array(proof.text.utf8))
            #expect(again == proof)
            let proven = try again.verify(trusting: .log(log.trusted))
            #expect(proven.path == path && proven.value == proof.value)
            #expect(proven.capture.client.number == 7 && proven.run == log.nights[number].leaf)
            #expect(proven.index == UInt64(number) && proven.signedBy == [log.key.verifier])
            #expect(try proven.checkpoint == log.checkpoint())
        }
    }

    @Test func `a proof of which any bit is flipped is refused`() throws {
        var generator = SeededGenerator(seed: 0xB17F)
        let log = try SampleLog(seed: 12, nights: 5, clients: 3)
        let proof = try log.proof(of: path("messaging.property[key=requeue_limit].value"), client: 7, night: 3)
        let bytes = Array(proof.text.utf8)
        for position in bytes.indices {
            let bit = Int.random(in: 0..<8, using: &generator)
            var damaged = bytes
            damaged[position] ^= 1 << UInt8(bit)
            #expect(throws: SettingProofFailure.self, "bit \(bit) of byte \(position)") {
                try SettingProof(text: damaged).verify(trusting: .log(log.trusted))
            }
        }
    }

    @Test func `each step that fails is told by its name`() throws {
        let log = try SampleLog(seed: 13, nights: 5, clients: 3)
        let other = try SampleLog(seed: 14, nights: 5, clients: 3)
        let good = try log.proof(of: path("internal.maxFailedCcsLoginAttempts"), client: 7, night: 3)
        let alien = try other.proof(of: path("internal.maxFailedCcsLoginAttempts"), client: 7, night: 3)
        func step(_ change: (inout SettingProof) throws -> Void) throws -> SettingProofStep? {
            var proof = good
            try change(&proof)
            do {
                _ = try proof.verify(trusting: .log(log.trusted))
                return nil
            } catch { return error.step }
        }
        #expect(try step { _ in } == nil)
        #expect(try step { $0.document += [0x20] } == .document)
        #expect(try step { $0.document = Array("{".utf8) } == .document)
        #expect(try step { $0.value = 99 } == .setting)
        #expect(try step { $0.value = nil } == .setting)
        #expect(try step { $0.path = try path("internal.other") } == .setting)
        #expect(try step { $0.path = SettingPath(.settings, $0.path.steps) } == .capture)
        #expect(
            try step {
                $0.document = alien.document; $0.value = alien.value
            } == .capture)
        #expect(
            try step {
                $0.document = alien.document; $0.value = alien.value; $0.capture = alien.capture
            }
                == .captureInclusion)
        #expect(try step { $0.inclusion.size += 1 } == .run)
        #expect(try step { $0.run += [0x0A] } == .run)
        #expect(try step { $0.inclusion.index += 1 } == .captureInclusion)
        #expect(try step { $0.inclusion.hashes.removeLast() } == .captureInclusion)
        #expect(try step { $0.log.checkpoint = alien.log.checkpoint } == .checkpoint)
        #expect(try step { $0.log.checkpoint = Array(try log.checkpoint().text.utf8) } == .checkpoint)
        #expect(try step { $0.log.index = 2 } == .runInclusion)
        #expect(
            try step {
                $0 = alien; $0.log = good.log
            } == .runInclusion)
        #expect(throws: SettingProofFailure.self) { try SettingProof(text: Array("{}".utf8)) }
    }

    @Test func `without signatures a proof counts for who holds the checkpoint, and for nobody else`() throws {
        let log = try SampleLog(seed: 15, nights: 4, clients: 2)
        let unsigned = try log.proof(of: path("settings.maxDailyAttempts"), client: 7, night: 1, signed: false)
        let proof = try SettingProof(text: Array(unsigned.text.utf8))
        #expect(throws: SettingProofFailure.self) { try proof.verify(trusting: .log(log.trusted)) }
        let held = try log.checkpoint()
        #expect(try proof.verify(trusting: .heldCheckpoint(held)).signedBy.isEmpty)
        #expect(try proof.verify(trusting: .nothing).checkpoint == held)
        var older = held
        older.size -= 1
        #expect(throws: SettingProofFailure(.checkpoint, .otherCheckpoint(held: older, found: held))) {
            try proof.verify(trusting: .heldCheckpoint(older))
        }
    }

    @Test func `a whole document as deep as one may be can be proven`() throws {
        var document: SettingValue = [:]
        for _ in 0..<(JSONReader.Limits().depth - 1) { document = ["a": document] }
        let client = Client.ID(environment: SampleLog.environment, number: 1)
        let capture = CaptureLeaf(
            client: client, group: .internal, capture: .document(Digest(of: document)), times: nil)
        let tree = try CaptureTree([capture])
        let other = try SampleLog(seed: 17, nights: 1, clients: 1).nights[0].leaf
        let run = try RunLeaf(
            run: other.run, evaluator: nil, roster: other.roster, notes: other.notes, captures: tree.head,
            counts: RunLeaf.Counts(documents: 1, failures: 0, notCollected: 0), results: other.results)
        let checkpoint = try MerkleTree(leafHashes: [run.hash]).checkpoint(origin: "log")
        let proof = try SettingProof(
            of: SettingPath(.internal), in: document, capture: capture, inclusion: tree.inclusionProof(ofLeaf: 0),
            run: run, log: LogProof(index: 0, hashes: [], checkpoint: Array(checkpoint.text.utf8)))
        let again = try SettingProof(text: Array(proof.text.utf8))
        #expect(try again.verify(trusting: .heldCheckpoint(checkpoint)).value == document)
    }

    @Test func `a path that names several places is no setting to prove`() throws {
        let log = try SampleLog(seed: 16, nights: 1, clients: 1)
        let several = try path("voicePool.voice[*].id")
        #expect(throws: SettingProofFailure(.setting, .notOnePlace(several, count: 3))) {
            try log.proof(of: several, client: 7, night: 0)
        }
        // Its dotted form is that of all that have the key.
        let first = SettingPath(.voicePool, [.key("voice"), .selected(key: "id", value: 1, occurrence: 1)])
        #expect(throws: SettingProofFailure.self) { try log.proof(of: first, client: 7, night: 0) }
    }
}
