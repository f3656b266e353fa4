public import AuditModel

extension PolicySet {
    /// What writes to the voice pool can do about some of a client's failures.
    ///
    /// Each remedy is tried before it counts: the client is judged again with the pool as it would be, together with those
    /// of the rules before it. A remedy after which a rule fails that does not fail now is none.
    ///
    /// - Parameter ruleIDs: the failures to mend, the most important first; others, such as waived ones, are let be.
    public func voicePoolRemedies(
        for ruleIDs: [String], of snapshot: Snapshot, now: Timestamp? = nil
    ) -> VoicePoolRemedies {
        let evidence = Evidence(snapshot, slots, now: now)
        let voices = VoicePoolNeeds.voices(of: snapshot.groups[.voicePool].value)
        var trial = PoolTrial(self, snapshot, voices: voices ?? [], now: now)
        let entries = ruleIDs.map { id in
            VoicePoolRemedies.Entry(ruleID: id, remedy: remedy(of: id, on: evidence, voices: voices, in: &trial))
        }
        return VoicePoolRemedies(
            entries: entries, additions: trial.additions.sorted(), removals: trial.removals.sorted())
    }

    private func remedy(
        of ruleID: String, on evidence: Evidence, voices: [Int64]?, in trial: inout PoolTrial
    ) -> VoicePoolRemedy {
        guard let rule = rules.first(where: { $0.facts.id.isIdentical(to: ruleID) }) else {
            return .byHand(.otherSetting)
        }
        let form = rule.form(for: evidence.snapshot.client)
        guard form.check.paths.contains(where: { $0.group == .voicePool }) else { return .byHand(.otherSetting) }
        guard let voices else { return .byHand(.unusablePool) }
        var needs = VoicePoolNeeds()
        do throws(ByHandReason) {
            try needs.add(form.check, on: evidence, voices: voices)
            guard !needs.additions.isEmpty || !needs.removals.isEmpty else { throw .notEnough }
            try trial.accept(needs, for: ruleID)
        } catch {
            return .byHand(error)
        }
        return .writes(additions: needs.additions.sorted(), removals: needs.removals.sorted())
    }
}

/// The pool as the remedies that were accepted so far make it, and what the rules say of it.
private struct PoolTrial {
    let policies: PolicySet
    let snapshot: Snapshot
    let voices: [Int64]
    let now: Timestamp?
    private(set) var additions: Set<Int64> = []
    private(set) var removals: Set<Int64> = []
    private var mended: Set<String> = []
    /// The rules that fail as the client is; nil while nobody has asked.
    private var failingNow: Set<String>?

    init(_ policies: PolicySet, _ snapshot: Snapshot, voices: [Int64], now: Timestamp?) {
        self.policies = policies
        self.snapshot = snapshot
        self.voices = voices
        self.now = now
    }

    /// Takes a remedy in, if the client is then no worse off.
    mutating func accept(_ needs: VoicePoolNeeds, for ruleID: String) throws(ByHandReason) {
        let additions = additions.union(needs.additions)
        let removals = removals.union(needs.removals)
        let wanted = voices.filter { !removals.contains($0) } + additions.subtracting(removals).sorted()
        guard !wanted.isEmpty else { throw .emptiesPool }
        let failingNow = failingNow ?? failing(in: snapshot).ids
        self.failingNow = failingNow
        let after = failing(in: snapshot.withVoices(wanted))
        let broken = after.ids.filter { !failingNow.contains($0) || mended.contains($0) }.sorted()
        guard broken.isEmpty else { throw .breaks(rules: broken) }
        guard after.passing.contains(ruleID), additions.isDisjoint(with: removals) else { throw .notEnough }
        self.additions = additions
        self.removals = removals
        mended.insert(ruleID)
    }

    /// The rules that fail and those that pass. What cannot be told counts as neither.
    private func failing(in snapshot: Snapshot) -> (ids: Set<String>, passing: Set<String>) {
        let results = policies.results(for: snapshot, now: now)
        return (
            Set(results.filter { $0.verdict == .fail }.map(\.ruleID)),
            Set(results.filter { $0.verdict == .pass }.map(\.ruleID))
        )
    }
}

extension Snapshot {
    /// The snapshot as if the pool had these voices: what is known of a voice stays with it, new ones come last.
    fileprivate func withVoices(_ wanted: [Int64]) -> Snapshot {
        guard case .document(.object(var body), _) = groups[.voicePool] else { return self }
        let known = body["voice"]?.arrayValue ?? []
        body["voice"] = .array(
            wanted.map { id in known.first { $0["id"] == .integer(id) } ?? ["id": .integer(id)] })
        var snapshot = self
        snapshot.groups[.voicePool] = .document(.object(body), Digest(of: .object(body)))
        return snapshot
    }
}
