import AuditModel

/// A run's report as OSCAL 1.2.1 assessment results (NIST).
///
/// Each result is an observation about its client, and a finding about the rule as an objective, but for what does not
/// apply: OSCAL knows satisfied and not satisfied alone, and the rule is neither. A failure is a risk besides, open or, under
/// a waiver, with an approved deviation and the waiver's last day as deadline.
struct OSCALResults {
    private static let namespace: SettingValue = "urn:audit:oscal"

    let report: AuditReport
    private let facts: [String: RuleFacts]

    init(_ report: AuditReport) {
        self.report = report
        facts = report.factsByID
    }

    /// The document in UTF-8, with one observation, finding or risk a line.
    var bytes: [UInt8] {
        let results = report.results
        var members: [(String, String)] = []
        func add(_ name: String, _ value: SettingValue) { members.append((name, MachineJSON.line(of: value))) }
        // Lists of OSCAL have at least one element, or are not there.
        func add(_ name: String, _ list: [SettingValue]) {
            if !list.isEmpty { members.append((name, JSONLayout.list(list.map(MachineJSON.line)))) }
        }
        add("uuid", .string(uuid("result")))
        add("title", OSCALText.line("Run \(report.run.id.short) of \(report.run.environment) on \(report.day)"))
        add("description", OSCALText.line(DigestSentence.text(for: report)))
        add("start", .string(report.run.startedAt.rfc3339))
        if let end = report.run.sealedAt { add("end", .string(end.rfc3339)) }
        add("props", .array(runProperties))
        let items = inventory(results)
        if !items.isEmpty { add("local-definitions", ["inventory-items": .array(items)]) }
        add("reviewed-controls", reviewedControls)
        add("observations", results.map(observation))
        add("risks", results.compactMap(risk))
        add("findings", results.compactMap(finding))
        if !remarks.isEmpty { add("remarks", .string(remarks)) }
        let document: [(String, String)] = [
            ("uuid", MachineJSON.line(of: .string(uuid("document")))), ("metadata", MachineJSON.line(of: metadata)),
            ("import-ap", MachineJSON.line(of: plan)), ("results", "[" + JSONLayout.object(members) + "]"),
        ]
        let text = JSONLayout.object([("assessment-results", JSONLayout.object(document))])
        return Array((text + "\n").utf8)
    }

    // MARK: Around the results

    private var metadata: SettingValue {
        .members([
            ("title", OSCALText.line("Audit of LiveVox client settings, \(report.run.environment), \(report.day)")),
            ("last-modified", .string((report.run.sealedAt ?? report.run.startedAt).rfc3339)),
            ("version", .string(report.run.id.rawValue)), ("oscal-version", "1.2.1"),
            ("props", property("tool-version", report.run.toolVersion).map { [$0] }),
        ])
    }

    /// There is no assessment plan as a document: the policy set takes its place, by its digest.
    private var plan: SettingValue {
        [
            "href": .string("urn:sha256:" + (report.run.policySet?.hex ?? "none")),
            "remarks": OSCALText.line(
                "No assessment plan exists as a document. What was assessed is set by policy files, whose set has this SHA-256: "
                    + report.policies.map { "\($0.id) \($0.version) (\($0.file))" }.joined(separator: ", ")),
        ]
    }

    private var runProperties: [SettingValue] {
        [
            property("environment", report.run.environment.rawValue),
            property("synthetic", report.run.isSynthetic ? "true" : "false"),
            property("run-state", report.run.state.rawValue), property("exit-status", "\(report.exitStatus.rawValue)"),
            property("time-zone", report.timeZone),
        ].compactMap(\.self)
    }

    /// What the results do not show, and each exit condition.
    private var remarks: String {
        (report.conditions.map(\.sentence) + report.warnings + report.notAssessed)
            .map { "- " + MarkdownText(VisibleText.prose($0)).markdown }.joined(separator: "\n")
    }

    private func inventory(_ results: [ReportedResult]) -> [SettingValue] {
        let clients = Dictionary(results.map { ($0.client.id, $0.client) }, uniquingKeysWith: { first, _ in first })
        return clients.sorted { $0.key < $1.key }.map { id, client in
            [
                "uuid": .string(Self.uuid(of: id)),
                "description": OSCALText.line("LiveVox client \(Words.label(client))"),
                "props": .array(
                    [
                        property("client", id.description), property("code", client.code),
                        property("name", client.name),
                        property("account", client.account),
                    ].compactMap(\.self)),
            ]
        }
    }

    private var reviewedControls: SettingValue {
        let references = distinct(report.rules.flatMap { $0.facts.controls.map(\.reference) })
        let standards = Dictionary(grouping: references) { String($0.prefix { $0 != "/" }) }
        let selections: [SettingValue] = standards.sorted { $0.key.precedesInUTF16($1.key) }.map {
            standard, references in
            [
                "description": OSCALText.line(
                    "Controls of \(standard) that rules name; the policies say how far each goes."),
                "include-controls": .array(
                    distinct(references.map(OSCALText.token)).map { ["control-id": .string($0)] }),
            ]
        }
        let objectives = distinct(report.rules.map { OSCALText.token($0.facts.id) })
        return .members([
            (
                "control-selections",
                .array(selections.isEmpty ? [Self.noControls] : selections)
            ),
            (
                "control-objective-selections",
                objectives.isEmpty
                    ? nil
                    : [
                        [
                            "description": "The rules of the policies, each as one objective.",
                            "include-objectives": .array(objectives.map { ["objective-id": .string($0)] }),
                        ]
                    ]
            ),
        ])
    }

