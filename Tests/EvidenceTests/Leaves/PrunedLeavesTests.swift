import AuditModel
import AuditTestSupport
import Evidence
import Testing

struct PrunedLeavesTests {
    static let seeds: [UInt64] = (0..<60).map { 0x7E4F_1000 + $0 }

    private static func content(_ number: Int) -> [UInt8] { Array("{\"leaf\":\(number)}".utf8) }

    @Test(arguments: seeds)
    func `lines read back as they were written, and lead to the root of the whole tree`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let all = (0..<Int.random(in: 0...90, using: &generator)).map(Self.content)
        let shown = Set(all.indices.filter { _ in Int.random(in: 0..<4, using: &generator) == 0 })
        let leaves = PrunedLeaves(all, showing: shown.contains)
        let read = try PrunedLeaves(lines: leaves.lines)
        #expect(read.lines == leaves.lines, "seed \(seed)")
        #expect(read.root == MerkleTree(leafHashes: all.map { MerkleHash.leaf($0) }).root, "seed \(seed)")
        #expect(read.size == all.count && read.hiddenCount == all.count - shown.count, "seed \(seed)")
        #expect(Set(read.contents.keys) == shown, "seed \(seed)")
        for index in shown { #expect(read.contents[index] == all[index], "seed \(seed)") }
    }

    @Test(arguments: seeds)
    func `a byte that was altered leads to another root, or is refused`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let all = (0..<Int.random(in: 1...40, using: &generator)).map(Self.content)
        let leaves = PrunedLeaves(all) { _ in Bool.random(using: &generator) }
        var lines = leaves.lines
        lines[Int.random(in: lines.indices, using: &generator)] ^= 1 << UInt8.random(in: 0...7, using: &generator)
        let read = try? PrunedLeaves(lines: lines)
        #expect(read.map { $0.root != leaves.root || $0.size != leaves.size } ?? true, "seed \(seed)")
    }

    @Test func `lines that make up no tree are refused`() throws {
        let hash = Digest(of: "x").hex
        func hidden(_ count: String) -> String {
            "{\"count\":\(count),\"format\":\"audit-hidden\",\"hash\":\"\(hash)\",\"version\":1}\n"
        }
        for (text, expected) in [
            ("a", PrunedLeavesError.lastLine), ("a\n\n", .line(2)), (hidden("0"), .line(1)), (hidden("-1"), .line(1)),
            (hidden("9007199254740991"), .line(1)), (hidden("1.0"), .line(1)),
            ("a\n" + hidden("2"), .tree(.missing(leaf: 1))),
        ] {
            #expect(throws: expected) { try PrunedLeaves(lines: Array(text.utf8)) }
        }
        #expect(try PrunedLeaves(lines: []).root == MerkleHash.emptyTree)
    }
}
