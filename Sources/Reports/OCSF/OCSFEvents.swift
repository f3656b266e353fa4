import AuditModel

/// A run's report as OCSF 1.8.0 events of class 2003, Compliance Finding, with the profile `datetime`: one event a line for
/// every result, as collectors of security events read files.
struct OCSFEvents {
    private static let schemaVersion = "1.8.0"
    private static let classID = 2003

    let report: AuditReport
    private let facts: [String: RuleFacts]
    private let joined: Set<Client.ID>
    private let changes: ChangeIndex

    init(_ report: AuditReport) {
        self.report = report
        facts = report.factsByID
        joined = Set(report.rosterChanges.filter { $0.kind == .joined }.map(\.client.id))
        changes = ChangeIndex(report.settingsChanges)
    }

    /// The events in UTF-8; no bytes where nothing was judged.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for result in report.results {
            bytes += MachineJSON.line(of: event(result)).utf8
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    private func event(_ result: ReportedResult) -> SettingValue {
        let mapping = VerdictMapping.of(result.verdict).ocsf
        let rule = facts[result.ruleID]
        let severity = SeverityMapping.of(mapping.keepsSeverity ? result.severity(under: rule) ?? .info : .info).ocsf
        let state = BaselineState.of(result, in: report, joined: joined, changes: changes)
        let activity = BaselineState.activity(state)
        let run = report.run
        return .members([
            ("activity_id", .count(activity.id)), ("activity_name", .string(activity.caption)),
            ("category_uid", 2), ("category_name", "Findings"),
            ("class_uid", .count(Self.classID)), ("class_name", "Compliance Finding"),
            ("type_uid", .count(Self.classID * 100 + activity.id)),
            ("type_name", .string("Compliance Finding: \(activity.caption)")),
            ("severity_id", .count(severity.id)), ("severity", .string(severity.caption)),
            ("status_id", .count(mapping.status.id)), ("status", .string(mapping.status.caption)),
            ("time", .integer(run.startedAt.milliseconds)), ("time_dt", .time(run.startedAt)),
            ("start_time", .integer(run.startedAt.milliseconds)), ("start_time_dt", .time(run.startedAt)),
            ("end_time", run.sealedAt.map { .integer($0.milliseconds) }),
            ("end_time_dt", run.sealedAt.map { .time($0) }),
            ("message", .string(ResultSentence.text(of: result))), ("metadata", metadata(result)),
            ("finding_info", findingInfo(result, rule)), ("compliance", compliance(result, rule, mapping)),
            ("resources", [resource(result.client)]),
            ("remediation", rule?.remediation.map { ["desc": .string(VisibleText.prose($0))] }),
            ("unmapped", unmapped(result, rule)),
        ])
    }

    private func metadata(_ result: ReportedResult) -> SettingValue {
        [
            "version": .string(Self.schemaVersion), "profiles": ["datetime"],
            "product": ["name": "audit", "vendor_name": "audit", "version": .string(report.run.toolVersion)],
            "uid": .string(DerivedUUID.text(of: "ocsf\n\(report.run.id)\n\(result.uuid("finding"))")),
            "correlation_uid": .string(report.run.id.rawValue),
            "log_name": .string(report.run.environment.rawValue),
        ]
    }

    private func findingInfo(_ result: ReportedResult, _ rule: RuleFacts?) -> SettingValue {
        let since = result.finding?.failingSince
        let title = rule.map { VisibleText.prose($0.title) } ?? ""
        return .members([
            ("uid", .string(result.uuid("finding"))), ("uid_alt", .string(result.findingID)),
            ("title", .string(title.isEmpty ? VisibleText.of(result.ruleID) : title)),
            ("desc", rule?.rationale.map { .string(VisibleText.prose($0)) }),
            ("types", rule.map { [.string(VisibleText.of($0.policyID))] }),
            (
                "analytic",
                ["type_id": 1, "type": "Rule", "uid": .string(VisibleText.of(result.ruleID)), "name": .string(title)]
            ),
            ("first_seen_time", since.map { .integer($0.milliseconds) }),
            ("first_seen_time_dt", since.map { .time($0) }),
            ("last_seen_time", .integer(report.run.startedAt.milliseconds)),
            ("last_seen_time_dt", .time(report.run.startedAt)),
        ])
    }

    private func compliance(
        _ result: ReportedResult, _ rule: RuleFacts?, _ mapping: VerdictMapping.OCSF
    ) -> SettingValue {
        let references = rule?.controls.map { VisibleText.of($0.reference) } ?? []
        // `PCI-DSS-4.0/8.3.4`: the standard stands before the slash.
        let standards = distinct(references.map { String($0.prefix { $0 != "/" }) })
        let reasons = distinct(result.finding?.result.comparisons.map(\.reason.rawValue) ?? [])
        return .members([
            ("control", .string(VisibleText.of(result.ruleID))),
            ("desc", rule.map { .string(VisibleText.prose($0.title)) }),
            ("status_id", .count(mapping.compliance.id)), ("status", .string(mapping.compliance.caption)),
            ("status_code", reasons.first.map(SettingValue.string)),
            ("status_detail", .string(ResultSentence.statement(of: result))),
            ("standards", .array(standards.map(SettingValue.string))),
            ("requirements", .array(references.map(SettingValue.string))),
        ])
    }

    private func resource(_ client: Client) -> SettingValue {
        .members([
            ("uid", .string(client.id.description)), ("name", .string(VisibleText.of(Words.short(client)))),
            ("type", "LiveVox client"), ("namespace", .string(client.id.environment.rawValue)),
            (
                "labels",
                .array(
                    client.labels.sorted { $0.key.precedesInUTF16($1.key) }.map {
                        .string(VisibleText.of("\($0.key): \($0.value)"))
                    })
            ),
        ])
    }

    /// What OCSF has no place for, under our own names.
    private func unmapped(_ result: ReportedResult, _ rule: RuleFacts?) -> SettingValue {
        .members([
            ("verdict", .string(result.verdict.rawValue)), ("synthetic", .bool(report.run.isSynthetic)),
            ("hypothesis", report.hypothesis.map(SettingValue.string)),
            ("rule_severity", result.severity(under: rule).map { .string($0.rawValue) }),
            ("code", .string(result.client.code)),
            ("name", .string(result.client.name)),
            ("transition", (result.finding?.transition).map { .string($0.rawValue) }),
            ("comparisons", (result.finding?.result.comparisons).map { .list($0, \.json) }),
            ("missing", (result.finding?.result.missing).map { .list($0) { .string($0.rawValue) } }),
            ("not_applicable_reason", result.notApplicableReason.map(SettingValue.string)),
            ("waiver", result.finding?.waiver.map(\.json)),
        ])
    }
}
