import AuditModel
import Drift
import Policies
import SnapshotStore

/// Puts the report of what differs between two runs together.
struct DiffBuilder {
    let before: JudgedRun
    let after: JudgedRun
    let zone: DayZone
    let retired: Set<Client.ID>

    func report(from earlier: RunSelection, to later: RunSelection, filter: DiffFilter) throws -> DiffReport {
        let ids = try filter.ids(among: after.roster + before.roster)
        let comparesVerdicts = before.policies != nil && after.policies != nil
        // First of all: it reads the verdicts of all clients in one go, and the comparison finds them at hand.
        let sides = (from: try side(before, earlier), to: try side(after, later))
        var comparison = RunComparison(from: before, to: after)
        let entries = try comparison.entries(comparesVerdicts: comparesVerdicts, only: ids)
        let changes = entries.map {
            (client: $0.client, changes: $0.difference.changes.filter { filter.accepts($0.path) })
        }
        let verdicts = entries.flatMap(\.verdictChanges).filter { change in
            if filter.groups.isEmpty, filter.paths.isEmpty { return true }
            // A verdict is told where its rule reads what was asked for, whatever moved it.
            let read = (after.policies ?? before.policies)?.paths(comparedBy: change.ruleID) ?? []
            return (change.paths + read).contains(where: filter.accepts)
        }
        let incomparable = entries.flatMap { entry in
            entry.difference.incomparable.filter { filter.accepts(group: $0.group) }
                .map { DiffReport.Incomparable(client: entry.client, group: $0) }
        }
        let named = Set(verdicts.map(\.ruleID))
        let rules = ((after.policies?.facts ?? []) + (before.policies?.facts ?? [])).filter { named.contains($0.id) }
        var seen: Set<String> = []
        return DiffReport(
            from: sides.from, to: sides.to, timeZone: zone.identifier,
            settingsChanges: SharedChanges.grouped(changes, verdictChanges: verdicts), verdictChanges: verdicts,
            rosterChanges: RosterChanges.between(before: before.roster, after: after.roster, retired: retired)
                .filter { ids?.contains($0.client.id) ?? true },
            incomparable: incomparable,
            rules: rules.filter { seen.insert($0.id).inserted }.sorted { $0.id < $1.id },
            notes: filter.sentences + notes(comparesVerdicts: comparesVerdicts))
    }

    private func side(_ judged: JudgedRun, _ selection: RunSelection) throws -> DiffReport.Side {
        let counts = judged.policies == nil ? nil : try judged.counts()
        return DiffReport.Side(
            asked: selection.asked, run: judged.run, day: selection.day, note: selection.note,
            clientCount: judged.roster.count, counts: counts)
    }

    private func notes(comparesVerdicts: Bool) -> [String] {
        var notes: [String] = []
        if before.run.id == after.run.id {
            notes.append(
                "Both sides are the same run, so nothing can differ; choose two dates with a run between them.")
        }
        for run in [before.run, after.run] where run.kind == .fetchOnly {
            notes.append(
                "The run \(run.id.short) only fetched; it has no verdicts, and settings alone are compared. "
                    + "'audit check --as-of \(run.id.short)' judges its snapshots.")
        }
        if comparesVerdicts, before.run.policySet != after.run.policySet {
            notes.append(
                "The two runs were judged by different policies; a verdict that moved for that reason names the cause 'rule'."
            )
        }
        if comparesVerdicts, before.run.waiverSet != after.run.waiverSet {
            notes.append(
                "The two runs had different waivers; a failure that was waived, or is no longer, names the cause 'waiver'."
            )
        }
        return notes
    }
}
