import AuditModel
import AuditPipeline
import Dashboard
import Drift

extension ClientHistory {
    /// What a history says, as pages tell it: hidden values marked, nights with their runs.
    init(_ presentation: HistoryPresentation) {
        let report = presentation.report
        let nights = zip(report.nights.runs, report.nights.days).map { DatedRun(run: $0, day: $1) }
        func flip(_ flip: HistoryReport.Flip) -> Flip {
            Flip(
                ruleID: flip.ruleID, before: flip.shift.before, after: flip.shift.after,
                lastBefore: nights[flip.shift.lastBefore], firstAfter: nights[flip.shift.firstAfter])
        }
        self.init(
            client: report.client, nights: nights,
            settings: report.settings.map { setting in
                let group = setting.path.group
                return Setting(
                    path: setting.path,
                    spans: setting.timeline.spans.map { span in
                        Span(
                            value: span.value.map(HistoryWords.shown),
                            first: Sight(
                                night: span.first, at: report.answeredAt(span.first, group), run: nights[span.first]),
                            last: Sight(
                                night: span.last, at: report.askedAt(span.last, group), run: nights[span.last]),
                            missedWithin: span.missedWithin)
                    },
                    flips: setting.timeline.shifts.map { shift in
                        report.flips(with: shift, of: setting.path).map(flip)
                    })
            }, flips: report.flips.map(flip),
            exposures: report.exposures.map { entry in
                Exposure(
                    ruleID: entry.ruleID, atLeast: entry.exposure.atLeast, atMost: entry.exposure.atMost,
                    isOpen: entry.exposure.isOpenAtEnd, nights: entry.exposure.counts.fail)
            }, notes: presentation.missedLines + [HistoryWords.notAssessed])
    }
}
