import AuditModel
import AuditTestSupport
import Testing

/// RFC 8785, `jcs/documents.json` and `jcs/numbers.json`.
@Suite(.enabled(if: skipWithoutConformanceFolder("CanonicalJSONConformanceTests")))
struct CanonicalJSONConformanceTests {
    @Test func `documents are reduced to their canonical bytes`() throws {
        var passed = 0
        let cases = try conformanceCases("jcs/documents.json")
        for testCase in cases {
            let output = try CanonicalJSON.bytes(of: JSONReader.value(of: base64(testCase["input_b64"])))
            if output == base64(testCase["output_b64"]) { passed += 1 }
            #expect(output == base64(testCase["output_b64"]), "\(testCase["id"]?.stringValue ?? "")")
        }
        print("jcs/documents.json: passed \(passed) of \(cases.count)")
        #expect(!cases.isEmpty)
    }

    @Test func `doubles are written as ECMAScript writes them`() throws {
        var passed = 0
        let cases = try conformanceCases("jcs/numbers.json")
        for testCase in cases {
            let bits = try #require(testCase["ieee"]?.stringValue.flatMap { UInt64($0, radix: 16) })
            let text = CanonicalJSON.text(of: Double(bitPattern: bits))
            if text == testCase["expected"]?.stringValue { passed += 1 }
            #expect(text == testCase["expected"]?.stringValue, "\(testCase["id"]?.stringValue ?? "")")
        }
        print("jcs/numbers.json: passed \(passed) of \(cases.count)")
        #expect(!cases.isEmpty)
    }
}
