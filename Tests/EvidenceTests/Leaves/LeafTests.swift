import AuditModel
import AuditTestSupport
import Evidence
import Testing

struct LeafTests {
    private let client = Client.ID(environment: EnvironmentName("na\"3\u{301}"), number: 4199)
    private let times = CaptureTimes(
        requestedAt: Timestamp(milliseconds: 1_790_000_000_000), answeredAt: Timestamp(milliseconds: -5))

    private var captures: [CaptureLeaf] {
        let failure = CaptureFailure(.forbidden, status: 403, request: "GET /a\n", detail: "no \"role\"")
        let document = Capture.document(Digest(of: "document"))
        return [
            CaptureLeaf(client: client, group: .internal, capture: document, times: times),
            CaptureLeaf(client: client, group: .settings, capture: document, times: nil),
            CaptureLeaf(
                client: client, group: .messaging, capture: document, times: times,
                earlierFailures: [failure, SampleLog.timedOut]),
            CaptureLeaf(client: client, group: .voicePool, capture: .failure(failure), times: times),
            CaptureLeaf(
                client: client, group: .countries, capture: .notCollected(.countriesOfAnotherClient), times: nil),
        ]
    }

    @Test func `every kind of capture is canonical JSON and reads back as it was`() throws {
        for leaf in captures {
            #expect(CanonicalJSON.bytes(of: try JSONReader.value(of: leaf.bytes)) == leaf.bytes)
            #expect(try CaptureLeaf(bytes: leaf.bytes) == leaf)
        }
    }

