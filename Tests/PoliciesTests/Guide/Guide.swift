import AuditTestSupport
import Foundation
import Policies
import Testing

/// `docs/policy-language.md`, cut into its examples and the tables that say what comes of them.
struct Guide {
    /// One row of a table.
    struct Row {
        var line: Int
        /// The cell about the client.
        var client: String
        /// The other cells, by rule id.
        var verdicts: [(rule: String, word: String)]
    }

    /// What is loaded together, and what must come of it.
    struct Example {
        var line: Int
        var policies: [String]
        var waivers: String?
        var cases: String?
        var rows: [Row] = []

        var files: [PolicyFile] {
            policies.enumerated().map { PolicyFile(name: "guide-\(line)-\($0).yaml", bytes: Array($1.utf8), layer: $0) }
        }
    }

    private(set) var examples: [Example] = []
    private(set) var blocks = ""

    init(_ text: String) throws {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var index = 0
        while index < lines.count {
            let line = lines[index]
            index += 1
            if line.hasPrefix("```yaml ") {
                let start = index
                while lines[index] != "```" { index += 1 }
                let block = lines[start..<index].joined(separator: "\n") + "\n"
                blocks += block
                index += 1
                take(block, as: String(line.dropFirst("```yaml ".count)), at: start + 1)
            } else if line.hasPrefix("| the client has |") {
                let rules = Self.cells(line).dropFirst()
                index += 1
                while index < lines.count, lines[index].hasPrefix("|") {
                    let cells = Self.cells(lines[index])
                    examples[examples.count - 1].rows.append(
                        Row(line: index + 1, client: cells[0], verdicts: zip(rules, cells.dropFirst()).map { ($0, $1) })
                    )
                    index += 1
                }
            }
        }
    }

    private mutating func take(_ block: String, as kind: String, at line: Int) {
        switch kind {
        case "rules":
            let head = "policy: {id: guide, title: Guide, version: '1'}\nrules:\n"
            examples.append(Example(line: line, policies: [head + block]))
        case "policy": examples.append(Example(line: line, policies: [block]))
        case "layer": examples[examples.count - 1].policies.append(block)
        case "waivers": examples[examples.count - 1].waivers = block
        case "cases": examples[examples.count - 1].cases = block
        default: Issue.record("line \(line): a block of an unknown kind, \(kind)")
        }
    }

    private static func cells(_ line: String) -> [String] {
        line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}

extension Guide.Example {
    /// The rows as a file of test cases.
    func testFile(rules: [String]) -> String {
        var text = """
            base: {client: {id: 4199, labels: {}}, internal: {}, settings: {}, messaging: {property: []}, voicePool: {voice: []}, countries: []}

            """
        text += waivers ?? ""
        text += "cases:\n"
        for row in rows {
            var set: [String] = []
            var unset: [String] = []
            var today = ""
            // Between backquotes stands what is data; the words around it say what kind.
            let parts = row.client.components(separatedBy: "`")
            for (index, part) in parts.enumerated() where index % 2 == 1 {
                if parts[index - 1].hasSuffix("on ") {
                    today = "today: \(part), "
                } else if parts[index + 1].hasPrefix(" not captured") {
                    unset.append(part)
                } else if part.contains(": ") {
                    set.append(part)
                }
            }
            let verdicts = row.verdicts.map { "\($0.rule == "verdict" ? rules[0] : $0.rule): \($0.word)" }
            text += "  - {name: line \(row.line), \(today)set: {\(set.map(Self.quoted).joined(separator: ", "))}, "
            text += "unset: [\(unset.joined(separator: ", "))], expect: {\(verdicts.joined(separator: ", "))}}\n"
        }
        return text
    }

    private static func quoted(_ entry: String) -> String {
        let parts = entry.split(separator: ":", maxSplits: 1)
        return "\"\(parts[0])\":\(parts[1])"
    }
}