    /// A selection has to include something: all of nothing, where no rule names a control.
    private static let noControls: SettingValue = [
        "description": "No rule names a control of a standard; there is no catalogue to select from.",
        "include-all": [:],
    ]

    // MARK: The results

    private func observation(_ result: ReportedResult) -> SettingValue {
        [
            "uuid": .string(uuid("observation", result)), "title": OSCALText.line(title(of: result)),
            "description": OSCALText.line(ResultSentence.text(of: result)), "methods": ["TEST"],
            "types": [result.verdict == .pass || result.verdict == .notApplicable ? "control-objective" : "finding"],
            "collected": .string(report.run.startedAt.rfc3339),
            "subjects": [["subject-uuid": .string(Self.uuid(of: result.client.id)), "type": "inventory-item"]],
            "props": .array(properties(of: result)),
        ]
    }

    private func finding(_ result: ReportedResult) -> SettingValue? {
        let mapping = VerdictMapping.of(result.verdict).oscal
        guard let target = mapping.target else { return nil }
        return .members([
            ("uuid", .string(uuid("finding", result))), ("title", OSCALText.line(title(of: result))),
            ("description", OSCALText.line(ResultSentence.text(of: result))), ("props", .array(properties(of: result))),
            (
                "target",
                [
                    "type": "objective-id", "target-id": .string(OSCALText.token(result.ruleID)),
                    "status": ["state": .string(target.state), "reason": .string(target.reason)],
                ]
            ),
            ("related-observations", [["observation-uuid": .string(uuid("observation", result))]]),
            (
                "related-risks",
                mapping.risk == nil ? nil : [["risk-uuid": .string(uuid("risk", result))]]
            ),
        ])
    }

    private func risk(_ result: ReportedResult) -> SettingValue? {
        guard let status = VerdictMapping.of(result.verdict).oscal.risk else { return nil }
        let rule = facts[result.ruleID]
        let waiver = result.finding?.waiver
        return .members([
            ("uuid", .string(uuid("risk", result))), ("title", OSCALText.line(title(of: result))),
            ("description", OSCALText.line(ResultSentence.text(of: result))),
            ("statement", OSCALText.line(rule?.rationale ?? title(of: result))), ("status", .string(status)),
            ("props", .array(properties(of: result) + (waiver.map(properties) ?? []))),
            ("deadline", waiver.flatMap { Self.deadline($0.expires) }),
            (
                "remediations",
                rule?.remediation.map { remediation in
                    [
                        [
                            "uuid": .string(uuid("remediation", result)), "lifecycle": "recommendation",
                            "title": OSCALText.line("Mend \(result.ruleID)"),
                            "description": OSCALText.line(remediation),
                        ]
                    ]
                }
            ),
            ("related-observations", [["observation-uuid": .string(uuid("observation", result))]]),
        ])
    }

    private func title(of result: ReportedResult) -> String {
        let title = facts[result.ruleID].map { VisibleText.prose($0.title) } ?? ""
        return result.ruleID + (title.isEmpty ? "" : ": " + title)
    }

    private func properties(of result: ReportedResult) -> [SettingValue] {
        [
            property("verdict", result.verdict.rawValue), property("rule", result.ruleID),
            property("client", result.client.id.description), property("finding", result.findingID),
            result.severity(under: facts[result.ruleID]).flatMap { property("severity", $0.rawValue) },
            result.finding?.failingSince.flatMap { property("failing-since", $0.rfc3339) },
        ].compactMap(\.self)
    }

    private func properties(of waiver: WaiverFacts) -> [SettingValue] {
        [
            property("waiver", waiver.id), property("waiver-reason", waiver.reason),
            waiver.owner.flatMap { property("waiver-owner", $0) }, property("waiver-approver", waiver.approver),
            waiver.ticket.flatMap { property("waiver-ticket", $0) }, property("waiver-from", waiver.from.description),
            property("waiver-expires", waiver.expires.description),
        ].compactMap(\.self)
    }

    /// A property under our own namespace; nil where there is nothing to say.
    private func property(_ name: String, _ value: String) -> SettingValue? {
        let value = VisibleText.prose(value)
        return value.isEmpty ? nil : ["name": .string(name), "ns": Self.namespace, "value": .string(value)]
    }

    private func uuid(_ what: String) -> String { DerivedUUID.text(of: "oscal \(what)\n\(report.run.id)") }

    private func uuid(_ what: String, _ result: ReportedResult) -> String {
        DerivedUUID.text(of: "oscal \(what)\n\(report.run.id)\n\(result.uuid("finding"))")
    }

    /// The end of a waiver's last day in UTC; nil beyond the years that OSCAL's dates can have.
    private static func deadline(_ day: CalendarDay) -> SettingValue? {
        (1900...2999).contains(day.fields.year) ? .string("\(day)T23:59:59Z") : nil
    }

    /// A client is the same inventory item in every run.
    private static func uuid(of client: Client.ID) -> String {
        DerivedUUID.text(of: "oscal client\n\(client.environment)\n\(client.number)")
    }
}
