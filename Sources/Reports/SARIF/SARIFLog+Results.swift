import AuditModel

extension SARIFLog {
    /// One line of the log: a result of this run, or a failure of the run before whose rule or client is gone.
    enum Entry {
        case present(ReportedResult)
        case gone(VerdictChange)

        var client: Client {
            switch self {
            case .present(let result): result.client
            case .gone(let move): move.client
            }
        }

        var result: ReportedResult? {
            guard case .present(let result) = self else { return nil }
            return result
        }
    }

    /// What is written, the most urgent first.
    var entries: [Entry] {
        let results = report.results
        let urgent = results.filter { $0.verdict != .pass && $0.verdict != .notApplicable }
        switch selection {
        case .alerts: return results.filter { VerdictMapping.of($0.verdict).sarif.isAlert }.map(Entry.present)
        case .all:
            let gone = report.verdictChanges.filter { $0.transition == .ruleRetired || $0.transition == .clientLeft }
            return urgent.map(Entry.present) + gone.map(Entry.gone)
                + results.filter { $0.verdict == .pass || $0.verdict == .notApplicable }.map(Entry.present)
        }
    }

    /// - Parameter artifact: the place of the client's file in `artifacts`.
    func json(of entry: Entry, artifact: Int) -> SettingValue {
        switch entry {
        case .present(let result): json(of: result, artifact: artifact)
        case .gone(let move): json(of: move, artifact: artifact)
        }
    }

    private func json(of result: ReportedResult, artifact: Int) -> SettingValue {
        let mapping = VerdictMapping.of(result.verdict).sarif
        let severity = result.severity(under: facts[result.ruleID])
        let state = BaselineState.of(result, in: report, joined: joined, changes: changes)
        return .members([
            ("ruleId", .string(result.ruleID)), ("ruleIndex", ruleIndices[result.ruleID].map { .count($0) }),
            ("kind", .string(mapping.kind)),
            (
                "level",
                .string(mapping.hasLevel ? SeverityMapping.of(severity ?? .info).sarifLevel : "none")
            ),
            ("message", SARIFText.message(message(of: result))),
            ("locations", .array(places(of: result, artifact: artifact))),
            ("guid", .string(DerivedUUID.text(of: "result\n\(report.run.id)\n\(result.uuid("finding"))"))),
            ("correlationGuid", .string(result.uuid("finding"))),
            ("partialFingerprints", fingerprints(of: result)), ("baselineState", state.map { .string($0.rawValue) }),
            (
                "suppressions",
                mapping.isSuppressed ? result.finding?.waiver.map { [suppression($0, of: result)] } : nil
            ),
            ("properties", properties(of: result, severity: severity)),
        ])
    }

    private func message(of result: ReportedResult) -> String {
        let title = facts[result.ruleID].map { VisibleText.prose($0.title) } ?? ""
        return (title.isEmpty ? "" : ValueText.shortened(title) + ". ") + ResultSentence.text(of: result)
    }

    private func json(of move: VerdictChange, artifact: Int) -> SettingValue {
        let what =
            move.transition == .clientLeft
            ? "the client is not on the roster any more" : "the rule is not in the policies any more"
        let result = ReportedResult(client: move.client, ruleID: move.ruleID, verdict: .notApplicable)
        return .members([
            ("ruleId", .string(move.ruleID)), ("ruleIndex", ruleIndices[move.ruleID].map { .count($0) }),
            ("kind", "notApplicable"), ("level", "none"),
            (
                "message",
                SARIFText.message("\(ValueText.shortened(Words.label(move.client))): failed before, and \(what).")
            ),
            ("locations", .array(places(of: result, artifact: artifact))),
            ("guid", .string(DerivedUUID.text(of: "result\n\(report.run.id)\n\(result.uuid("finding"))"))),
            ("correlationGuid", .string(result.uuid("finding"))), ("partialFingerprints", fingerprints(of: result)),
            ("baselineState", .string(BaselineState.absent.rawValue)),
            (
                "properties",
                ["audit/finding": .string(move.findingID), "audit/client": .string(move.client.id.description)]
            ),
        ])
    }

    private func properties(of result: ReportedResult, severity: Severity?) -> SettingValue {
        .members([
            ("audit/finding", .string(result.findingID)), ("audit/client", .string(result.client.id.description)),
            ("audit/verdict", .string(result.verdict.rawValue)),
            ("audit/severity", severity.map { .string($0.rawValue) }),
            ("audit/failingSince", result.finding?.failingSince.map { .time($0) }),
        ])
    }

    /// Alike in every night, whatever the values: rule, client and path.
    ///
    /// GitHub matches alerts by `primaryLocationLineHash` alone, which has the form of sixteen digits and an occurrence.
    private func fingerprints(of result: ReportedResult) -> SettingValue {
        let path = result.finding?.result.comparisons.first?.path.generalised.dotted ?? ""
        let pair = "\(result.client.id.environment)\n\(result.client.id.number)\n\(result.ruleID)"
        return [
            "auditFinding/v1": .string(Digest(of: "finding\n\(pair)").hex),
            "primaryLocationLineHash": .string("\(Digest(of: "alert\n\(pair)\n\(path)").hex.prefix(16)):1"),
        ]
    }

    private func suppression(_ waiver: WaiverFacts, of result: ReportedResult) -> SettingValue {
        [
            "kind": "external", "status": "accepted",
            "guid": .string(DerivedUUID.text(of: "waiver\n\(waiver.id)\n\(result.uuid("finding"))")),
            "justification": .string(ResultSentence.justification(of: waiver)),
            "properties": .members([
                ("audit/waiver", .string(waiver.id)), ("audit/owner", waiver.owner.map(SettingValue.string)),
                ("audit/approver", .string(waiver.approver)), ("audit/ticket", waiver.ticket.map(SettingValue.string)),
                ("audit/from", .string(waiver.from.description)),
                ("audit/expires", .string(waiver.expires.description)),
                ("audit/while", waiver.condition.map(SettingValue.string)),
            ]),
        ]
    }

    // MARK: Where

    /// One location for each setting that the result rests on; for one that rests on none, the group that could not be
    /// read, or the client's file.
    private func places(of result: ReportedResult, artifact: Int) -> [SettingValue] {
        let file = locations?.files[result.client.id]
        var places: [(region: TextRegion, name: String)] = []
        // GitHub takes no more than 1,000 locations and shows the first hundred.
        for path in (result.finding?.result.comparisons ?? []).prefix(100).map(\.path) {
            places.append((file?.settings[path] ?? file?.groups[path.group] ?? .beginning, path.shown))
        }
        if places.isEmpty {
            for group in result.finding?.result.missing ?? [] {
                places.append((file?.groups[group] ?? .beginning, group.rawValue))
            }
        }
        if places.isEmpty { places = [(.beginning, "")] }
        return places.map { region, name in
            let client = result.client.id.description
            return [
                "physicalLocation": [
                    "artifactLocation": artifactLocation(of: result.client.id, index: artifact),
                    "region": [
                        "startLine": .count(region.startLine), "startColumn": .count(region.startColumn),
                        "endLine": .count(region.endLine), "endColumn": .count(region.endColumn),
                    ],
                ],
                "logicalLocations": [
                    .members([
                        ("fullyQualifiedName", .string(name.isEmpty ? client : client + "/" + name)),
                        ("name", .string(name.isEmpty ? client : name)), ("kind", name.isEmpty ? "object" : "member"),
                    ])
                ],
            ]
        }
    }
}
