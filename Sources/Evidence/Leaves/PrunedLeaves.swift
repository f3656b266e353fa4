public import AuditModel

/// The leaves of a tree in a text of lines, of which part may be no more than hashes: what a reviewer gets of a run's
/// captures, of its results or of the log, and checks without a database.
///
/// Each line is, in the order of the tree, the content of one leaf exactly as it is hashed, or stands for the largest subtree
/// of which no leaf is shown: the canonical JSON of `format` (`audit-hidden`), `version` (1), `count` and `hash`.
public struct PrunedLeaves: Sendable, Hashable {
    /// The number of leaves, shown or not.
    public private(set) var size: Int
    /// The contents of the leaves that are shown, by their place from 0.
    public private(set) var contents: [Int: [UInt8]]
    private var tree: PrunedTree
    private let subtrees: [PrunedTree.Subtree]

    static let format = "audit-hidden"

    /// The leaves of these contents, some of which are shown.
    public init(_ all: [[UInt8]], showing isShown: (Int) -> Bool = { _ in true }) {
        size = all.count
        contents = [:]
        for (place, content) in all.enumerated() where isShown(place) { contents[place] = content }
        let shown = contents
        tree = PrunedTree(MerkleTree(leafHashes: all.map { MerkleHash.leaf($0) })) { shown[$0] != nil }
        subtrees = tree.subtrees
    }

    /// The leaves of a tree of which part may be pruned already.
    ///
    /// - Parameter contents: those of every leaf that the tree holds, by their places.
    public init(_ tree: PrunedTree, contents: [Int: [UInt8]]) {
        size = tree.size
        self.contents = contents
        self.tree = tree
        subtrees = tree.subtrees
    }

    /// The number of leaves that are not shown.
    public var hiddenCount: Int { size - contents.count }

    /// The Merkle root.
    public var root: Digest { tree.root }

    /// The root over the first leaves alone; nil where that takes a leaf that is not shown.
    public func root(atSize earlier: Int) -> Digest? { tree.root(atSize: earlier) }

    /// The lines.
    public var lines: [UInt8] {
        var hidden: [Int: PrunedTree.Subtree] = [:]
        for subtree in subtrees { hidden[subtree.start] = subtree }
        var output: [UInt8] = []
        var place = 0
        while place < size {
            if let content = contents[place] {
                output += content
                place += 1
            } else if let subtree = hidden[place] {
                output += Self.line(subtree)
                place += subtree.count
            } else {
                break
            }
            output.append(0x0A)
        }
        return output
    }

    /// Reads lines; what the leaves say is not looked into, and the root is for the caller to compare.
    ///
    /// - Throws: ``PrunedLeavesError``.
    public init(lines: [UInt8]) throws(PrunedLeavesError) {
        var contents: [Int: [UInt8]] = [:]
        var hashes: [Int: Digest] = [:]
        var subtrees: [PrunedTree.Subtree] = []
        var place = 0
        guard lines.isEmpty || lines.last == 0x0A else { throw .lastLine }
        for (number, line) in lines.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().enumerated() {
            if line.starts(with: Self.prefix) {
                let subtree = try Self.subtree(Array(line), start: place, number: number + 1)
                let (next, overflows) = place.addingReportingOverflow(subtree.count)
                guard !overflows, next <= Self.limit else { throw .line(number + 1) }
                subtrees.append(subtree)
                place = next
            } else {
                guard !line.isEmpty else { throw .line(number + 1) }
                contents[place] = Array(line)
                hashes[place] = MerkleHash.leaf(Array(line))
                place += 1
            }
        }
        size = place
        self.contents = contents
        self.subtrees = subtrees
        do throws(PrunedTreeError) {
            tree = try PrunedTree(size: place, subtrees: subtrees, heldLeaves: hashes)
        } catch {
            throw .tree(error)
        }
    }

    /// No tree of ours comes near; it keeps sums from running over.
    private static let limit = 1 << 40
    private static let prefix = Array("{\"count\":".utf8)

    private static func line(_ subtree: PrunedTree.Subtree) -> [UInt8] {
        CanonicalJSON.bytes(of: [
            "format": .string(format), "version": 1, "count": .integer(Int64(subtree.count)),
            "hash": .string(subtree.hash.hex),
        ])
    }

    private static func subtree(
        _ line: [UInt8], start: Int, number: Int
    ) throws(PrunedLeavesError) -> PrunedTree.Subtree {
        do throws(LeafError) {
            var reader = try LeafReader(line, format: format, version: 1)
            let subtree = PrunedTree.Subtree(
                start: start, count: try reader.count("count"), hash: try reader.digest("hash"))
            guard subtree.count > 0 else { throw .invalid("count") }
            try reader.finish(asWritten: Self.line(subtree))
            return subtree
        } catch {
            throw .line(number)
        }
    }
}

/// Why lines are no leaves of one tree.
public enum PrunedLeavesError: Error, Sendable, Hashable {
    /// The last line has no end.
    case lastLine
    /// This line, counted from 1, is empty, or stands for no subtree.
    case line(Int)
    /// The lines do not make up one tree.
    case tree(PrunedTreeError)
}
