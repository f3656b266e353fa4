import AuditModel

/// A run's report as JUnit XML, for CI servers: one suite a client, one test case a rule. Both schemas in use take it, that
/// of Ant (Windy Road's) and that of Jenkins.
struct JUnitReport {
    let report: AuditReport

    init(_ report: AuditReport) { self.report = report }

    /// One suite.
    private struct Suite {
        var name: String
        var package: String
        var properties: [(String, String)]
        var cases: [(className: String, name: String, outcome: Outcome?)]
    }

    /// What stands inside a test case that does not simply pass.
    private struct Outcome {
        var element: String
        var message: String
        var type: String?
        var text: String
    }

    /// The document in UTF-8.
    var bytes: [UInt8] {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
        for (index, suite) in suites.enumerated() { text += xml(of: suite, id: index) }
        return Array((text + "</testsuites>\n").utf8)
    }

    private var suites: [Suite] {
        let facts = report.factsByID
        let order = Dictionary(
            report.rules.enumerated().map { ($1.facts.id, $0) }, uniquingKeysWith: { first, _ in first })
        let byClient = Dictionary(grouping: report.results, by: \.client.id)
        let suites = byClient.sorted { $0.key < $1.key }.map { id, results in
            let client = results[0].client
            let sorted = results.sorted {
                (order[$0.ruleID] ?? .max, $0.ruleID) < (order[$1.ruleID] ?? .max, $1.ruleID)
            }
            return Suite(
                name: Self.token(Words.label(client)), package: Self.token(id.environment.rawValue),
                properties: [("client", id.description), ("code", client.code), ("name", client.name)],
                cases: sorted.map { result in
                    let title = facts[result.ruleID].map { VisibleText.prose($0.title) } ?? ""
                    return (
                        Self.token("\(id.environment).\(id.number)"),
                        Self.token(result.ruleID + (title.isEmpty ? "" : " " + ValueText.shortened(title))),
                        outcome(of: result, facts[result.ruleID])
                    )
                })
        }
        return suites + gaps
    }

    private func outcome(of result: ReportedResult, _ facts: RuleFacts?) -> Outcome? {
        guard let element = VerdictMapping.of(result.verdict).jUnit else { return nil }
        let words = VerdictMapping.of(result.verdict).words
        let statement = ResultSentence.statement(of: result)
        var lines = [ResultSentence.text(of: result), "finding \(result.findingID)"]
        if let since = result.finding?.failingSince { lines.append("failing since \(since.rfc3339)") }
        if let remediation = facts?.remediation, result.verdict != .notApplicable {
            lines.append("fix: \(ValueText.shortened(VisibleText.prose(remediation)))")
        }
        return Outcome(
            element: element, message: element == "skipped" ? "\(words): \(statement)" : statement,
            // The strict schema knows no type of what is skipped.
            type: element == "skipped" ? nil : result.severity(under: facts)?.rawValue ?? words,
            text: lines.joined(separator: "\n"))
    }

    /// What is missing and shows in no result: a green build must not hide it. Where some result is unknown the build is
    /// not green anyway, and the counts stay those of the results.
    private var gaps: [Suite] {
        guard report.unknowns.isEmpty else { return [] }
        let conditions = report.conditions.filter { $0.status != .findings }
        guard !conditions.isEmpty else { return [] }
        return [
            Suite(
                name: "run", package: Self.token(report.run.environment.rawValue), properties: [],
                cases: conditions.map { condition in
                    let sentence = VisibleText.prose(condition.sentence)
                    return (
                        Self.token("\(report.run.environment).run"), "exit status \(condition.status.rawValue)",
                        Outcome(element: "error", message: sentence, type: "incomplete", text: sentence)
                    )
                })
        ]
    }

    // MARK: XML

    private func xml(of suite: Suite, id: Int) -> String {
        func count(_ element: String) -> Int { suite.cases.count { $0.outcome?.element == element } }
        var text = "<testsuite"
        for (name, value) in [
            ("id", "\(id)"), ("name", suite.name), ("package", suite.package), ("timestamp", timestamp),
            ("hostname", host), ("tests", "\(suite.cases.count)"), ("failures", "\(count("failure"))"),
            ("errors", "\(count("error"))"), ("skipped", "\(count("skipped"))"), ("time", "0"),
        ] {
            text += attribute(name, value)
        }
        text += ">\n<properties>\n"
        for (name, value) in facts + suite.properties {
            text += "<property" + attribute("name", name) + attribute("value", value) + "/>\n"
        }
        text += "</properties>\n"
        for entry in suite.cases {
            text += "<testcase" + attribute("classname", entry.className) + attribute("name", entry.name)
            text += attribute("time", "0")
            guard let outcome = entry.outcome else {
                text += "/>\n"
                continue
            }
            text += "><\(outcome.element)" + (outcome.type.map { attribute("type", $0) } ?? "")
            text += attribute("message", outcome.message) + ">"
            // The lines are our own; what stands in them is one line each.
            text += outcome.text.split(separator: "\n").map { XMLText.escaped(String($0)) }.joined(separator: "\n")
            text += "</\(outcome.element)></testcase>\n"
        }
        return text + "<system-out></system-out>\n<system-err></system-err>\n</testsuite>\n"
    }

    private var facts: [(String, String)] {
        [
            ("digest", DigestSentence.text(for: report)), ("run", report.run.id.rawValue),
            ("environment", report.run.environment.rawValue), ("synthetic", report.run.isSynthetic ? "true" : "false"),
            ("audit", report.run.toolVersion),
        ]
    }

    private func attribute(_ name: String, _ value: String) -> String { " \(name)=\"\(XMLText.escaped(value))\"" }

    /// The run's start in UTC; the strict schema allows neither fractions nor a zone.
    private var timestamp: String {
        let seconds = Timestamp(
            milliseconds: report.run.startedAt.milliseconds - report.run.startedAt.milliseconds.modulo(1000))
        return String(seconds.rfc3339.dropLast())
    }

    /// The platform's host, of which the base URL is the only source; `localhost`, as the schema asks, where it is no plain
    /// name.
    private var host: String {
        let rest = report.run.baseURL.split(separator: "/", omittingEmptySubsequences: false)
        guard rest.count >= 3, rest[1].isEmpty, !rest[2].isEmpty,
            rest[2].utf8.allSatisfy({ byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"):
                    true
                default: false
                }
            })
        else { return "localhost" }
        return String(rest[2])
    }

    /// A name that is not empty once white space is collapsed, as `xs:token` does.
    private static func token(_ text: String) -> String {
        let name = VisibleText.prose(ValueText.shortened(text))
        return name.isEmpty ? "-" : name
    }
}

extension Int64 {
    /// The rest of a division that rounds towards minus infinity.
    fileprivate func modulo(_ divisor: Int64) -> Int64 {
        let rest = self % divisor
        return rest < 0 ? rest + divisor : rest
    }
}
