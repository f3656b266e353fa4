import AuditModel
import Evidence
import SnapshotStore

/// The two runs of a review in the log.
struct ReviewLog {
    let store: SnapshotStore

    /// By the first checkpoint that has the later run, a signed one if there is any: so that the same review can be made
    /// again when the log has grown.
    func log(from earlier: AuditRun, to later: AuditRun) throws -> ReviewMaterial.Log {
        let entries = try [earlier, later].map { run in
            guard let entry = try store.logEntry(of: run.id) else { throw PipelineError.noCheckpoint(run.id) }
            return entry
        }
        let last = max(entries[0].index, entries[1].index)
        let kept = try store.checkpoints()
        guard let main = Self.first(of: kept, after: last) else { throw PipelineError.noCheckpoint(later.id) }
        let first = Self.first(of: kept, after: entries[0].index).flatMap { $0.size <= main.size ? $0 : nil }
        let tree = try store.logTree()
        do {
            let checkpoint = try main.checkpoint()
            let proofs = try entries.map { entry in
                let proof = try tree.inclusionProof(ofLeaf: entry.index, inSize: main.size)
                return LogProof(index: proof.index, hashes: proof.hashes, checkpoint: main.note)
            }
            let size = first?.size ?? entries[0].index + 1
            return ReviewMaterial.Log(
                note: main.note, checkpoint: checkpoint, earlierNote: first?.note, leaves: entries.map(\.leaf),
                proofs: proofs, firstRoot: try tree.root(atSize: size),
                consistency: try tree.consistencyProof(from: size, to: main.size))
        } catch let error as CheckpointError {
            throw PipelineError.logDoesNotContinue("\(error)")
        } catch let error as MerkleProofError {
            throw PipelineError.logDoesNotContinue("\(error)")
        }
    }

    private static func first(of kept: [StoredCheckpoint], after index: Int) -> StoredCheckpoint? {
        let covering = kept.filter { $0.size > index }
        return covering.first(where: \.isSigned) ?? covering.first
    }
}

/// Proves the settings that findings and changes of a review name, as many as the limit allows.
struct ReviewProver {
    private struct Wanted: Hashable {
        var client: Client.ID
        var path: SettingPath
        var isEarlier: Bool
    }

    private let store: SnapshotStore
    private let log: ReviewMaterial.Log
    private let runs: [AuditRun]
    private let limit: Int
    private var trees: [Int: CaptureTree] = [:]
    /// What was not proven, in words.
    private(set) var leftOut: [String] = []
    private var hashOnly = 0

    init(store: SnapshotStore, log: ReviewMaterial.Log, runs: [AuditRun], limit: Int) throws {
        self.store = store
        self.log = log
        self.runs = runs
        self.limit = limit
    }

    /// The proofs: first what unwaived findings rest on, the worst first; then changes, at both runs; then waived findings.
    mutating func proofs(
        of report: AuditReport, and difference: DiffReport
    ) throws -> [(place: ReviewRecord.ProvenPlace, proof: SettingProof)] {
        func named(_ findings: [Finding]) -> [Wanted] {
            findings.flatMap { finding in
                finding.result.comparisons.map {
                    Wanted(client: finding.client.id, path: $0.path, isEarlier: false)
                }
            }
        }
        let changed = difference.settingsChanges.flatMap { change in
            change.clients.flatMap { client in
                [false, true].map { Wanted(client: client.id, path: change.change.path, isEarlier: $0) }
            }
        }
        var seen: Set<Wanted> = []
        let wanted = (named(report.failures) + changed + named(report.waived)).filter { seen.insert($0).inserted }
        var proven: [(place: ReviewRecord.ProvenPlace, proof: SettingProof)] = []
        var withoutOnePlace = 0
        for place in wanted.prefix(limit) {
            let hashOnlyBefore = hashOnly
            guard let proof = try proof(of: place) else {
                if hashOnly == hashOnlyBefore { withoutOnePlace += 1 }
                continue
            }
            let told = ReviewRecord.ProvenPlace(
                client: place.client, run: runs[place.isEarlier ? 0 : 1].id, path: proof.path.dotted,
                value: proof.value)
            proven.append((told, proof))
        }
        if wanted.count > limit {
            leftOut.append(
                "\(wanted.count - limit) of \(Count.of(wanted.count, "setting")) that findings and changes name have no proof "
                    + "here: the limit is \(limit) (--proofs). 'audit prove' proves any of them.")
        }
        if hashOnly > 0 {
            leftOut.append(
                "\(Count.of(hashOnly, "setting")) that findings and changes name cannot be proven at these runs: nothing had changed "
                    + "there, and the captures were pruned to their hashes. 'audit prove' names the nearest that are kept."
            )
        }
        if withoutOnePlace > 0 {
            leftOut.append(
                "\(Count.of(withoutOnePlace, "setting")) that findings and changes name cannot be proven alone: the group was not "
                    + "captured, or the path names several places or none.")
        }
        return proven
    }

    private mutating func proof(of wanted: Wanted) throws -> SettingProof? {
        let side = wanted.isEarlier ? 0 : 1
        let tree = try trees[side] ?? store.captureTree(of: runs[side].id)
        trees[side] = tree
        guard let night = try store.night(of: wanted.client, in: runs[side].id),
            case .document(let id) = night.captures[wanted.path.group]
        else { return nil }
        guard let place = tree.index(of: wanted.client, wanted.path.group), let capture = tree.leaf(at: place) else {
            if night.isHashOnly { hashOnly += 1 }
            return nil
        }
        do {
            return try SettingProof(
                of: wanted.path, in: try store.document(id).value, capture: capture,
                inclusion: tree.inclusionProof(ofLeaf: place), run: RunLeaf(bytes: log.leaves[side]),
                log: log.proofs[side])
        } catch is SettingProofFailure {
            return nil
        } catch let error as LeafError {
            throw PipelineError.logDoesNotContinue("the entry of run \(runs[side].id.short) cannot be read: \(error)")
        } catch let error as MerkleProofError {
            throw PipelineError.logDoesNotContinue("\(error)")
        }
    }
}
