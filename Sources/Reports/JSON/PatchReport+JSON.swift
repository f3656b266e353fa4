import AuditModel

extension PatchReport {
    /// What the document calls itself; the number grows when a member changes its meaning or goes.
    static let schema = "audit-json-patch/1"

    /// The patches as JSON, after `Sources/Reports/Schemas/audit-json-patch.schema.json`, entry by entry.
    var jsonMembers: [(key: String, value: PrettyJSON.Part)] {
        [
            ("schema", .value(.string(Self.schema))), ("digest", .value(.string(sentence))),
            ("synthetic", .value(.bool(from.run.isSynthetic || to.run.isSynthetic))), ("from", .value(from.json)),
            ("to", .value(to.json)), ("timeZone", .value(.string(timeZone))),
            ("documents", .list(count: entries.count) { entries[$0].json }),
            ("notes", .list(count: notes.count) { .string(notes[$0]) }),
        ]
    }

    /// `2026-11-01 → 2026-11-02: 3 documents changed; 1 appeared.`
    private var sentence: String {
        let clauses = Kind.allCases.compactMap { kind -> String? in
            let count = entries.count { $0.kind == kind }
            if count == 0 { return nil }
            switch kind {
            case .changed: return "\(Words.count(count, "document")) changed"
            case .appeared: return "\(Words.number(count)) appeared"
            case .vanished: return "\(Words.number(count)) vanished"
            case .notRead: return "\(Words.number(count)) read on neither side"
            }
        }
        let mark = from.run.isSynthetic || to.run.isSynthetic ? "Synthetic data (emulator): " : ""
        return "\(mark)\(from.day) → \(to.day): "
            + (clauses.isEmpty ? "every document is the same" : clauses.joined(separator: "; ")) + "."
    }
}

extension PatchReport.Entry {
    fileprivate var json: SettingValue {
        [
            "client": client.json, "group": .string(group.rawValue), "kind": .string(kind.rawValue),
            "before": before?.json ?? .null, "after": after?.json ?? .null, "patch": patch ?? .null,
        ]
    }
}
