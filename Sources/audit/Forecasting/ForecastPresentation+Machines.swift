import AuditModel
import AuditPipeline

extension ForecastPresentation {
    static let columns = [
        "kind", "environment", "day", "client", "code", "rule", "severity", "finding", "from", "to", "turnsRed",
        "causes",
        "waiver", "owner", "failures", "account", "isSinceRun",
    ]

    /// One row a move, then one a waiver's date, then one a password; environment by environment.
    var rows: [[SettingValue]] {
        forecasts.flatMap { forecast -> [[SettingValue]] in
            let environment = SettingValue.string(forecast.run.environment.rawValue)
            func row(_ kind: String, _ day: CalendarDay, _ cells: [String: SettingValue]) -> [SettingValue] {
                Self.columns.map { column in
                    switch column {
                    case "kind": .string(kind)
                    case "environment": environment
                    case "day": .string(day.description)
                    default: cells[column] ?? .null
                    }
                }
            }
            return forecast.moves.map { move in
                row(
                    "verdict", move.day,
                    [
                        "client": TrialJSON.integer(move.client.id.number), "code": .string(move.client.code),
                        "rule": .string(move.ruleID), "severity": .string(move.severity.rawValue),
                        "finding": .string(move.findingID), "from": .string(Self.standing(move.before)),
                        "to": .string(Self.standing(move.after)), "turnsRed": .bool(move.turnsRed),
                        "causes": .string(move.causes.map(\.rawValue).joined(separator: " ")),
                        "waiver": text(move.waiver?.id), "owner": text(move.waiver?.owner),
                        "isSinceRun": .bool(forecast.isSinceRun(move)),
                    ])
            }
                + forecast.waiverDates.map { date in
                    row(
                        date.kind == .ends ? "waiverEnds" : "waiverBegins", date.day,
                        [
                            "rule": .string(date.ruleIDs.joined(separator: " ")), "waiver": .string(date.waiver.id),
                            "owner": text(date.waiver.owner), "failures": TrialJSON.integer(date.failureCount),
                            "turnsRed": .bool(date.redCount > 0), "isSinceRun": .bool(forecast.isSinceRun(date)),
                        ])
                }
                + forecast.passwordDates.map { date in
                    row(
                        "passwordEnds", date.day,
                        ["account": .string(date.account), "isSinceRun": .bool(forecast.isSinceRun(date))])
                }
        }
    }

    /// As the other formats write a verdict: `fail`, `waived`, `notApplicable`.
    private static func standing(_ standing: Forecast.Standing) -> String {
        standing.waiver == nil ? standing.verdict.rawValue : "waived"
    }

    private func text(_ text: String?) -> SettingValue { text.map { .string($0) } ?? .null }

    var json: SettingValue {
        var object = SettingObject()
        object["schema"] = "audit-forecast/1"
        object["digest"] = .string(sentence)
        object["synthetic"] = .bool(forecasts.contains { $0.run.isSynthetic })
        object["timeZone"] = .string(zone.identifier)
        object["days"] = TrialJSON.integer(days)
        object["rules"] = isOfRecordedRules ? "recorded" : "current"
        object["environments"] = .array(forecasts.map(json))
        object["notAssessed"] = .array(notForeseen.map { .string($0) })
        return .object(object)
    }

    private func json(of forecast: Forecast) -> SettingValue {
        var object = SettingObject()
        let red = forecast.movesToRed
        object["environment"] = .string(forecast.run.environment.rawValue)
        object["run"] = [
            "run": .string(forecast.run.id.rawValue), "day": .string(forecast.runDay.description),
            "startedAt": .string(forecast.run.startedAt.rfc3339),
        ]
        object["today"] = .string(forecast.today.description)
        object["lastDay"] = .string(forecast.lastDay.description)
        object["clients"] = TrialJSON.integer(forecast.clientCount)
        object["policies"] = TrialJSON.policies(forecast.policies)
        object["rulesReadingTime"] = TrialJSON.integer(forecast.timeRuleCount)
        object["turnRed"] = TrialJSON.integer(Set(red.coming.map(\.findingID)).count)
        object["turnedRedSinceRun"] = TrialJSON.integer(Set(red.overdue.map(\.findingID)).count)
        object["unknown"] = TrialJSON.integer(forecast.unknownCount)
        let titles = Dictionary(forecast.rules.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
        object["moves"] = .array(
            forecast.moves.map { move in
                [
                    "day": .string(move.day.description), "isSinceRun": .bool(forecast.isSinceRun(move)),
                    "id": .string(move.findingID), "client": TrialJSON.client(move.client),
                    "rule": .string(move.ruleID), "title": .string(titles[move.ruleID] ?? ""),
                    "severity": .string(move.severity.rawValue), "before": Self.json(move.before),
                    "after": Self.json(move.after), "turnsRed": .bool(move.turnsRed),
                    "causes": .array(move.causes.map { .string($0.rawValue) }),
                ]
            })
        object["waivers"] = .array(
            forecast.waiverDates.map { date in
                [
                    "id": .string(date.waiver.id), "kind": .string(date.kind.rawValue),
                    "day": .string(date.day.description), "isSinceRun": .bool(forecast.isSinceRun(date)),
                    "rules": .array(date.ruleIDs.map { .string($0) }),
                    "clients": .string(date.subject), "owner": text(date.waiver.owner),
                    "approver": .string(date.waiver.approver), "ticket": text(date.waiver.ticket),
                    "failures": TrialJSON.integer(date.failureCount), "turnRed": TrialJSON.integer(date.redCount),
                ]
            })
        object["passwords"] = .array(
            forecast.passwordDates.map { date in
                [
                    "account": .string(date.account), "day": .string(date.day.description),
                    "isSinceRun": .bool(forecast.isSinceRun(date)),
                ]
            })
        return .object(object)
    }

    private static func json(_ standing: Forecast.Standing) -> SettingValue {
        [
            "verdict": .string(standing.verdict.rawValue),
            "waiver": standing.waiver.map { .string($0.id) } ?? .null,
        ]
    }
}
