import AuditModel
import AuditPipeline
import Drift

extension HistoryPresentation {
    static let columns = [
        "client", "code", "path", "change", "from", "to", "fromIsHidden", "toIsHidden", "toIsDefault", "notBefore",
        "notAfter", "lastRunBefore", "firstRunAfter", "missedDays", "changedBy", "rules",
    ]

    /// One row a change; a setting without any has one with its value.
    var rows: [[SettingValue]] {
        report.settings.flatMap { setting -> [[SettingValue]] in
            let head: [SettingValue] = [
                .string(report.client.id.description), .string(report.client.code), .string(setting.path.dotted),
            ]
            let shifts = setting.timeline.shifts
            guard !shifts.isEmpty else {
                let value = setting.timeline.spans.first?.value
                return [
                    head + [.integer(0), text(value), .null, .bool(HistoryWords.isHidden(value))]
                        + Array(repeating: .null, count: 9)
                ]
            }
            return shifts.enumerated().map { place, shift in
                let group = setting.path.group
                let rules = report.flips(with: shift, of: setting.path).map { flip in
                    "\(flip.ruleID) \(flip.shift.before.rawValue)>\(flip.shift.after.rawValue)"
                }
                let days =
                    shift.missed.map { nights.days[$0] }
                    + report.daysWithoutRun(between: shift.lastBefore, and: shift.firstAfter)
                return head + [
                    TrialJSON.integer(place + 1), text(shift.before), text(shift.after),
                    .bool(HistoryWords.isHidden(shift.before)), .bool(HistoryWords.isHidden(shift.after)),
                    .bool(isReset(shift, at: setting.path)),
                    .string(report.askedAt(shift.lastBefore, group).rfc3339),
                    .string(report.answeredAt(shift.firstAfter, group).rfc3339),
                    .string(nights.runs[shift.lastBefore].id.rawValue),
                    .string(nights.runs[shift.firstAfter].id.rawValue),
                    .string(Set(days).sorted().map(\.description).joined(separator: " ")), "not assessed",
                    .string(rules.joined(separator: " ")),
                ]
            }
        }
    }

    private func text(_ value: SettingValue?) -> SettingValue {
        value.map { .string(CanonicalJSON.text(of: HistoryWords.shown($0))) } ?? .null
    }

    var json: SettingValue {
        var object = SettingObject()
        object["schema"] = "audit-history/1"
        object["environment"] = .string(report.client.id.environment.rawValue)
        object["synthetic"] = .bool(nights.isSynthetic)
        object["timeZone"] = .string(zone.identifier)
        object["client"] = TrialJSON.client(report.client)
        object["nights"] = [
            "count": TrialJSON.integer(nights.runs.count), "first": TrialJSON.night(0, in: nights),
            "last": TrialJSON.night(nights.runs.count - 1, in: nights),
        ]
        object["settings"] = .array(report.settings.map(json))
        object["verdictChanges"] = .array(report.flips.map(json))
        object["exposure"] = .array(report.exposures.map(json))
        object["notAssessed"] = [.string(HistoryWords.notAssessed)]
        return .object(object)
    }

    private func json(of setting: SettingTimeline) -> SettingValue {
        let group = setting.path.group
        return [
            "path": .string(setting.path.dotted),
            "values": .array(
                setting.timeline.spans.map { span in
                    [
                        "isThere": .bool(span.value != nil), "value": span.value.map(HistoryWords.shown) ?? .null,
                        "isHidden": .bool(HistoryWords.isHidden(span.value)),
                        "firstSeen": night(span.first, answeredIn: group),
                        "lastSeen": night(span.last, askedIn: group),
                        "missedWithin": .array(span.missedWithin.map { missed($0, group) }),
                    ]
                }),
            "changes": .array(
                setting.timeline.shifts.map { shift in
                    [
                        "kind": .string(
                            Change(path: setting.path, before: shift.before, after: shift.after).kind.rawValue),
                        "from": shift.before.map(HistoryWords.shown) ?? .null,
                        "to": shift.after.map(HistoryWords.shown) ?? .null,
                        "toIsDefault": .bool(isReset(shift, at: setting.path)),
                        "interval": interval(shift.lastBefore, shift.firstAfter, shift.missed, in: group),
                        "changedBy": "not assessed",
                        "verdicts": .array(report.flips(with: shift, of: setting.path).map(json)),
                    ]
                }),
            "oscillations": .array(
                setting.timeline.oscillations.map { stretch in
                    [
                        "firstValue": TrialJSON.integer(stretch.lowerBound),
                        "lastValue": TrialJSON.integer(stretch.upperBound - 1),
                        "changes": TrialJSON.integer(stretch.count - 1),
                    ]
                }),
            "missedAfter": .array(setting.timeline.missedAfter.map { missed($0, group) }),
        ]
    }

    private func json(of flip: HistoryReport.Flip) -> SettingValue {
        [
            "rule": .string(flip.ruleID), "from": .string(flip.shift.before.rawValue),
            "to": .string(flip.shift.after.rawValue),
            "interval": interval(flip.shift.lastBefore, flip.shift.firstAfter, flip.shift.missed, in: nil),
            "paths": .array(flip.paths.map { .string($0.dotted) }),
        ]
    }

    private func json(of entry: HistoryReport.RuleExposure) -> SettingValue {
        let exposure = entry.exposure
        return [
            "rule": .string(entry.ruleID), "nights": TrialJSON.counts(exposure.counts),
            "failingSecondsAtLeast": .integer(exposure.atLeast.components.seconds),
            "failingSecondsAtMost": .integer(exposure.atMost.components.seconds),
            "failingWhenFirstSeen": .bool(exposure.isOpenAtStart), "failingWhenLastSeen": .bool(exposure.isOpenAtEnd),
            "reopened": TrialJSON.integer(exposure.reopened),
        ]
    }

    /// An interval; with a group by the moments of its captures, without one by the starts of the runs.
    private func interval(_ last: Int, _ first: Int, _ missed: [Int], in group: SettingsGroup?) -> SettingValue {
        [
            "after": night(last, askedIn: group), "before": night(first, answeredIn: group),
            "missed": .array(missed.map { self.missed($0, group) }),
            "daysWithoutRun": .array(
                report.daysWithoutRun(between: last, and: first).map { .string($0.description) }),
        ]
    }

    private func night(_ night: Int, askedIn group: SettingsGroup?) -> SettingValue {
        self.night(night, at: group.map { report.askedAt(night, $0) })
    }

    private func night(_ night: Int, answeredIn group: SettingsGroup?) -> SettingValue {
        self.night(night, at: group.map { report.answeredAt(night, $0) })
    }

    private func night(_ night: Int, at moment: Timestamp?) -> SettingValue {
        let run = nights.runs[night]
        var object = SettingObject()
        object["at"] = .string((moment ?? run.startedAt).rfc3339)
        object["day"] = .string(nights.days[night].description)
        object["run"] = .string(run.id.rawValue)
        // The moment is the start or the end of the run: that of the capture is not kept.
        if moment != nil, report.hashOnly.contains(night) { object["hashOnly"] = .bool(true) }
        return .object(object)
    }

    private func missed(_ night: Int, _ group: SettingsGroup?) -> SettingValue {
        [
            "day": .string(nights.days[night].description), "run": .string(nights.runs[night].id.rawValue),
            "reason": .string(group.map { HistoryWords.missed(report.missed[$0][night]) } ?? "unknown or not judged"),
        ]
    }
}
