public import AuditModel
import Policies
import SnapshotStore

extension Chronicle {
    /// The client and the rule that a finding's id stands for, among stored nights: `F-` and eight digits, or the UUID that
    /// OCSF has, whose beginning they are.
    ///
    /// - Throws: ``PipelineError/unknownFinding(_:)``.
    public func subject(ofFinding id: String, in nights: StoredNights) throws -> (client: Client, ruleID: String) {
        let wanted = id.lowercased()
        var rules: Set<String> = []
        var sets: Set<Digest> = []
        for run in nights.runs.reversed() {
            guard let digest = run.policySet, sets.insert(digest).inserted else { continue }
            for rule in try policySet(of: run)?.facts ?? [] { rules.insert(rule.id) }
        }
        var rosters: Set<RosterID> = []
        var clients: Set<Client.ID> = []
        for run in nights.runs.reversed() where rosters.insert(try store.rosterID(of: run.id)).inserted {
            for client in try store.roster(of: run.id) where clients.insert(client.id).inserted {
                for rule in rules {
                    let uuid = Finding.uuid(client: client.id, ruleID: rule)
                    if wanted == uuid || wanted == "f-" + uuid.prefix(8) { return (client, rule) }
                }
            }
        }
        throw PipelineError.unknownFinding(id)
    }

    /// The settings that a rule compares, as the last of these nights that knew it has it; none where no night did.
    public func paths(readBy ruleID: String, in nights: StoredNights) throws -> [SettingPath] {
        var sets: Set<Digest> = []
        for run in nights.runs.reversed() {
            guard let digest = run.policySet, sets.insert(digest).inserted, let set = try policySet(of: run),
                set.facts.contains(where: { $0.id.isIdentical(to: ruleID) })
            else { continue }
            return set.paths(comparedBy: ruleID)
        }
        return []
    }

    /// The story of a rule's verdict for a client over stored nights; the last of them is what is told of.
    ///
    /// The verdict is compared with the last known one: a night that could not tell is passed over, unless the verdict that is
    /// told of is itself unknown.
    /// - Parameter client: its number, its code or `environment/number`.
    /// - Throws: ``PipelineError/clientOfNoNight(_:suggestion:)``, ``PipelineError/ruleOfNoNight(_:suggestion:)``.
    public func verdictStory(of ruleID: String, for client: String, over nights: StoredNights) throws -> VerdictStory {
        let client = try self.client(client, in: nights)
        var memory = RecordedRules(chronicle: self)
        var current: VerdictStory.Night?
        var since: VerdictStory.Night?
        var before: VerdictStory.Night?
        var missed: [CalendarDay] = []
        var pending: [CalendarDay] = []
        var nightCount = 0
        var known: Set<String> = []
        let wanted = Set(nights.runs.map(\.id))
        try store.forEachNight(of: client.id) { run, row in
            guard wanted.contains(run.id) else { return run.startedAt > nights.runs[0].startedAt }
            guard let night = try memory.night(run, row, ruleID, &known) else {
                pending.append(zone.day(of: run.startedAt))
                return true
            }
            guard let latest = current else {
                // What no policy has any more is told of as of when it last had it.
                if night.standing.verdict == nil { return true }
                (current, since) = (night, night)
                nightCount = 1
                pending = []
                return true
            }
            nightCount += 1
            if night.standing.isLike(latest.standing) {
                since = night
                pending = []
                return true
            }
            if night.standing.verdict == .unknown {
                pending.append(night.day)
                return true
            }
            before = night
            missed = pending
            return false
        }
        guard let current, let since else {
            let near = NearestName.to(ruleID, among: known.sorted())
            throw PipelineError.ruleOfNoNight(ruleID, suggestion: near)
        }
        var story = VerdictStory(
            client: client, ruleID: ruleID,
            facts: try memory.policies(of: current.run)?.facts.first { $0.id == ruleID },
            current: current, since: since, lastMove: nil, nightCount: nightCount)
        if let before {
            story.lastMove = try VerdictTrial(
                ruleID: ruleID, before: before, after: since, chronicle: self, memory: &memory, client: client.id
            ).move(missed: missed.reversed())
        }
        return story
    }
}

/// The policies and waivers that runs recorded, each set compiled once.
struct RecordedRules {
    let chronicle: Chronicle
    private var policySets: [Digest: PolicySet?] = [:]
    private var waiverSets: [Digest: WaiverSet] = [:]

    init(chronicle: Chronicle) { self.chronicle = chronicle }

    mutating func policies(of run: AuditRun) throws -> PolicySet? {
        guard let digest = run.policySet else { return nil }
        if let known = policySets[digest] { return known }
        let set = try chronicle.policySet(of: run)
        policySets[digest] = .some(set)
        return set
    }

    mutating func waivers(of run: AuditRun) throws -> WaiversOnDay {
        guard let digest = run.waiverSet else { return try chronicle.waivers(of: run) }
        if let known = waiverSets[digest] { return WaiversOnDay(known, on: chronicle.zone.day(of: run.startedAt)) }
        let waivers = try chronicle.waivers(of: run)
        waiverSets[digest] = waivers.waivers
        return waivers
    }

    /// A night with what it recorded of a rule; nil where it judged nobody.
    mutating func night(
        _ run: AuditRun, _ row: ClientNight, _ ruleID: String, _ known: inout Set<String>
    ) throws -> VerdictStory.Night? {
        guard let id = row.results else { return nil }
        let results = try chronicle.store.results(id)
        known.formUnion(results.map(\.ruleID))
        let result = results.first { $0.ruleID.isIdentical(to: ruleID) }
        var waiver: WaiverFacts?
        if let result, result.verdict == .fail,
            let client = try chronicle.store.roster(of: run.id).first(where: { $0.id.number == row.number })
        {
            waiver = try waivers(of: run).facts(over: result, of: client) {
                try Snapshot(client: client, captures: row.captures, in: chronicle.store)
            }
        }
        return VerdictStory.Night(
            run: run, day: chronicle.zone.day(of: run.startedAt),
            standing: VerdictStory.Standing(verdict: result?.verdict, waiver: waiver), result: result,
            captures: row.captures)
    }
}
