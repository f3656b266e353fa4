package import AuditModel

extension AuditReport {
    /// What the document calls itself; the number grows when a member changes its meaning or goes.
    static let schema = "audit-report/1"

    /// The report as JSON, after `Sources/Reports/Schemas/audit-report.schema.json`, member by member: a fleet's findings
    /// are too many to be all of them values at a time.
    var jsonMembers: [(key: String, value: PrettyJSON.Part)] {
        let severities = Dictionary(
            rules.map { ($0.facts.id, $0.facts.severity) }, uniquingKeysWith: { first, _ in first })
        func list<Element>(
            _ elements: [Element], _ json: @escaping (Element) -> SettingValue
        ) -> PrettyJSON.Part {
            .list(count: elements.count) { json(elements[$0]) }
        }
        return [
            ("schema", .value(.string(Self.schema))), ("digest", .value(.string(DigestSentence.text(for: self)))),
            ("synthetic", .value(.bool(run.isSynthetic))), ("run", .value(run.json)),
            ("day", .value(.string(day.description))), ("timeZone", .value(.string(timeZone))),
            ("previousRun", .value(previousRun?.json ?? .null)),
            ("lastCompleteRun", .value(lastCompleteRun?.json ?? .null)),
            ("log", .value(log?.json ?? .null)),
            ("exitStatus", .value(.integer(Int64(exitStatus.rawValue)))),
            (
                "conditions",
                list(conditions) { condition in
                    ["status": .integer(Int64(condition.status.rawValue)), "sentence": .string(condition.sentence)]
                }
            ),
            ("completeness", .value(completeness.json)), ("policies", list(policies, \.json)),
            ("rules", list(rules) { ["facts": $0.facts.json, "counts": $0.counts.json] }),
            ("failures", list(failures) { $0.json(severity: $0.result.severity ?? severities[$0.result.ruleID]) }),
            ("waived", list(waived) { $0.json(severity: $0.result.severity ?? severities[$0.result.ruleID]) }),
            ("unknowns", list(unknowns) { $0.json(severity: $0.result.severity ?? severities[$0.result.ruleID]) }),
            ("verdictChanges", list(verdictChanges, \.json)), ("settingsChanges", list(settingsChanges, \.json)),
            ("rosterChanges", list(rosterChanges, \.json)),
            (
                "deviations",
                list(deviations) { deviation in
                    [
                        "kind": .string(deviation.kind.rawValue), "path": .string(deviation.path.dotted),
                        "clients": .list(deviation.clients) { .string($0.description) },
                    ]
                }
            ),
            ("trend", list(trend, \.json)),
            ("notAssessed", list(notAssessed, SettingValue.string)), ("warnings", list(warnings, SettingValue.string)),
        ]
    }
}

extension Completeness {
    package var json: SettingValue {
        [
            "clientsExpected": .count(clientsExpected), "clientsCollected": .count(clientsCollected),
            "groupsExpected": .count(groupsExpected), "groupsCaptured": .count(groupsCaptured),
            "groupsFailed": .count(groupsFailed), "groupsNotCollected": .count(groupsNotCollected),
            "failures": .list(failures) { failed in
                [
                    "client": failed.client.json, "group": .string(failed.group.rawValue),
                    "failure": failed.failure.json, "lastKnownAt": .time(failed.lastKnownAt),
                ]
            },
            "vanishedClients": .list(vanishedClients, \.json), "unassessedClients": .list(unassessedClients, \.json),
        ]
    }
}

extension TrendPoint {
    var json: SettingValue {
        [
            "run": .string(runID.rawValue), "startedAt": .time(startedAt), "day": .string(day.description),
            "state": .string(state.rawValue), "policySet": .text(policySet?.hex),
            "clientsExpected": .count(clientsExpected), "clientsCollected": .count(clientsCollected),
            "counts": counts.json, "waivedApart": .bool(isWaivedApart),
        ]
    }
}

extension PolicyFacts {
    package var json: SettingValue {
        [
            "id": .string(id), "title": .string(title), "version": .string(version), "owner": .text(owner),
            "file": .string(file), "digest": .string(digest.hex), "ruleCount": .count(ruleCount),
        ]
    }
}
