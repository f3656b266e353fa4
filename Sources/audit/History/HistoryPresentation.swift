import AuditModel
import AuditPipeline
import Drift
import Reports

/// Shows the history of one client.
struct HistoryPresentation: TablePresentation {
    let report: HistoryReport
    let zone: DayZone

    var nights: StoredNights { report.nights }

    // MARK: Text

    func showText() {
        Console.result(VisibleText.of(sentence) + "\n")
        if !report.settings.isEmpty {
            Console.result("\n")
            Listing.print(
                columns: ["setting", "from", "to", "after", "before", "moved with it", "missed"],
                rows: report.settings.flatMap(textRows), as: .text)
        }
        if !report.flips.isEmpty {
            Console.result("\n")
            Listing.print(
                columns: ["rule", "verdict", "after", "before", "missed"],
                rows: report.flips.map { flip in
                    [
                        .string(flip.ruleID), .string(Self.move(flip)),
                        .string(nights.days[flip.shift.lastBefore].description),
                        .string(nights.days[flip.shift.firstAfter].description),
                        .string(
                            HistoryWords.days(
                                flip.shift.missed.map { nights.days[$0] }
                                    + report.daysWithoutRun(
                                        between: flip.shift.lastBefore, and: flip.shift.firstAfter))),
                    ]
                }, as: .text)
        }
        if !report.exposures.isEmpty {
            Console.result("\n")
            Listing.print(
                columns: ["rule", "days failing", "failing nights", "unknown", "reopened", ""],
                rows: report.exposures.map { entry in
                    let exposure = entry.exposure
                    let bounds = [exposure.atLeast, exposure.atMost].map { HistoryWords.days($0) }
                    return [
                        .string(entry.ruleID),
                        .string(bounds[0] == bounds[1] ? bounds[0] : "\(bounds[0]) to \(bounds[1])"),
                        TrialJSON.integer(exposure.counts.fail), TrialJSON.integer(exposure.counts.unknown),
                        TrialJSON.integer(exposure.reopened), .string(Self.ends(exposure)),
                    ]
                }, as: .text)
        }
        let lines = missedLines + [HistoryWords.notAssessed]
        Console.result("\n" + lines.map { VisibleText.of($0) + "\n" }.joined())
    }

    /// The sentence that says it all.
    private var sentence: String {
        let changes = report.settings.reduce(0) { $0 + $1.timeline.shifts.count }
        let changed = report.settings.filter { $0.timeline.spans.count > 1 }
        var clauses = [
            changes == 0
                ? "no change of a setting" : "\(count(changes, "change")) of \(count(changed.count, "setting"))"
        ]
        let back = changed.filter { !$0.timeline.oscillations.isEmpty }.count
        if back > 0 { clauses.append("\(count(back, "setting")) went back and forth") }
        if !report.flips.isEmpty { clauses.append("\(count(report.flips.count, "verdict")) moved") }
        let failing = report.exposures.filter(\.exposure.isOpenAtEnd).count
        if failing > 0 { clauses.append("\(count(failing, "rule")) failing when last seen") }
        let mark = nights.isSynthetic ? "Synthetic data (emulator): " : ""
        let days = nights.days.first == nights.days.last ? "" : "\(nights.days[0]) → "
        return "\(mark)\(report.client.id) \(report.client.code), \(days)\(nights.days[nights.days.count - 1]) "
            + "(\(count(nights.runs.count, "night"))): " + clauses.joined(separator: "; ") + "."
    }

    private func textRows(_ setting: SettingTimeline) -> [[SettingValue]] {
        let spans = setting.timeline.spans
        let shifts = setting.timeline.shifts
        guard !shifts.isEmpty else {
            let value = spans.first.map { HistoryWords.value($0.value) } ?? "never seen"
            return [[.string(setting.path.dotted), .string(value), "unchanged", "", "", "", ""]]
        }
        var rows: [[SettingValue]] = []
        var place = 0
        while place < shifts.count {
            // Spans a, b, a, b have the changes between them in common: all but the last of the stretch.
            let folded = setting.timeline.oscillations.first { $0.lowerBound == place }
            let end = folded.map { $0.upperBound - 1 } ?? place + 1
            rows.append(row(of: setting, shifts[place..<max(end, place + 1)]))
            place = max(end, place + 1)
        }
        return rows
    }

    /// One change, or several between the same two values.
    private func row(
        of setting: SettingTimeline, _ shifts: ArraySlice<Timeline<SettingValue?>.Shift>
    ) -> [SettingValue] {
        guard let first = shifts.first, let last = shifts.last else { return [] }
        let flips = shifts.flatMap { report.flips(with: $0, of: setting.path) }
        var named: [String] = []
        for flip in flips {
            let text = "\(flip.ruleID) \(shifts.count > 1 ? "" : Self.move(flip))".trimmed
            if !named.contains(text) { named.append(text) }
        }
        let times = shifts.count == 1 ? "" : shifts.count == 2 ? " and back" : " and back, \(shifts.count) changes"
        let isDefault = shifts.count == 1 && isReset(first, at: setting.path)
        return [
            .string(setting.path.dotted), .string(HistoryWords.value(first.before)),
            .string(HistoryWords.value(first.after) + times + (isDefault ? " (the vendor's default)" : "")),
            .string(nights.days[first.lastBefore].description), .string(nights.days[last.firstAfter].description),
            .string(named.joined(separator: "; ")),
            .string(HistoryWords.days(shifts.flatMap { missedDays($0) })),
        ]
    }

    private func missedDays(_ shift: Timeline<SettingValue?>.Shift) -> [CalendarDay] {
        shift.missed.map { nights.days[$0] }
            + report.daysWithoutRun(between: shift.lastBefore, and: shift.firstAfter)
    }

    /// The groups that some nights did not see, each with its days and reasons.
    var missedLines: [String] {
        var groups: [String: [SettingsGroup]] = [:]
        for group in SettingsGroup.allCases {
            let byReason = Dictionary(grouping: report.missed[group], by: { HistoryWords.missed($0.value) })
            for (reason, nights) in byReason {
                let days = HistoryWords.days(nights.map { self.nights.days[$0.key] })
                groups["\(days) (\(reason))", default: []].append(group)
            }
        }
        return groups.sorted { $0.key < $1.key }.map { when, groups in
            let names = groups.count == 5 ? "all groups" : groups.map(\.rawValue).joined(separator: ", ")
            return "Not captured: \(names) on \(when)."
        }
    }

    // MARK: Shared

    /// Whether a change brought the documented default back.
    func isReset(_ shift: Timeline<SettingValue?>.Shift, at path: SettingPath) -> Bool {
        guard let known = SettingsCatalogue.documentedDefault(at: path) else { return false }
        return shift.after == known && shift.before != known
    }

    static func move(_ flip: HistoryReport.Flip) -> String {
        "\(TrialWords.verdict(flip.shift.before)) → \(TrialWords.verdict(flip.shift.after))"
    }

    private static func ends(_ exposure: Exposure) -> String {
        [
            exposure.isOpenAtStart ? "failing when first seen" : nil,
            exposure.isOpenAtEnd ? "failing when last seen" : nil,
        ].compactMap { $0 }.joined(separator: ", ")
    }
}

extension String {
    fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
