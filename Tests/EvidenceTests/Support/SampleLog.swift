import AuditModel
import AuditTestSupport
import Evidence

/// A log of some nights of a few clients, made from a seed, as a store would hold it.
struct SampleLog {
    /// One night: its captures, their documents, and its leaf.
    struct Night {
        var tree: CaptureTree
        var documents: [Digest: SettingValue]
        var leaf: RunLeaf
    }

    var nights: [Night] = []
    var tree = MerkleTree()
    let key: SignerKey

    static let origin = "audit.example/acme"
    static let environment = EnvironmentName("na3")

    init(seed: UInt64, nights count: Int, clients: Int) throws {
        var generator = SeededGenerator(seed: seed)
        key = try SignerKey(name: Self.origin, seed: (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
        for number in 0..<count {
            let night = try Self.night(number, clients: clients, using: &generator)
            nights.append(night)
            tree.append(leafHash: night.leaf.hash)
        }
    }

    /// What those who check know of the log.
    var trusted: TrustedLog { TrustedLog(key: key.verifier) }

    /// The log's checkpoint.
    func checkpoint() throws -> Checkpoint {
        try Checkpoint(origin: Self.origin, size: UInt64(tree.size), root: tree.root)
    }

    /// The proof of a setting of one night. Of client 7 every group has a document.
    func proof(of path: SettingPath, client: Int, night number: Int, signed: Bool = true) throws -> SettingProof {
        let night = nights[number]
        let id = Client.ID(environment: Self.environment, number: client)
        guard let index = night.tree.index(of: id, path.group),
            case .document(let digest) = night.tree.leaves[index].capture, let document = night.documents[digest]
        else { throw SettingProofFailure(.capture, .otherDocument(Digest(of: ""))) }
        let inclusion = try tree.inclusionProof(ofLeaf: number)
        let checkpoint = try checkpoint()
        let note = signed ? try checkpoint.signed(with: [key]).bytes : Array(checkpoint.text.utf8)
        return try SettingProof(
            of: path, in: document, capture: night.tree.leaves[index],
            inclusion: night.tree.inclusionProof(ofLeaf: index), run: night.leaf,
            log: LogProof(index: inclusion.index, hashes: inclusion.hashes, checkpoint: note))
    }

    private static func night(_ number: Int, clients: Int, using generator: inout SeededGenerator) throws -> Night {
        let start = Timestamp(milliseconds: 1_790_000_000_000 + Int64(number) * 86_400_000)
        var leaves: [CaptureLeaf] = []
        var documents: [Digest: SettingValue] = [:]
        var results = RunTreeBuilder()
        var counts = RunLeaf.Counts(documents: 0, failures: 0, notCollected: 0)
        for client in 1...clients {
            let id = Client.ID(environment: environment, number: client * 7)
            for group in SettingsGroup.allCases {
                let times = CaptureTimes(
                    requestedAt: start.advanced(by: .milliseconds(client)),
                    answeredAt: start.advanced(by: .milliseconds(client + 9)))
                var leaf = CaptureLeaf(client: id, group: group, capture: .failure(timedOut), times: times)
                switch Int.random(in: 0..<12, using: &generator) {
                case 0 where client > 1: counts.failures += 1
                case 1 where group == .countries && client > 1:
                    leaf.capture = .notCollected(.countriesOfAnotherClient)
                    leaf.times = nil
                    counts.notCollected += 1
                default:
                    let document = body(of: group, using: &generator)
                    documents[Digest(of: document)] = document
                    leaf.capture = .document(Digest(of: document))
                    if Int.random(in: 0..<8, using: &generator) == 0 { leaf.earlierFailures = [timedOut] }
                    counts.documents += 1
                }
                leaves.append(leaf)
            }
            try results.append(ResultLeaf(client: id, results: randomDigest(using: &generator)))
        }
        let tree = try CaptureTree(leaves.shuffled(using: &generator))
        let run = AuditRun(
            id: AuditRun.ID(environment: environment, startedAt: start), environment: environment,
            baseURL: "https://api.livevox.com", isSynthetic: false, kind: .full,
            state: counts.failures > 0 ? .partial : .complete, startedAt: start,
            sealedAt: start.advanced(by: .seconds(60)), policySet: Digest(of: "policies"), waiverSet: nil,
            toolVersion: "1.0.0", clientCount: clients)
        let leaf = try RunLeaf(
            run: run, evaluator: "1", roster: Digest(of: "roster"), notes: RunDigests.notes([]), captures: tree.head,
            counts: counts,
            results: results.results)
        return Night(tree: tree, documents: documents, leaf: leaf)
    }

    static let timedOut = CaptureFailure(.timedOut, request: "GET /x \"é\"", detail: "30 s")

    private static func body(of group: SettingsGroup, using generator: inout SeededGenerator) -> SettingValue {
        let number = SettingValue.integer(Int64.random(in: 0..<9, using: &generator))
        switch group {
        case .internal:
            return ["maxFailedCcsLoginAttempts": number, "odd key \"é\\\n": .random(depth: 2, using: &generator)]
        case .settings:
            return ["maxDailyAttempts": number, "nothing": nil, "deep": .random(depth: 3, using: &generator)]
        case .messaging: return ["property": [["key": "requeue_limit", "value": number], ["key": "b", "value": "😀"]]]
        case .voicePool: return ["voice": [["id": 1], ["id": number, "name": "a"], ["id": 1, "name": "again"]]]
        case .countries: return [["id": 1, "name": "US"]]
        }
    }
}
