import AuditModel

extension RunNotification {
    /// The forms of a message.
    public enum Format: String, CaseIterable, Sendable, Hashable {
        /// For programs, after `Sources/Reports/Schemas/audit-notification.schema.json`.
        case json
        /// For incoming webhooks of Slack, and of what takes the same.
        case slack
    }

    /// The message on one line, as it is sent.
    public func body(as format: Format) -> [UInt8] { Array(MachineJSON.line(of: value(as: format)).utf8) }

    /// The same laid out for people.
    public func text(as format: Format) -> String { MachineJSON.text(of: value(as: format)) }

    private func value(as format: Format) -> SettingValue {
        switch format {
        case .json: json
        case .slack: slack
        }
    }

    /// What the document calls itself; the number grows when a member changes its meaning or goes.
    static let schema = "audit-notification/1"

    /// The most findings, captures and sentences of one kind that a message lists.
    static let listLimit = 20

    /// The most Unicode scalars of one sentence.
    private static let sentenceLimit = 600

    private var json: SettingValue {
        [
            "schema": .string(Self.schema), "id": .string(id), "digest": .string(DigestSentence.text(for: report)),
            "synthetic": .bool(report.run.isSynthetic), "environment": .string(report.run.environment.rawValue),
            "events": .list(events) { .string($0.rawValue) }, "attempt": .count(attempt), "run": report.run.json,
            "day": .string(report.day.description), "timeZone": .string(report.timeZone),
            "previousRun": .text(report.previousRun?.id.rawValue),
            "exitStatus": .integer(Int64(report.exitStatus.rawValue)),
            "minimumSeverity": .text(minimumSeverity?.rawValue), "counts": counts,
            "new": events.contains(.new) ? Self.list(newFailures, Self.json) : .null,
            "fixed": events.contains(.fixed) ? Self.list(fixed, Self.json) : .null,
            "incomplete": events.contains(.incomplete) ? incomplete : .null,
        ]
    }

    private var counts: SettingValue {
        let completeness = report.completeness
        return [
            "new": .count(newFailures.count), "fixed": .count(fixed.count), "failing": .count(report.failures.count),
            "waived": .count(report.waived.count), "unknown": .count(report.unknowns.count),
            "rules": .count(report.rules.count), "clientsExpected": .count(completeness.clientsExpected),
            "clientsCollected": .count(completeness.clientsCollected),
            "groupsExpected": .count(completeness.groupsExpected),
            "groupsFailed": .count(completeness.groupsFailed),
            "settingsChanges": .count(report.settingsChanges.count),
        ]
    }

    private var incomplete: SettingValue {
        [
            "conditions": Self.list(gaps) { condition in
                [
                    "status": .integer(Int64(condition.status.rawValue)),
                    "sentence": .string(Self.cut(condition.sentence)),
                ]
            },
            "captures": Self.list(report.completeness.failures) { failed in
                [
                    "client": .string(failed.client.id.description), "group": .string(failed.group.rawValue),
                    "reason": .string(failed.failure.reason.rawValue), "lastKnownAt": .time(failed.lastKnownAt),
                ]
            },
            "since": standing.map { standing in
                [
                    "run": .string(standing.run.rawValue), "day": .string(standing.day.description),
                    "nights": .count(standing.nights),
                ]
            } ?? .null,
        ]
    }

    private static func json(_ item: Item) -> SettingValue {
        [
            "id": .string(item.id),
            "client": [
                "id": .string(item.client.id.description), "code": .string(cut(item.client.code)),
                "name": .string(cut(item.client.name)),
            ],
            "rule": .string(item.ruleID), "title": .text(item.rule.map { cut(VisibleText.prose($0.title)) }),
            "severity": .text(item.severity?.rawValue), "cause": .string(item.cause.rawValue),
            "sentence": .string(cut("\(VisibleText.of(Words.label(item.client))): \(item.statement)")),
            "changedSettings": list(item.paths) { .string(cut($0.dotted)) },
        ]
    }

    /// A list that says how many there are, and lists the first ones.
    private static func list<Element>(_ elements: [Element], _ json: (Element) -> SettingValue) -> SettingValue {
        [
            "count": .count(elements.count), "listed": .list(Array(elements.prefix(listLimit)), json),
            "omitted": .count(max(0, elements.count - listLimit)),
        ]
    }

    static func cut(_ text: String, to limit: Int = sentenceLimit) -> String {
        // A character can be any number of scalars, so these are counted.
        if text.utf8.count <= limit { return text }
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
            end != scalars.endIndex
        else { return text }
        return String(scalars[..<end]) + "…"
    }
}
