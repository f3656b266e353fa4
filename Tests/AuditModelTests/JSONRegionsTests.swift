import AuditModel
import AuditTestSupport
import Testing

struct JSONRegionsTests {
    private static let text = """
        {
          "a": {
            "b": 5,
            "list": [
              {"id": 1},
              {"id": 2}
            ]
          },
          "😀é": "x",
          "a/b~c": null
        }

        """

    private func place(_ pointer: String) -> JSONRegions.Place? {
        JSONRegions.places(of: [pointer], in: Array(Self.text.utf8))[pointer]
    }

    @Test(arguments: [
        ("/a/b", TextRegion(startLine: 3, startColumn: 5, endLine: 3, endColumn: 11)),
        ("/a/list", TextRegion(startLine: 4, startColumn: 5, endLine: 7, endColumn: 6)),
        ("/a/list/1", TextRegion(startLine: 6, startColumn: 7, endLine: 6, endColumn: 16)),
        ("/a/list/1/id", TextRegion(startLine: 6, startColumn: 8, endLine: 6, endColumn: 15)),
        // An emoji is two UTF-16 code units, an é one.
        ("/😀é", TextRegion(startLine: 9, startColumn: 3, endLine: 9, endColumn: 13)),
        ("/a~1b~0c", TextRegion(startLine: 10, startColumn: 3, endLine: 10, endColumn: 16)),
        ("", TextRegion(startLine: 1, startColumn: 1, endLine: 11, endColumn: 2)),
    ])
    func `a member is marked with its key, an element as it is`(pointer: String, region: TextRegion) {
        #expect(place(pointer)?.whole == region)
    }

    @Test func `of a list or an object the opening is marked apart`() {
        #expect(place("/a")?.opening == TextRegion(startLine: 2, startColumn: 3, endLine: 2, endColumn: 9))
        #expect(place("/a/b")?.opening == place("/a/b")?.whole)
    }

    @Test func `what is not there has no place, and what comes before a mistake is found`() {
        #expect(place("/a/c") == nil && place("/a/list/2") == nil && place("/a/b/c") == nil)
        let broken = Array(#"{"a": 1, "b": [1, "#.utf8)
        #expect(JSONRegions.places(of: ["/a", "/b"], in: broken).keys.sorted() == ["/a"])
        for text in ["", "{", "[", "\"", "{\"a\"", "{\"a\":", "{\"a\":1", "[1", "[,", "{,", "\"\\", "{\"a\":}"] {
            #expect(JSONRegions.places(of: ["/b", ""], in: Array(text.utf8)).isEmpty, "\(text)")
        }
    }

    /// The text that a region marks, read again, is the value that the pointer names.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func `a marked stretch is the very value, whatever the text holds`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<30 {
            let value = SettingValue.random(depth: 4, using: &generator)
            for bytes in [Array(PrettyJSON.text(of: value).utf8), CanonicalJSON.bytes(of: value)] {
                let values = pointers(of: value, at: "")
                let places = JSONRegions.places(of: Set(values.keys), in: bytes)
                #expect(places.count == values.count, "seed \(seed)")
                for (pointer, value) in values {
                    let region = try #require(places[pointer]?.whole, "seed \(seed), \(pointer)")
                    var text = marked(region, in: String(decoding: bytes, as: UTF8.self))
                    // A member is read as an object of its own.
                    let isMember = pointer != "" && isMember(pointer, values)
                    if isMember { text = "{" + text + "}" }
                    let read = try JSONReader.value(of: text)
                    #expect((isMember ? read.objectValue?.members.first?.value : read) == value, "seed \(seed)")
                }
            }
        }
    }

    private func isMember(_ pointer: String, _ values: [String: SettingValue]) -> Bool {
        // By bytes: a slash and a mark that combines with it are one character.
        let parent = String(pointer[..<(pointer.utf8.lastIndex(of: UInt8(ascii: "/")) ?? pointer.startIndex)])
        return values[parent]?.objectValue != nil
    }

    private func pointers(of value: SettingValue, at pointer: String) -> [String: SettingValue] {
        var all = [pointer: value]
        switch value {
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                all.merge(pointers(of: element, at: "\(pointer)/\(index)")) { $1 }
            }
        case .object(let object):
            for member in object.members {
                let step = SettingPath(.internal, key: member.key).pointer ?? ""
                all.merge(pointers(of: member.value, at: pointer + step)) { $1 }
            }
        case .null, .bool, .integer, .number, .string: break
        }
        return all
    }

    /// The stretch of a text, counted as an editor counts.
    private func marked(_ region: TextRegion, in text: String) -> String {
        let lines = text.utf16.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        func offset(_ line: Int, _ column: Int) -> Int {
            lines[..<(line - 1)].reduce(0) { $0 + $1.count + 1 } + column - 1
        }
        let units = Array(text.utf16)[
            offset(region.startLine, region.startColumn)..<offset(region.endLine, region.endColumn)]
        return String(decoding: units, as: UTF16.self)
    }
}
