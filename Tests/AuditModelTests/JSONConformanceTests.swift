import AuditModel
import AuditTestSupport
import Testing

/// JSONTestSuite, `json/parsing.json`.
@Suite(.enabled(if: skipWithoutConformanceFolder("JSONConformanceTests")))
struct JSONConformanceTests {
    @Test func `every text is accepted or refused as RFC 8259 says`() throws {
        var passed = 0
        let cases = try conformanceCases("json/parsing.json")
        for testCase in cases {
            let id = testCase["id"]?.stringValue ?? ""
            let result = Result { try JSONReader.value(of: base64(testCase["base64"])) }
            let isRight: Bool
            switch (testCase["expect"]?.stringValue, result) {
            // The grammar allows duplicate keys; a reader of evidence refuses them, as RFC 8785 does.
            case ("accept", .failure(let error as JSONReadingError)): isRight = isDuplicateKey(error)
            case ("accept", .success), ("reject", .failure): isRight = true
            // RFC 8259 leaves these to the reader; that it answers at all is what is asked.
            case ("either", _): isRight = true
            default: isRight = false
            }
            if isRight { passed += 1 }
            #expect(isRight, "\(id): \(result)")
        }
        print("json/parsing.json: passed \(passed) of \(cases.count)")
        #expect(!cases.isEmpty)
    }

    @Test func `every accepted text keeps its value through canonical bytes`() throws {
        for testCase in try conformanceCases("json/parsing.json") {
            guard let value = try? JSONReader.value(of: base64(testCase["base64"])) else { continue }
            let again = try JSONReader.value(of: CanonicalJSON.bytes(of: value))
            #expect(again == value, "\(testCase["id"]?.stringValue ?? "")")
        }
    }

    private func isDuplicateKey(_ error: JSONReadingError) -> Bool {
        if case .duplicateKey = error.cause { true } else { false }
    }
}
