import AuditTestSupport
import Foundation
import LinearRegex
import Testing

/// Cases of RE2 itself (`re2/`), and patterns that hang backtracking engines (`regex-dos/`).
@Suite(.enabled(if: skipWithoutConformanceFolder("LinearRegexConformanceTests")))
struct LinearRegexConformanceTests {
    @Test func `every text is searched as RE2 searches it`() throws {
        let cases = try conformanceCases("re2/search.json", of: SearchCase.self)
        var passed = 0
        for testCase in cases {
            let pattern = try LinearPattern(testCase.pattern)
            let first = pattern.firstMatch(in: testCase.text)
            let whole = pattern.wholeMatch(of: testCase.text)
            let isRight =
                pattern.isMatch(in: testCase.text) == (testCase.partial_match_span != nil)
                && pattern.isWholeMatch(testCase.text) == testCase.full_match
                && first.map { [$0.range.lowerBound, $0.range.upperBound] } == testCase.partial_match_span
                && (whole != nil) == testCase.full_match
                && (first == nil || spans(first) == testCase.partial_groups ?? [])
                && (whole == nil || spans(whole) == testCase.full_groups ?? [])
            if isRight { passed += 1 }
            #expect(isRight, "\(testCase.id): \(testCase.pattern) in \(testCase.text.debugDescription)")
        }
        print("re2/search.json: passed \(passed) of \(cases.count)")
        #expect(!cases.isEmpty)
    }

    @Test func `every pattern is taken or refused as RE2 does`() throws {
        let cases = try conformanceCases("re2/syntax.json", of: SyntaxCase.self)
        var passed = 0
        for testCase in cases {
            let isTaken = (try? LinearPattern(testCase.pattern)) != nil
            // Where versions of RE2 differ, that there is an answer is all that is asked.
            let isRight = testCase.either == true || isTaken == testCase.valid
            if isRight { passed += 1 }
            #expect(isRight, "\(testCase.id): \(testCase.pattern)")
        }
        print("re2/syntax.json: passed \(passed) of \(cases.count)")
        #expect(!cases.isEmpty)
    }

    @Test func `patterns that hang backtracking engines are answered`() throws {
        let cases = try conformanceCases("regex-dos/cases.json", of: HangCase.self)
        var passed = 0
        for testCase in cases {
            let text = testCase.text_parts.map { String(repeating: $0.piece, count: $0.count) }.joined()
            let range = try LinearPattern(testCase.pattern).firstMatch(in: text)?.range
            let isRight = range.map { [$0.lowerBound, $0.upperBound] } == testCase.partial_match_span
            if isRight { passed += 1 }
            #expect(isRight, "\(testCase.id)")
        }
        print("regex-dos/cases.json: passed \(passed) of \(cases.count)")
        #expect(!cases.isEmpty)
    }

    private func spans(_ match: LinearPattern.Match?) -> [[Int]?] {
        (match?.groups ?? []).map { $0.map { [$0.lowerBound, $0.upperBound] } }
    }
}

private struct SearchCase: Decodable {
    var id: String
    var pattern: String
    var text: String
    var partial_match_span: [Int]?
    var partial_groups: [[Int]?]?
    var full_match: Bool
    var full_groups: [[Int]?]?
}

private struct SyntaxCase: Decodable {
    var id: String
    var pattern: String
    var valid: Bool?
    var either: Bool?
}

private struct HangCase: Decodable {
    struct Part: Decodable {
        var piece: String
        var count: Int

        init(from decoder: any Decoder) throws {
            var values = try decoder.unkeyedContainer()
            piece = try values.decode(String.self)
            count = try values.decode(Int.self)
        }
    }

    var id: String
    var pattern: String
    var text_parts: [Part]
    var partial_match_span: [Int]?
}

private struct CaseFile<Case: Decodable>: Decodable {
    var cases: [Case]
}

private func conformanceCases<Case: Decodable>(_ path: String, of type: Case.Type) throws -> [Case] {
    let folder = try #require(conformanceFolder)
    return try JSONDecoder().decode(CaseFile<Case>.self, from: Data(contentsOf: folder.appending(path: path))).cases
}
