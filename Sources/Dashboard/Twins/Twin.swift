import AuditModel
import Reports

/// The documents that pages have as their JSON twins, besides those of reports. Members are never left out: null is "not
/// known", and an absent setting alone is an absent member.
enum Twin {
    /// A document of one kind.
    ///
    /// - Parameter kind: the page; the number behind it grows when a member changes its meaning or goes.
    static func document(_ kind: StaticString, _ members: [SettingObject.Member]) -> [UInt8] {
        let head = SettingObject.Member(key: "schema", value: .string("audit-dashboard-\(kind)/1"))
        return Array(MachineJSON.text(of: .object(SettingObject([head] + members))).utf8)
    }

    static func run(_ dated: DatedRun) -> SettingValue {
        ["run": .string(dated.run.id.rawValue), "day": .string(dated.day.description)]
    }

    static func trendPoint(_ point: TrendPoint) -> SettingValue {
        [
            "run": .string(point.runID.rawValue), "day": .string(point.day.description),
            "startedAt": .time(point.startedAt), "state": .string(point.state.rawValue), "counts": point.counts.json,
            "waivedApart": .bool(point.isWaivedApart), "clientsExpected": .count(point.clientsExpected),
            "clientsCollected": .count(point.clientsCollected),
        ]
    }

    static func waiver(_ entry: WaiverEntry) -> SettingValue {
        guard case .object(var object) = entry.facts.json else { return .null }
        object["state"] = .string(entry.state.rawValue)
        object["rules"] = .list(entry.rules, SettingValue.string)
        object["clients"] = .string(entry.subject)
        return .object(object)
    }

    static func flip(_ flip: ClientHistory.Flip) -> SettingValue {
        [
            "rule": .string(flip.ruleID), "before": .string(flip.before.rawValue),
            "after": .string(flip.after.rawValue),
            "lastBefore": run(flip.lastBefore), "firstAfter": run(flip.firstAfter),
        ]
    }

    static func setting(_ setting: ClientHistory.Setting) -> SettingValue {
        [
            "path": .string(setting.path.dotted), "changes": .count(setting.changeCount),
            "values": .list(setting.spans) { span in
                var object = SettingObject([
                    .init(key: "isThere", value: .bool(span.value != nil)),
                    .init(key: "firstSeen", value: sight(span.first)), .init(key: "lastSeen", value: sight(span.last)),
                    .init(key: "missedNights", value: .count(span.missedWithin.count)),
                ])
                object["value"] = span.value
                return .object(object)
            },
            "verdictsMoved": .list(setting.flips) { .list($0, flip) },
        ]
    }

    private static func sight(_ sight: ClientHistory.Sight) -> SettingValue {
        ["at": .time(sight.at), "run": .string(sight.run.run.id.rawValue), "day": .string(sight.run.day.description)]
    }
}
