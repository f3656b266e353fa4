import AuditModel
import Policies

/// Runs and tells policy test cases.
enum PolicyTestReport {
    /// Runs every test file against the policy set and prints what came; ends with 2 where a file has mistakes, with 1
    /// where a case differs or a rule has no case that makes it fail.
    static func run(_ set: PolicySet, _ files: [PolicyFile]) throws {
        var reports: [PolicyTests.Report] = []
        var mistakes = 0
        for file in files {
            let loaded = PolicyTests.load(file, for: set)
            for diagnostic in loaded.diagnostics { Console.message(diagnostic.description) }
            mistakes += loaded.diagnostics.filter { $0.severity == .error }.count
            if let tests = loaded.tests { reports.append(tests.run(on: set)) }
        }
        if mistakes > 0 { throw CommandEnd(.usage, "\(count(mistakes, "mistake")) in the test cases.") }
        for report in reports {
            for result in report.cases where !result.hasPassed { Console.words(text(of: result, in: report.file)) }
        }
        let failed = reports.flatMap(\.cases).filter { !$0.hasPassed }.count
        let total = reports.flatMap(\.cases).count
        // A rule is covered where any of the files makes it fail.
        let uncovered = reports.map { Set($0.rulesNeverFailing) }.reduce(Set(set.facts.map(\.id))) {
            $0.intersection($1)
        }
        for rule in uncovered.sorted() { Console.words("\(rule): no case makes this rule fail\n") }
        Console.result(
            "\(count(files.count, "test file")), \(count(total, "case")), \(count(set.facts.count, "rule")): "
                + (failed == 0 && uncovered.isEmpty
                    ? "all as expected\n"
                    : "\(count(failed, "case")) differ, \(count(uncovered.count, "rule")) without a failing case\n"))
        if failed > 0 || !uncovered.isEmpty { throw CommandEnd(.findings) }
    }

    private static func text(of result: PolicyTests.CaseResult, in file: String) -> String {
        var text = "\(file):\(result.place.line): \(result.name)\n"
        for expectation in result.expectations where !expectation.isMet {
            text +=
                "  \(expectation.ruleID): expected \(expectation.expectedWord), got \(expectation.actualWord)"
            for comparison in expectation.actual.comparisons {
                let actual = comparison.actual.map(CanonicalJSON.text(of:)) ?? "nothing"
                text +=
                    "\n    \(comparison.path): \(actual), expected \(comparison.expected) (\(comparison.reason.rawValue))"
            }
            text += "\n"
        }
        return text
    }
}
