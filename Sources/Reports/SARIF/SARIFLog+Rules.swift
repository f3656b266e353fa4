import AuditModel

extension SARIFLog {
    /// The tool with its rules, in the report's order.
    var tool: SettingValue {
        [
            "driver": .members([
                ("name", "audit"), ("version", .string(report.run.toolVersion)),
                ("semanticVersion", Self.isSemantic(report.run.toolVersion) ? .string(report.run.toolVersion) : nil),
                (
                    "shortDescription",
                    ["text": "Audits the settings of LiveVox clients against declarative policies."]
                ),
                ("rules", .list(report.rules) { descriptor($0.facts) }),
            ])
        ]
    }

    private func descriptor(_ facts: RuleFacts) -> SettingValue {
        let severity = SeverityMapping.of(facts.severity)
        let title = facts.title.isEmpty ? facts.id : facts.title
        // GitHub shows 1,024 characters of a description and 20 tags of a rule.
        let short = String(SARIFText.escaped(VisibleText.prose(title)).unicodeScalars.prefix(1_000))
        let full = String(
            SARIFText.escaped(VisibleText.prose(facts.rationale ?? title)).unicodeScalars.prefix(1_000))
        let controls = facts.controls.prefix(18).map { SettingValue.string(VisibleText.of($0.reference)) }
        return [
            "id": .string(facts.id), "shortDescription": ["text": .string(short)],
            "fullDescription": ["text": .string(full)], "help": help(facts),
            "defaultConfiguration": ["level": .string(severity.sarifLevel)],
            "properties": [
                "tags": .array(["security", "configuration"] + controls), "precision": "very-high",
                "security-severity": .string(severity.securitySeverity),
                "audit/severity": .string(facts.severity.rawValue),
                "audit/policy": .string(facts.policyID),
            ],
        ]
    }

    private func help(_ facts: RuleFacts) -> SettingValue {
        let remediation = VisibleText.prose(facts.remediation ?? "The policy names no remedy.")
        let controls = facts.controls.map { "\($0.reference) (\($0.strength.rawValue))" }
        let caveats = facts.controls.compactMap { control in control.caveat.map { "\(control.reference): \($0)" } }
        let lines: [MarkdownText] =
            ["**Fix:** \(remediation)"]
            + (controls.isEmpty ? [] : ["**Controls:** \(VisibleText.prose(controls.joined(separator: ", ")))"])
            + caveats.map { "*\(VisibleText.prose($0))*" }
        return [
            "text": .string(SARIFText.escaped(remediation)),
            "markdown": .string(lines.map { Self.doubled($0.markdown) }.joined(separator: "\n\n")),
        ]
    }

    /// Placeholders are looked for in Markdown as well; its own escaping knows nothing of them.
    private static func doubled(_ markdown: String) -> String {
        markdown.replacing("{", with: "{{").replacing("}", with: "}}")
    }

    /// Whether the text is a version after semver.org: three numbers, then perhaps a pre-release and build.
    private static func isSemantic(_ text: String) -> Bool {
        text.wholeMatch(of: /(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?/)
            != nil
    }
}
