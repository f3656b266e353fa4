import AuditModel

extension DiffReport {
    /// What the document calls itself; the number grows when a member changes its meaning or goes.
    static let schema = "audit-diff/1"

    /// The comparison as JSON, after `Sources/Reports/Schemas/audit-diff.schema.json`.
    var json: SettingValue {
        [
            "schema": .string(Self.schema), "digest": .string(DigestSentence.text(for: self)),
            "synthetic": .bool(from.run.isSynthetic || to.run.isSynthetic), "from": from.json, "to": to.json,
            "timeZone": .string(timeZone), "settingsChanges": .list(settingsChanges, \.json),
            "verdictChanges": .list(verdictChanges, \.json), "rosterChanges": .list(rosterChanges, \.json),
            "incomparable": .list(incomparable) { entry in
                [
                    "client": entry.client.json, "group": .string(entry.group.group.rawValue),
                    "before": entry.group.before.json, "after": entry.group.after.json,
                ]
            },
            "rules": .list(rules, \.json), "notes": .list(notes, SettingValue.string),
        ]
    }
}

extension DiffReport.Side {
    var json: SettingValue {
        [
            "asked": .string(asked), "run": run.json, "day": .string(day.description), "note": .text(note),
            "clientCount": .count(clientCount), "counts": counts?.json ?? .null,
        ]
    }
}
