import AuditModel
import Drift
import Evidence
import Policies

extension ReviewBinding {
    private struct Told: Hashable {
        var client: Client.ID
        var change: Change
    }

    private struct Pair: Hashable {
        var before: Digest
        var after: Digest
    }

    /// What differs between the two runs, against their captures, documents and results.
    mutating func checkDifference(_ before: RecordedSide, _ after: RecordedSide) {
        for (told, side, name) in [
            (record.difference.from, before, "earlier"), (record.difference.to, after, "later"),
            (record.patches.from, before, "earlier"), (record.patches.to, after, "later"),
        ] {
            check(
                told.run == side.told.run && told.day == side.told.day && told.clientCount == side.told.roster.count
                    && (told.counts == nil || !side.unreadable.isEmpty || told.counts == side.counts),
                "the \(name) side of its changes is not the \(name) run")
        }
        checkSettings(before, after)
        checkMoves(before, after)
        let expected = RosterChanges.between(before: before.told.roster, after: after.told.roster)
        // Whether a client that is gone was marked as retired, the configuration says and no run records.
        let told = record.difference.rosterChanges.map { change in
            var change = change
            if change.kind == .retired { change.kind = .left }
            return change
        }
        check(told == expected, "its changes of the roster are not those between the two rosters")
        let facts = (after.policies?.facts ?? []) + (before.policies?.facts ?? [])
        if before.policies != nil, after.policies != nil {
            check(
                record.difference.rules.allSatisfy(facts.contains),
                "a rule that its changes name is not as the policy texts have it")
        }
    }

    private mutating func checkSettings(_ before: RecordedSide, _ after: RecordedSide) {
        // Of whoever has no more than hashes in either run, nothing can be told.
        let hidden = before.hashOnly.union(after.hashOnly)
        var changes: [Pair: [Change]] = [:]
        var patches: [Pair: SettingValue] = [:]
        var expected: Set<Told> = []
        var incomparable: Set<DiffReport.Incomparable> = []
        var entries: [PatchReport.Entry] = []
        let clients = before.clients.merging(after.clients) { $1 }
        for client in clients.values.sorted(by: { $0.id < $1.id }) where !hidden.contains(client.id) {
            let isOnBoth = before.clients[client.id] != nil && after.clients[client.id] != nil
            for group in SettingsGroup.allCases {
                let one = before.captures[client.id]?[group]?.capture
                let other = after.captures[client.id]?[group]?.capture
                switch (one, other) {
                case (.document(let earlier)?, .document(let later)?):
                    if earlier == later { continue }
                    let pair = Pair(before: earlier, after: later)
                    guard let first = basis.documents[earlier], let second = basis.documents[later] else {
                        check(false, "the documents of \(client.id) \(group.rawValue), which differ, are not here")
                        continue
                    }
                    let own = changes[pair] ?? Changes.between(first, second, group: group)
                    changes[pair] = own
                    for change in own { expected.insert(Told(client: client.id, change: change)) }
                    let patch = patches[pair] ?? JSONPatch.between(first, second).json
                    patches[pair] = patch
                    entries.append(
                        PatchReport.Entry(client: client, group: group, before: one, after: other, patch: patch))
                case (nil, nil), (.notCollected?, nil), (nil, .notCollected?), (.notCollected?, .notCollected?):
                    continue
                case (let one, let other):
                    entries.append(PatchReport.Entry(client: client, group: group, before: one, after: other))
                    if isOnBoth, let one, let other {
                        incomparable.insert(
                            DiffReport.Incomparable(
                                client: client, group: IncomparableGroup(group: group, before: one, after: other)))
                    }
                }
            }
        }
        check(
            record.patches.entries.filter { !hidden.contains($0.client.id) } == entries,
            "its patches do not lead from the earlier documents to the later ones")
        var told: Set<Told> = []
        for shared in record.difference.settingsChanges {
            for client in shared.clients {
                check(clients[client.id] == client, "it tells a change of \(client.id) under another name")
                if hidden.contains(client.id) { continue }
                check(
                    told.insert(Told(client: client.id, change: shared.change)).inserted,
                    "it tells a change of \(client.id) twice")
            }
        }
        for change in told.subtracting(expected).sorted(by: Self.precedes) {
            check(
                false,
                "the change of \(change.change.path.dotted) of \(change.client) is not between the documents of the two runs"
            )
        }
        for change in expected.subtracting(told).sorted(by: Self.precedes) {
            check(false, "it does not tell that \(change.change.path.dotted) of \(change.client) changed")
        }
        let apart = record.difference.incomparable.filter { !hidden.contains($0.client.id) }
        check(
            Set(apart) == incomparable && apart.count == incomparable.count,
            "what it calls not comparable is not what the captures are")
        outcome.settingsChanges = told.intersection(expected).count
    }

    private static func precedes(_ left: Told, _ right: Told) -> Bool {
        (left.client, left.change.path) < (right.client, right.change.path)
    }

    /// The verdicts that moved. Where a verdict was unknown in the earlier run, or there was none, what it moved from is that of
    /// a night before, which the pack does not have.
    private mutating func checkMoves(_ before: RecordedSide, _ after: RecordedSide) {
        let isJudged = before.proven.leaf.run.policySet != nil && after.proven.leaf.run.policySet != nil
        guard before.unreadable.isEmpty, after.unreadable.isEmpty else { return }
        var told: [RecordedSide.Place: VerdictChange] = [:]
        for change in record.difference.verdictChanges {
            let place = RecordedSide.Place(client: change.client.id, ruleID: change.ruleID)
            let client = after.clients[place.client] ?? before.clients[place.client]
            check(
                told.updateValue(change, forKey: place) == nil && client == change.client
                    && change.findingID == Finding.id(client: place.client, ruleID: place.ruleID),
                "it tells a verdict change of \(place.ruleID) for \(place.client) twice or under another name")
            let previous = before.verdict(place)
            let waivers = [before, after].map { $0.findings[place]?.waiver?.id }
            let isKnown = previous != nil && previous != .unknown
            check(
                change.after == after.verdict(place) && (!isKnown || change.before == previous)
                    && waivers == [change.waiverBefore, change.waiverAfter],
                "the verdict change of \(place.ruleID) for \(place.client) is not between the results of the two runs")
        }
        guard isJudged else {
            return check(told.isEmpty, "it tells verdict changes of a run that only fetched")
        }
        for (client, results) in before.results.sorted(by: { $0.key < $1.key }) {
            for result in results where result.verdict != .unknown {
                let place = RecordedSide.Place(client: client, ruleID: result.ruleID)
                let current = after.verdict(place)
                let isGone = after.clients[client] == nil
                let waivers = [before, after].map { $0.findings[place]?.waiver != nil }
                let hasMoved =
                    isGone
                    ? result.verdict == .fail
                    : result.verdict != current || result.verdict == .fail && waivers[0] != waivers[1]
                if hasMoved {
                    check(
                        told[place] != nil, "it does not tell that the verdict of \(place.ruleID) for \(client) moved")
                }
            }
        }
    }
}