    @Test func `a leaf's form is what was released, word for word`() throws {
        let na3 = EnvironmentName("na3")
        let client = Client.ID(environment: na3, number: 4199)
        let leaf = CaptureLeaf(
            client: client, group: .internal, capture: .document(Digest(of: "x")),
            times: CaptureTimes(
                requestedAt: Timestamp(milliseconds: 1_790_000_000_000),
                answeredAt: Timestamp(milliseconds: 1_790_000_000_120)))
        #expect(
            String(decoding: leaf.bytes, as: UTF8.self) == """
                {"answeredAtMilliseconds":1790000000120,"client":4199,\
                "document":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",\
                "environment":"na3","format":"audit-capture","group":"internal",\
                "requestedAtMilliseconds":1790000000000,"version":1}
                """)
        #expect(
            String(decoding: ResultLeaf(client: client, results: nil).bytes, as: UTF8.self) == """
                {"client":4199,"environment":"na3","format":"audit-results","results":null,"version":1}
                """)
        let run = try SampleLog(seed: 1, nights: 1, clients: 1).nights[0].leaf
        let empty = try RunLeaf(
            run: run.run, evaluator: nil,
            roster: RunDigests.roster([Client(id: client, code: "ACME", labels: ["env": "prod"])]),
            notes: RunDigests.notes(["a note"]), captures: TreeHead(count: 0, root: MerkleHash.emptyTree),
            counts: RunLeaf.Counts(documents: 0, failures: 0, notCollected: 0),
            results: TreeHead(count: 0, root: MerkleHash.emptyTree))
        let root = MerkleHash.emptyTree.hex
        let roster = #"[{"account":"","code":"ACME","labels":{"env":"prod"},"name":"","number":4199}]"#
        #expect(
            String(decoding: empty.bytes, as: UTF8.self) == """
                {"baseURL":"https://api.livevox.com","captures":{"count":0,"documents":0,"failures":0,\
                "notCollected":0,"root":"\(root)"},"clients":1,"environment":"na3","format":"audit-run",\
                "isSynthetic":false,"kind":"full","notes":"\(Digest(of: #"["a note"]"#))",\
                "policySet":"\(Digest(of: "policies"))","results":{"count":0,"root":"\(root)"},\
                "roster":"\(Digest(of: roster))","run":"\(run.run.id)","sealedAtMilliseconds":1790000060000,\
                "startedAtMilliseconds":1790000000000,"state":"\(run.run.state.rawValue)","toolVersion":"1.0.0",\
                "version":1}
                """)
    }

    @Test func `results and runs read back as they were`() throws {
        for results in [nil, Digest(of: "results")] {
            let leaf = ResultLeaf(client: client, results: results)
            #expect(CanonicalJSON.bytes(of: try JSONReader.value(of: leaf.bytes)) == leaf.bytes)
            #expect(try ResultLeaf(bytes: leaf.bytes) == leaf)
        }
        for night in try SampleLog(seed: 2, nights: 5, clients: 3).nights {
            #expect(try RunLeaf(bytes: night.leaf.bytes) == night.leaf)
        }
    }

    @Test func `a leaf with any bit flipped is another leaf or none, and its hash is another`() throws {
        let run = try SampleLog(seed: 3, nights: 1, clients: 2).nights[0].leaf
        for bytes in captures.map(\.bytes) + [run.bytes] {
            for position in bytes.indices {
                for bit in 0..<8 {
                    var damaged = bytes
                    damaged[position] ^= 1 << UInt8(bit)
                    #expect(MerkleHash.leaf(damaged) != MerkleHash.leaf(bytes))
                    // What is read is exactly what is hashed.
                    if let leaf = try? CaptureLeaf(bytes: damaged) { #expect(leaf.bytes == damaged) }
                    if let leaf = try? RunLeaf(bytes: damaged) { #expect(leaf.bytes == damaged) }
                }
            }
        }
    }

    @Test func `what is not exactly a leaf is refused with its reason`() throws {
        func error(_ text: String) -> LeafError? {
            do {
                _ = try ResultLeaf(bytes: Array(text.utf8))
                return nil
            } catch { return error }
        }
        let good = #"{"client":1,"environment":"e","format":"audit-results","results":null,"version":1}"#
        #expect(error(good) == nil)
        #expect(error(" " + good) == .notCanonical)
        #expect(error(good.replacing("\"client\":1", with: "\"client\":1.0")) == .notCanonical)
        #expect(error(good.replacing("\"client\":1", with: "\"client\":-1")) == .invalid("client"))
        #expect(error(good.replacing("\"client\":1,", with: "")) == .missing("client"))
        #expect(error(good.replacing("null", with: "7")) == .invalid("results"))
        #expect(error(good.replacing("{", with: "{\"a\":1,")) == .unknown("a"))
        #expect(error(good.replacing("audit-results", with: "audit-run")) == .otherFormat(expected: "audit-results"))
        #expect(error(good.replacing("\"version\":1", with: "\"version\":2")) == .otherVersion(expected: 1))
        #expect(error("[]") == .otherFormat(expected: "audit-results"))
        guard case .notJSON = error("{") else {
            Issue.record("half an object was read")
            return
        }
    }

    @Test func `an open run, and counts that do not add up, make no leaf`() throws {
        let leaf = try SampleLog(seed: 4, nights: 1, clients: 1).nights[0].leaf
        var open = leaf.run
        open.state = .open
        #expect(throws: LeafError.invalid("state")) {
            try RunLeaf(
                run: open, evaluator: leaf.evaluator, roster: leaf.roster, notes: leaf.notes, captures: leaf.captures,
                counts: leaf.counts,
                results: leaf.results)
        }
        #expect(throws: LeafError.invalid("captures")) {
            try RunLeaf(
                run: leaf.run, evaluator: leaf.evaluator, roster: leaf.roster, notes: leaf.notes,
                captures: TreeHead(count: 6, root: leaf.captures.root), counts: leaf.counts, results: leaf.results)
        }
    }

    @Test func `a run's tree is the same however its captures come in, and streaming gives the same root`() throws {
        var generator = SeededGenerator(seed: 0x1EAF)
        let tree = try SampleLog(seed: 5, nights: 1, clients: 9).nights[0].tree
        #expect(try CaptureTree(tree.leaves.shuffled(using: &generator)).head == tree.head)
        var builder = RunTreeBuilder()
        for leaf in tree.leaves { try builder.append(leaf) }
        #expect(builder.captures == tree.head)
        for (index, leaf) in tree.leaves.enumerated() {
            #expect(tree.index(of: leaf.client, leaf.group) == index)
            try tree.inclusionProof(ofLeaf: index).verify(leafHash: leaf.hash, root: tree.head.root)
        }
        #expect(tree.index(of: client, .internal) == nil)
        let pruned = tree.pruned { $0.client == tree.leaves[0].client }
        #expect(pruned.root == tree.head.root)
        #expect(pruned.prunedCount == 40)
    }

    @Test func `leaves that come twice or out of order make no tree`() throws {
        let leaves = captures
        #expect(throws: LeafError.outOfOrder("\(client) internal")) { try CaptureTree(leaves + [leaves[0]]) }
        var builder = RunTreeBuilder()
        try builder.append(leaves[1])
        #expect(throws: LeafError.outOfOrder("\(client) settings")) { try builder.append(leaves[1]) }
        #expect(throws: LeafError.outOfOrder("\(client) internal")) { try builder.append(leaves[0]) }
        try builder.append(ResultLeaf(client: client, results: nil))
        #expect(throws: LeafError.outOfOrder("\(client)")) {
            try builder.append(ResultLeaf(client: client, results: nil))
        }
    }
}
