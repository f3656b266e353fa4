import AuditModel
import AuditTestSupport
import Drift
import Foundation
import Testing

/// json-patch-tests, `json-patch/cases.json`.
@Suite(.enabled(if: skipWithoutConformanceFolder("JSONPatchConformanceTests")))
struct JSONPatchConformanceTests {
    @Test func `every patch is applied, or refused, as RFC 6902 says`() throws {
        let folder = try #require(conformanceFolder)
        let bytes = try [UInt8](Data(contentsOf: folder.appending(path: "json-patch/cases.json")))
        let cases = try JSONReader.value(of: bytes)["cases"]?.arrayValue ?? []
        var passed = 0
        for testCase in cases {
            let document = try #require(testCase["doc"])
            let outcome = Result { try Self.patch(of: testCase).applied(to: document) }
            let isRight: Bool
            switch (outcome, testCase["expected"], testCase["error"]) {
            case (.success(let result), let expected?, _): isRight = result == expected
            case (.failure, nil, _?): isRight = true
            // The patch applies and the result is not stated.
            case (.success, nil, nil): isRight = true
            case (.success, nil, _?), (.failure, _?, _), (.failure, nil, nil): isRight = false
            }
            if isRight { passed += 1 }
            #expect(isRight, "\(testCase["id"]?.stringValue ?? ""): \(outcome)")
        }
        // The cases that the source does not run are run, too.
        print("json-patch/cases.json: passed \(passed) of \(cases.count)")
        #expect(!cases.isEmpty)
    }

    private static func patch(of testCase: SettingValue) throws -> JSONPatch {
        let bytes = testCase["patch_text"]?.stringValue.map { Array($0.utf8) }
        return try JSONPatch(bytes: bytes ?? CanonicalJSON.bytes(of: testCase["patch"] ?? .null))
    }
}
