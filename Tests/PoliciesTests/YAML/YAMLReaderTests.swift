import AuditTestSupport
import Foundation
import Policies
import Testing

struct YAMLReaderTests {
    func read(_ text: String) throws -> YAMLNode {
        try YAMLReader.node(of: text, file: "a.yaml").get()
    }

    func refusals(_ text: String) -> [String] {
        switch YAMLReader.node(of: text, file: "a.yaml") {
        case .success: []
        case .failure(let error): error.diagnostics.map { "\($0.line):\($0.column) \($0.message)" }
        }
    }

    @Test func `every value and key has its line and column, in characters`() throws {
        let node = try read("é: 1\nlist:\n  - 'ü': [x,  yes]\n")
        let entries = try #require(node.entries)
        #expect(entries.map(\.keyPlace.line) == [1, 2])
        #expect(entries[0].value.place == SourcePlace(line: 1, column: 4, endColumn: 5))
        let inner = try #require(entries[1].value.elements?.first?.entries?.first)
        #expect(inner.keyPlace.line == 3 && inner.keyPlace.column == 5)
        #expect(inner.value.elements?.map(\.place.column) == [11, 15])
        #expect(inner.value.elements?.map(\.string) == ["x", "yes"])
    }

    @Test func `keys that differ in their bytes alone are two keys`() throws {
        let node = try read("\"\u{E9}\": 1\n\"e\u{301}\": 2\n")
        let entries = try #require(node.entries)
        #expect(entries.map { Array($0.key.utf8).count } == [2, 3])
        #expect(entries.map(\.value.integer) == [1, 2])
    }

    @Test func `every duplicate key is told with the line of the first`() {
        #expect(
            refusals("a: 1\nb: {c: 1, 'c': 2}\na: 3\n\"a\": 4\n") == [
                "2:11 'c' stands here again; it is on line 2 already",
                "3:1 'a' stands here again; it is on line 1 already",
                "4:1 'a' stands here again; it is on line 1 already",
            ])
    }

    @Test(arguments: [
        ("", "1:1 the file is empty"),
        ("a: 1\n---\nb: 1\n", "3:1 a second document starts here; one file holds one document"),
        ("a: !secret x\n", "1:4 the tag !secret is not read; only those of YAML's core schema are"),
        ("a: !!binary aGk=\n", "1:4 the tag !!binary is not read; only those of YAML's core schema are"),
        ("a: !!int x\n", "1:4 'x' is no !!int"),
        ("1: a\n", "1:1 a key must be text; put it in quotes"),
        ("? [a]\n: b\n", "1:3 a key must be text; put it in quotes"),
        ("b: &b {a: 1}\nx:\n  <<: *b\n", "3:3 merge keys ('<<') are not read; write the keys out"),
        ("a:\n\tb: 1\n", "2:1 a tab indents this line; use spaces"),
        (
            "a: 9223372036854775808\n",
            "1:4 9223372036854775808 is not a number that JSON keeps exactly (integers to 9007199254740991); put it in "
                + "quotes if it is text"
        ),
        ("a: b: c\n", "1:5 this is not YAML: mapping values are not allowed in this context"),
    ])
    func `what is no policy text is refused at its place`(text: String, expected: String) {
        #expect(refusals(text) == [expected])
    }

    @Test func `bytes that are no UTF-8 are refused where they stand`() {
        for (bytes, column) in [([0xFF], 4), ([0xED, 0xA0, 0x80], 4), ([0xE2, 0x82], 4)] as [([UInt8], Int)] {
            guard case .failure(let error) = YAMLReader.node(of: Array("x: 1\na: ".utf8) + bytes, file: "a.yaml")
            else {
                Issue.record("\(bytes) was read")
                continue
            }
            #expect(error.diagnostics.map(\.line) == [2])
            #expect(error.diagnostics.map(\.column) == [column])
            #expect(error.diagnostics.map(\.message) == ["the file is not UTF-8 text"])
        }
    }

    @Test func `a bomb of aliases is refused quickly, as value and as key`() {
        var text = "a0: &a0 [x, x]\n"
        for level in 1...40 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        #expect(refusals(text).count == 1)
        #expect(refusals(text + "? *a40\n: 1\n") == ["1:1 this unfolds to more than 200000 values"])
        #expect(refusals(text + "*a40 : 1\n") == ["1:1 this unfolds to more than 200000 values"])
        #expect(refusals(text + "[*a40]: 1\n") == ["1:1 this unfolds to more than 200000 values"])
    }

    @Test func `depth is bounded in flow and in block`() {
        let flow = String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
        #expect(refusals(flow) == ["1:1 this nests deeper than 200 levels"])
        #expect(!refusals(String(repeating: "- ", count: 5000) + "x\n").isEmpty)
        #expect(!refusals((0..<3000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()).isEmpty)
        #expect(refusals(String(repeating: "[", count: 150) + String(repeating: "]", count: 150)).isEmpty)
    }

    @Test func `many lists and many uses of one anchor are no bomb`() {
        var text = "base: &base {a: [1, 2, 3], b: 'a?', c: x}\n"
        for number in 0..<100 {
            text += "r\(number): {\"voicePool.voice[*].id\": *base, note: 'really? yes'} # one: two\n"
        }
        #expect(refusals(text).isEmpty)
    }

    @Test func `whatever the bytes, an answer comes`() throws {
        var generator = SeededGenerator(seed: 7)
        print("seed \(generator.seed)")
        let url = packageRoot.appending(path: "policies/security-baseline.tests.yaml")
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        let original = Array(lines.prefix(25).joined(separator: "\n").utf8)
        let pieces: [[UInt8]] =
            [
                "*base", "&base ", "? ", "!!int ", "<<: ", "---\n", "\t", "[", "{", "}", "]", "\"", "'", "|\n",
                "\u{E000}",
                "\r", "%YAML 1.3\n", "\\x", ": ",
            ].map { Array($0.utf8) } + [[0xFF], [0x00], [0xC3]]
        var read = 0
        for _ in 0..<200 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let position = Int.random(in: 0..<bytes.count, using: &generator)
                if Bool.random(using: &generator) {
                    bytes.insert(contentsOf: pieces.randomElement(using: &generator) ?? [], at: position)
                } else {
                    bytes.removeSubrange(
                        position..<min(bytes.count, position + Int.random(in: 1...30, using: &generator)))
                }
            }
            switch YAMLReader.node(of: bytes, file: "a.yaml") {
            case .success: read += 1
            case .failure(let error): #expect(!error.diagnostics.isEmpty)
            }
        }
        print("of 200 damaged files \(read) could still be read")
        #expect(read > 0 && read < 200)
    }
}
