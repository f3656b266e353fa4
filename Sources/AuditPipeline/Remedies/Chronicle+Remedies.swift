public import AuditModel
import Policies
import SnapshotStore

extension Chronicle {
    /// What can be done about the failures of a run, by the rules that it was judged by.
    ///
    /// - Parameters:
    ///   - clients: numbers, codes or environment/number; empty for all.
    ///   - rules: ids of rules; empty for all.
    ///   - waivers: further waivers; what these or those of the run lie over is let be.
    /// - Throws: ``PipelineError/clientOfNoNight(_:suggestion:)``, ``PipelineError/unknownRule(_:suggestion:)`` for a
    ///   name that the run does not have, ``PipelineError/notJudged(_:)`` for a run without rules.
    public func remedies(
        of run: AuditRun, clients: [String] = [], rules: [String] = [], waivers: WaiversOnDay? = nil
    ) throws -> RemedyReport {
        guard let policies = try policySet(of: run) else { throw PipelineError.notJudged(run.id) }
        for rule in rules where !policies.facts.contains(where: { $0.id.isIdentical(to: rule) }) {
            throw PipelineError.unknownRule(rule, suggestion: NearestName.to(rule, among: policies.facts.map(\.id)))
        }
        let judged = try JudgedRun(
            run, in: store, judgedBy: .recorded, recorded: policies, waivers: try self.waivers(of: run))
        let chosen = try RosterTimeline(of: [run], in: store, readBy: []).numbers(of: clients)
        var report = RemedyReport(run: run, day: zone.day(of: run.startedAt), clients: [], waived: 0, unknown: 0)
        for client in judged.roster where chosen?.contains(client.id.number) ?? true {
            if let found = try remedies(of: client, judged, policies, rules: Set(rules), waivers, &report) {
                report.clients.append(found)
            }
        }
        return report
    }

    private func remedies(
        of client: Client, _ judged: JudgedRun, _ policies: PolicySet, rules: Set<String>, _ waivers: WaiversOnDay?,
        _ report: inout RemedyReport
    ) throws -> ClientRemedies? {
        guard let night = judged.nights[client.id.number] else { return nil }
        // Read once, and only for clients that fail.
        var read: Snapshot?
        func snapshot() throws -> Snapshot {
            if let read { return read }
            let snapshot = try Snapshot(client: client, captures: night.captures, in: store)
            read = snapshot
            return snapshot
        }
        var findings: [Finding] = []
        for result in try judged.results(of: client) where rules.isEmpty || rules.contains(result.ruleID) {
            if result.verdict == .unknown { report.unknown += 1 }
            guard result.verdict == .fail else { continue }
            let isWaived =
                try judged.waiver(over: result, of: client) != nil
                || waivers?.facts(over: result, of: client, snapshot: snapshot) != nil
            if isWaived { report.waived += 1 } else { findings.append(Finding(client: client, result: result)) }
        }
        guard !findings.isEmpty else { return nil }
        findings = FindingOrder(policies).sorted(findings)
        let content = try snapshot()
        let remedies = policies.voicePoolRemedies(
            for: findings.map(\.result.ruleID), of: content, now: judged.run.startedAt)
        let demands = policies.demands(
            on: Set(findings.flatMap(\.result.comparisons).map(\.path)), of: content, now: judged.run.startedAt)
        return ClientRemedies(
            client: client,
            failures: zip(findings, remedies.entries).compactMap { finding, entry in
                guard var facts = policies.facts.first(where: { $0.id.isIdentical(to: entry.ruleID) }) else {
                    return nil
                }
                facts.severity = finding.result.severity ?? facts.severity
                return ClientRemedies.Failure(
                    finding: finding, rule: facts, remedy: entry.remedy, demands: Self.others(demands, for: finding))
            }, additions: remedies.additions, removals: remedies.removals,
            pool: pool(of: content, night, in: judged.run))
    }

    /// The demands on what a finding compares, without what it says itself and other ways of its own rule.
    private static func others(
        _ demands: [SettingPath: [SettingDemand]], for finding: Finding
    ) -> [SettingPath: [SettingDemand]] {
        var others: [SettingPath: [SettingDemand]] = [:]
        for comparison in finding.result.comparisons {
            let said = Set(
                finding.result.comparisons.filter { $0.path == comparison.path }.map(\.wanted))
            others[comparison.path] = demands[comparison.path]?.filter { demand in
                !said.contains(demand.wanted)
                    && !(demand.isOneOfSeveral && demand.ruleID.isIdentical(to: finding.result.ruleID))
            }
        }
        return others
    }

    private func pool(of snapshot: Snapshot, _ night: ClientNight, in run: AuditRun) -> CapturedPool? {
        // When a pruned night was captured is not known any more, only that it was when the run ended.
        guard case .document(let body, let digest) = snapshot.groups[.voicePool],
            let answeredAt = night.times[.voicePool]?.answeredAt ?? (night.isHashOnly ? run.sealedAt : nil)
        else { return nil }
        let voices = (body["voice"]?.arrayValue ?? []).compactMap { $0["id"]?.integerValue }
        let defaultVoice: CapturedPool.DefaultVoice =
            switch snapshot.groups[.settings].value?["defaultVoiceId"] {
            case _ where snapshot.groups[.settings].value == nil: .notKnown
            case nil, .null?, .integer(0)?: .none
            case .integer(let id)?: .voice(id)
            case .bool?, .number?, .string?, .array?, .object?: .notKnown
            }
        return CapturedPool(
            voices: voices.sorted(), defaultVoice: defaultVoice, document: digest, answeredAt: answeredAt)
    }
}
