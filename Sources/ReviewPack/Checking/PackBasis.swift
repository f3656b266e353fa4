public import AuditModel
public import Evidence

/// What the verdicts and changes of a pack follow from, held to the log: leaves to the roots that the runs' entries name,
/// vectors, documents and texts to their digests.
public struct PackBasis: Sendable {
    /// One of the two runs.
    public struct Side: Sendable {
        /// Its entry.
        public var leaf: RunLeaf
        /// The entry's place in the log.
        public var index: Int
        /// Its captures that are shown.
        public var captures: [CaptureLeaf]
        /// How many are not.
        public var hiddenCaptures: Int
        /// Its results that are shown.
        public var results: [ResultLeaf]
        /// How many are not.
        public var hiddenResults: Int
    }

    /// A policy or waiver file.
    public struct Text: Sendable {
        /// Its name as it was loaded.
        public var name: String
        /// Its layer.
        public var layer: Int
        /// Its bytes.
        public var bytes: [UInt8]
    }

    /// The earlier and the later run.
    public var sides: [Side]
    /// The entries of the log that are shown.
    public var entries: [(index: Int, leaf: RunLeaf)]
    /// Result vectors.
    public var vectors: [Digest: [UInt8]]
    /// Documents.
    public var documents: [Digest: SettingValue]
    /// The files of each set of texts whose files are all there.
    public var texts: [Digest: [Text]]
}

extension PackWalk {
    /// Holds what the verdicts and changes follow from to the log.
    mutating func checkBasis(_ manifest: PackManifest, _ checkpoint: Checkpoint) {
        let count = outcome.findings.count
        let log = leaves(PackNames.log, size: Int(clamping: checkpoint.size), root: checkpoint.root)
        let entries = log.map { log in
            log.contents.sorted { $0.key < $1.key }.compactMap { index, bytes in
                read(PackNames.log) { () throws(LeafError) in try RunLeaf(bytes: bytes) }.map {
                    (index: index, leaf: $0)
                }
            }
        }
        var sides: [PackBasis.Side] = []
        for side in PackNames.sides {
            if let entries, let basis = self.side(side, entries) { sides.append(basis) }
        }
        let named = sides.flatMap { $0.results.compactMap(\.results) }
        let vectors = lines(PackNames.vectors, atLeast: Set(named), atMost: Set(named))
        let captured = Set(
            sides.flatMap(\.captures).compactMap { leaf in
                if case .document(let digest) = leaf.capture { digest } else { nil }
            })
        let documents = lines(
            PackNames.documents, atLeast: sides.count == 2 ? differing(sides) : [], atMost: captured)
        var values: [Digest: SettingValue] = [:]
        for (digest, bytes) in documents ?? [:] {
            guard let value = try? JSONReader.value(of: bytes), CanonicalJSON.bytes(of: value) == bytes else {
                tell(PackNames.documents, "a line is not a document as it is stored")
                break
            }
            values[digest] = value
        }
        guard count == outcome.findings.count, let entries, let vectors, sides.count == 2 else { return }
        outcome.basis = PackBasis(
            sides: sides, entries: entries, vectors: vectors, documents: values, texts: texts(manifest))
    }

    /// The documents that one client and group has otherwise in the two runs.
    private func differing(_ sides: [PackBasis.Side]) -> Set<Digest> {
        struct Place: Hashable {
            var client: Client.ID
            var group: SettingsGroup
        }
        let captured = sides.map { side in
            Dictionary(
                side.captures.compactMap { leaf -> (Place, Digest)? in
                    guard case .document(let digest) = leaf.capture else { return nil }
                    return (Place(client: leaf.client, group: leaf.group), digest)
                }, uniquingKeysWith: { first, _ in first })
        }
        var differing: Set<Digest> = []
        for (place, digest) in captured[0] {
            if let other = captured[1][place], other != digest { differing.formUnion([digest, other]) }
        }
        return differing
    }

    private mutating func side(_ side: String, _ entries: [(index: Int, leaf: RunLeaf)]) -> PackBasis.Side? {
        guard let bytes = files[PackNames.leaf(side)], let leaf = try? RunLeaf(bytes: bytes) else { return nil }
        guard let entry = entries.first(where: { $0.leaf == leaf }) else {
            tell(PackNames.log, "it does not show the run \(leaf.run.id.short)")
            return nil
        }
        let captures = PackNames.captures(side)
        let results = PackNames.results(side)
        guard let captured = leaves(captures, size: leaf.captures.count, root: leaf.captures.root),
            let judged = leaves(results, size: leaf.results.count, root: leaf.results.root)
        else { return nil }
        return PackBasis.Side(
            leaf: leaf, index: entry.index,
            captures: captured.contents.values.compactMap { bytes in
                read(captures) { () throws(LeafError) in try CaptureLeaf(bytes: bytes) }
            },
            hiddenCaptures: captured.hiddenCount,
            results: judged.contents.values.compactMap { bytes in
                read(results) { () throws(LeafError) in try ResultLeaf(bytes: bytes) }
            }, hiddenResults: judged.hiddenCount)
    }

    private mutating func leaves(_ name: String, size: Int, root: Digest) -> PrunedLeaves? {
        guard let bytes = files[name] else {
            tell(name, "it is missing")
            return nil
        }
        do throws(PrunedLeavesError) {
            let leaves = try PrunedLeaves(lines: bytes)
            guard leaves.size == size, leaves.root == root else {
                tell(name, "its \(leaves.size) leaves do not lead to the root that the log has")
                return nil
            }
            return leaves
        } catch {
            tell(name, "\(error)")
            return nil
        }
    }

    private mutating func read<Leaf>(_ name: String, _ body: () throws(LeafError) -> Leaf) -> Leaf? {
        do throws(LeafError) { return try body() } catch {
            tell(name, "\(error)")
            return nil
        }
    }

    /// - Parameters:
    ///   - least: the digests that there must be.
    ///   - most: those that there may be.
    private mutating func lines(
        _ name: String, atLeast least: Set<Digest>, atMost most: Set<Digest>
    ) -> [Digest: [UInt8]]? {
        guard let bytes = files[name] else {
            tell(name, "it is missing")
            return nil
        }
        guard let texts = DigestLines.texts(of: bytes) else {
            tell(name, "its lines are not in the order of their digests, or one was cut off")
            return nil
        }
        guard least.isSubset(of: texts.keys), most.isSuperset(of: texts.keys) else {
            tell(name, "its lines are not those that the runs' results and captures name")
            return nil
        }
        return texts
    }

    private func texts(_ manifest: PackManifest) -> [Digest: [PackBasis.Text]] {
        var sets: [Digest: [PackBasis.Text]] = [:]
        for set in manifest.textSets {
            let texts = set.texts.compactMap { text in
                text.file.flatMap { files[$0] }.map { PackBasis.Text(name: text.name, layer: text.layer, bytes: $0) }
            }
            if texts.count == set.texts.count { sets[set.digest] = texts }
        }
        return sets
    }
}
