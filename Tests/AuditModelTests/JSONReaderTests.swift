@testable import AuditModel
import AuditTestSupport
import Testing

struct JSONReaderTests {
    @Test(
        arguments: [
            ("5.0", 5), ("-0", 0), ("-0.0", 0), ("1e2", 100), ("1.5", 1.5), ("1E30", .number(1e30)),
            ("9007199254740991", .integer(9_007_199_254_740_991)), (#""\u00e9""#, "é"), (#""\ud83d\ude00""#, "😀"),
            (" [ ] ", []), ("{ }", [:]), (#"{"b":1,"a":[null,true]}"#, ["a": [nil, true], "b": 1]),
        ] as [(String, SettingValue)])
    func `values are what their canonical bytes say`(text: String, expected: SettingValue) throws {
        #expect(try JSONReader.value(of: text) == expected)
    }

    @Test(arguments: [
        (#"{"a":1,"a":2}"#, JSONReadingError.Cause.duplicateKey("a"), 7),
        (#"{"a":1,"\u0061":2}"#, .duplicateKey("a"), 7),
        (#"["\ud800"]"#, .loneSurrogate, 4),
        (#"["\udc00\ud800"]"#, .loneSurrogate, 4),
        ("9007199254740992", .numberNotRepresentable("9007199254740992"), 0),
        ("[-9007199254740993.0]", .numberNotRepresentable("-9007199254740993.0"), 1),
        ("1e400", .numberNotRepresentable("1e400"), 0),
        ("1e-400", .numberNotRepresentable("1e-400"), 0),
        ("100000000000000000000", .numberNotRepresentable("100000000000000000000"), 0),
        ("1 2", .trailingBytes, 2),
        ("[1", .unexpectedEnd, 2),
        ("NaN", .unexpectedByte(0x4E), 0),
        ("\u{FEFF}1", .invalidUTF8, 0),
        ("[01]", .unexpectedByte(0x31), 2),
    ])
    func `what cannot be kept without loss is refused with its place`(
        text: String, cause: JSONReadingError.Cause, offset: Int
    ) {
        #expect(throws: JSONReadingError(cause: cause, offset: offset)) { try JSONReader.value(of: text) }
    }

    @Test func `depth and size have limits`() throws {
        let limits = JSONReader.Limits(depth: 3, sizeInBytes: 20)
        #expect(try JSONReader.value(of: "[[[1]]]", limits: limits) == [[[1]]])
        #expect(throws: JSONReadingError(cause: .tooDeep(limit: 3), offset: 3)) {
            try JSONReader.value(of: "[[[[1]]]]", limits: limits)
        }
        #expect(throws: JSONReadingError(cause: .tooLarge(limit: 20), offset: 0)) {
            try JSONReader.value(of: "[1,2,3,4,5,6,7,8,9,10]", limits: limits)
        }
    }

    @Test func `strings that only look the same are different`() throws {
        let composed = try JSONReader.value(of: #""\u00e9""#)
        let decomposed = try JSONReader.value(of: #""e\u0301""#)
        #expect(composed != decomposed)
        let object = try JSONReader.value(of: #"{"\u00e9":1,"e\u0301":2}"#)
        #expect(object.objectValue?.count == 2)
        #expect(object["e\u{301}"] == 2)
    }

    @Test func `random values survive canonical and pretty text`() throws {
        var generator = SeededGenerator(seed: 0x5EED_0001)
        print("seed \(generator.seed)")
        for _ in 0..<500 {
            let value = SettingValue.random(depth: 4, using: &generator)
            #expect(try JSONReader.value(of: CanonicalJSON.bytes(of: value)) == value)
            #expect(try JSONReader.value(of: PrettyJSON.text(of: value)) == value)
        }
    }

    @Test func `bytes cut off or altered anywhere never crash the reader`() throws {
        var generator = SeededGenerator(seed: 0x5EED_0002)
        print("seed \(generator.seed)")
        for _ in 0..<300 {
            var bytes = CanonicalJSON.bytes(of: .random(depth: 4, using: &generator))
            if Bool.random(using: &generator) {
                bytes.removeLast(Int.random(in: 0...bytes.count, using: &generator))
            } else if !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            if let value = try? JSONReader.value(of: bytes) {
                #expect(try JSONReader.value(of: CanonicalJSON.bytes(of: value)) == value)
            }
        }
    }
}
