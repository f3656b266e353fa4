import AuditModel
import AuditPipeline
import Policies
import Reports

/// A rule's explanation as text and as JSON.
struct PolicyExplanation {
    /// What the rule says of one client.
    struct Judged {
        var snapshot: Snapshot
        var run: RunSelection
        var traced: PolicySet.TracedResult
    }

    var explanation: RuleExplanation
    var judged: Judged?

    // MARK: Text

    func text(inColor: Bool) -> String {
        (head + fields + verdict).map { $0.rendered(inColor: inColor) + "\n" }.joined()
    }

    private var head: [TerminalText] {
        let facts = explanation.facts
        return ["\(facts.id, .bold)  \(facts.title)", "\(facts.severity.rawValue), of policy \(facts.policyID)"]
    }

    private var fields: [TerminalText] {
        var lines: [TerminalText] = [""]
        let shown = explanation.fields.filter { !["title"].contains($0.name) }
        let width = shown.map(\.name.count).max() ?? 0
        let indent = String(repeating: " ", count: width + 2)
        for field in shown {
            let name = field.name + String(repeating: " ", count: width + 2 - field.name.count)
            if field.saying.value.isEmpty {
                lines.append("\(name, .bold)\("not said for this client", .dim)")
            } else {
                lines.append("\(name, .bold)\(field.saying.value)")
                lines.append("\(indent)\(field.saying.origin.description, .dim)")
            }
            for replaced in field.replaced.reversed() {
                lines.append("\(indent)instead of \(replaced.value)  \(replaced.origin.description, .dim)")
            }
            for other in field.elsewhere {
                lines.append("\(indent)elsewhere \(other.value)  \(other.origin.description, .dim)")
            }
        }
        return lines
    }

    private var verdict: [TerminalText] {
        guard let judged else { return [] }
        let client = judged.snapshot.client
        let result = judged.traced.result
        var lines: [TerminalText] = [
            "",
            "\(client.id.description, .bold)  \(client.code), run of \(judged.run.day.description) (\(judged.run.run.id.short))",
        ]
        if let disabled = explanation.disabled {
            lines.append("not applicable: \(disabled)")
            return lines
        }
        if !judged.traced.isInScope { lines.append("not in the rule's scope; what it would compare:") }
        lines += judged.traced.condition.map { line("when ", $0) } + judged.traced.check.map { line("check", $0) }
        let reason = result.notApplicableReason.map { " (\($0))" } ?? ""
        lines.append("verdict: \(result.verdict.rawValue, .bold)\(reason)")
        if let message = result.message { lines.append("\(message)") }
        return lines
    }

    private func line(_ part: String, _ comparison: Comparison) -> TerminalText {
        let actual = comparison.actual.map { CanonicalJSON.text(of: $0) } ?? "nothing"
        let wanted = (comparison.isNegated ? "not " : "") + comparison.expected
        let note = comparison.note.map { "; \($0)" } ?? ""
        return
            "  \(part)  \(comparison.path.dotted) is \(actual, .bold), wanted \(wanted): \(comparison.reason.rawValue)\(note)"
    }

    // MARK: JSON

    var json: SettingValue {
        var object = SettingObject()
        object["rule"] = .string(explanation.facts.id)
        object["title"] = .string(explanation.facts.title)
        object["severity"] = .string(explanation.facts.severity.rawValue)
        object["policy"] = .string(explanation.facts.policyID)
        object["disabled"] = explanation.disabled.map { .string($0) }
        object["fields"] = .array(
            explanation.fields.map { field in
                [
                    "name": .string(field.name), "value": .string(field.saying.value),
                    "origin": Self.json(field.saying.origin),
                    "replaced": .array(field.replaced.map(Self.json)),
                    "elsewhere": .array(field.elsewhere.map(Self.json)),
                ]
            })
        if let judged {
            object["judged"] = [
                "client": .string(judged.snapshot.client.id.description),
                "run": .string(judged.run.run.id.rawValue), "inScope": .bool(judged.traced.isInScope),
                "when": .array(judged.traced.condition.map(Self.json)),
                "check": .array(judged.traced.check.map(Self.json)),
                "verdict": .string(judged.traced.result.verdict.rawValue),
                "message": judged.traced.result.message.map { .string($0) } ?? .null,
                "notApplicable": judged.traced.result.notApplicableReason.map { .string($0) } ?? .null,
            ]
        }
        return .object(object)
    }

    private static func json(_ saying: RuleExplanation.Saying) -> SettingValue {
        ["value": .string(saying.value), "origin": json(saying.origin)]
    }

    private static func json(_ origin: RuleOrigin) -> SettingValue {
        [
            "file": origin.file.map { .string($0) } ?? .null, "line": .integer(Int64(origin.line)),
            "for": origin.subject.map { .string($0) } ?? .null, "reason": origin.reason.map { .string($0) } ?? .null,
        ]
    }

    private static func json(_ comparison: Comparison) -> SettingValue {
        [
            "path": .string(comparison.path.dotted), "expected": .string(comparison.expected),
            "actual": comparison.actual ?? .null, "reason": .string(comparison.reason.rawValue),
            "negated": .bool(comparison.isNegated), "note": comparison.note.map { .string($0) } ?? .null,
        ]
    }
}
