import AuditModel
import Evidence

extension ReviewBinding {
    /// The nights of the period, against the entries of the log.
    mutating func checkNights() {
        let (first, last) = (record.from.run, record.to.run)
        let own = basis.entries.filter { entry in
            entry.leaf.run.environment == record.environment && entry.leaf.run.startedAt >= first.startedAt
                && entry.leaf.run.startedAt <= last.startedAt
        }.sorted { ($0.leaf.run.startedAt, $0.index) < ($1.leaf.run.startedAt, $1.index) }
        let isWhole = record.client == nil
        let expected = own.map { entry -> ReviewRecord.Night in
            let counts = entry.leaf.counts
            return ReviewRecord.Night(
                run: entry.leaf.run, day: zone.day(of: entry.leaf.run.startedAt), logIndex: entry.index,
                clients: isWhole ? entry.leaf.run.clientCount : 0, documents: isWhole ? counts.documents : 0,
                failures: isWhole ? counts.failures : 0, notCollected: isWhole ? counts.notCollected : 0)
        }
        let told = record.nights.map { night in
            var night = night
            if !isWhole { (night.clients, night.documents, night.failures, night.notCollected) = (0, 0, 0, 0) }
            return night
        }
        check(told == expected, "its nights are not the runs that the log has of the period")
        check(
            record.daysWithoutRun
                == Chronicle.daysWithoutRun(from: record.from.day, to: record.to.day, among: expected.map(\.day)),
            "its days without a run are not those between the runs of the log")
        let places = basis.sides.map(\.index)
        let span = (places.max() ?? 0) - (places.min() ?? 0) + 1
        let shown = basis.entries.count { (places.min() ?? 0)...(places.max() ?? 0) ~= $0.index }
        if span > shown {
            outcome.notChecked.append(
                "the log's entries between the two runs that are hashes alone here (\(span - shown)): they are to be runs of other environments"
            )
        }
        if !isWhole {
            outcome.notChecked.append(
                "the client's name, labels and counts in the nights between the two runs: rosters are logged as a whole"
            )
        }
    }

    /// The waiver ledger, against the texts that were recorded.
    mutating func checkWaivers(_ before: RecordedSide, _ after: RecordedSide) {
        guard let earlier = before.waivers, let later = after.waivers else {
            outcome.notChecked.append("the waiver ledger, since the texts of waivers are not all here")
            return
        }
        let clients = record.client == nil ? nil : after.told.roster + before.told.roster
        check(
            record.waivers == WaiverLedger.entries(earlier: earlier, later: later, clients: clients),
            "its waivers are not those of the texts that the runs recorded")
        for (side, name) in [(before, "earlier"), (after, "later")] {
            let report = side.told.report
            let standings = side.waivers?.standings(over: report.waived) ?? []
            // A report on one client alone lists none: a waiver may name others.
            check(
                report.waivers == (record.client == nil ? standings : []),
                "its list of the waivers of the \(name) run is not that of the texts that the run recorded")
        }
    }
}
