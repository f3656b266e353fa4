import AuditTestSupport
import Testing

/// The language's own conformance suite, `cel/*.json`.
@Suite(.enabled(if: skipWithoutConformanceFolder("CELConformanceTests")))
struct CELConformanceTests {
    @Test func `every expression gives what the language says`() throws {
        let files = try ConformanceFile.all()
        #expect(!files.isEmpty)
        for (name, file) in files {
            var passed = 0
            var failures: [String] = []
            for testCase in file.cases {
                if let problem = testCase.problem() {
                    failures.append("\(testCase.id): \(testCase.expr) \(problem)")
                } else {
                    passed += 1
                }
            }
            print("cel/\(name) (\(file.tier)): passed \(passed) of \(file.cases.count)")
            for failure in failures { print("  \(failure)") }
            #expect(!file.cases.isEmpty)
            // The tier `later` is beyond what JSON documents need; it is counted and printed, and passes as a whole, too.
            #expect(failures.isEmpty, "\(name)")
        }
    }
}
