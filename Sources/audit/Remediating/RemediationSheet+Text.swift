import AuditModel
import AuditPipeline
import LiveVoxAPI
import Policies
import Remediator
import Reports

/// The words of a sheet.
enum RemediationSheetWords {
    /// Why a failure comes out as a step; nil for a setting that no plan can be made for, which needs no reason.
    static func reason(_ remedy: VoicePoolRemedy) -> String? {
        switch remedy {
        case .writes: "no plan could be made of its writes"
        case .byHand(.otherSetting): nil
        case .byHand(.severalWays): "there are several ways to satisfy it"
        case .byHand(.expression): "nobody can tell what would satisfy an expression"
        case .byHand(.unusablePool): "the pool that was captured is no list of different voice ids"
        case .byHand(.noVoiceID): "it wants something that is no voice id"
        case .byHand(.emptiesPool): "the pool would be left without a voice"
        case .byHand(.notEnough): "writes to the pool alone would not satisfy it"
        case .byHand(.breaks(let rules)): "\(rules.joined(separator: ", ")) would fail then"
        }
    }

    /// What other rules ask of the setting of a step: `at most 5 (SEC-LOCK-ACD-LIMIT)`.
    static func also(_ demands: [SettingDemand]) -> String {
        demands.map { demand in
            let limits =
                (demand.isConditional ? " where its condition holds" : "")
                + (demand.isOneOfSeveral ? ", one of several ways" : "")
            return "\(demand.wanted) (\(demand.ruleID)\(limits))"
        }.joined(separator: "; ")
    }

    /// A voice with its name where it is known: `9 (Lee)`.
    static func voice(_ id: Int) -> String {
        VoiceTalent.name(of: Int64(id)).map { "\(id) (\($0))" } ?? String(id)
    }

    /// A pool: `1, 2, 3`.
    static func pool(_ voices: [Int]) -> String {
        voices.isEmpty ? "empty" : voices.map(String.init).joined(separator: ", ")
    }

    /// `ACME (na3/4199)`.
    static func client(_ client: Client) -> String {
        client.code.isEmpty ? client.id.description : "\(client.code) (\(client.id))"
    }
}

extension RemediationSheet {
    /// One sentence that says it all.
    var sentence: String {
        let mark = report.run.isSynthetic ? "Synthetic data (emulator): " : ""
        let head = "\(mark)\(report.run.environment), run of \(report.day) (\(report.run.id.short)): "
        var clauses: [String] = []
        if plans.isEmpty, steps.isEmpty {
            clauses.append("nothing to do")
        } else {
            let writes = plans.reduce(0) { $0 + $1.plan.actions.count }
            clauses.append(
                plans.isEmpty ? "no plan to apply" : "\(count(plans.count, "plan")) with \(count(writes, "write"))")
            let clients = Set(steps.map(\.client.id)).count
            clauses.append(
                steps.isEmpty
                    ? "no manual step" : "\(count(steps.count, "manual step")) for \(count(clients, "client"))")
        }
        if report.waived > 0 { clauses.append("\(count(report.waived, "waived failure")) let be") }
        if report.unknown > 0 {
            clauses.append("\(count(report.unknown, "verdict")) unknown, for which nothing is planned")
        }
        return head + clauses.joined(separator: "; ") + "."
    }

    private var permissionSentence: String {
        // What the store calls an emulator within a process.
        if report.run.baseURL.hasPrefix("emulator:") {
            return
                "\(report.run.environment) is an embedded emulator: these plans cannot be applied, since it forgets what was "
                + "written; serve one with 'audit emulator' to try plans."
        }
        return switch permission {
        case .enabled: "Remediation is enabled: 'audit remediate apply DIGEST' carries a plan out until it expires."
        case .disabled: "Remediation is disabled in audit.yaml (remediation: {enabled: false}); nothing can be applied."
        case .off:
            "Remediation is off: nothing can be applied until audit.yaml has remediation: {enabled: true, accounts: …} "
                + "('audit remediate --help')."
        }
    }

    /// The sheet for people.
    func text(usesColor: Bool) -> [UInt8] {
        var lines = [sentence]
        for plan in plans { lines += [""] + self.lines(plan) }
        if !plans.isEmpty { lines += ["", RemediationWords.campaigns, permissionSentence] }
        var bytes = Array(lines.map { VisibleText.of($0) + "\n" }.joined().utf8)
        guard !steps.isEmpty else { return bytes }
        let tabs = Dictionary(grouping: steps) { $0.portalTab ?? "~" }
        bytes += Array("\nMANUAL STEPS, by the portal's tab\n".utf8)
        for (tab, steps) in tabs.sorted(by: { $0.key < $1.key }) {
            let title = tab == "~" ? "No tab is known for these" : tab
            bytes += Array("\n\(VisibleText.of(title))\n".utf8)
            let hasMore = steps.contains { !$0.also.isEmpty }
            let hasReasons = steps.contains { $0.reason != nil }
            bytes += Table(
                columns: ["client", "setting", "now", "wanted"] + (hasMore ? ["also"] : []) + ["rule", "severity"]
                    + (hasReasons ? ["why by hand"] : []) + ["meaning"],
                rows: steps.map { step in
                    [
                        .string(RemediationSheetWords.client(step.client)), .string(step.path?.dotted ?? ""),
                        .string(step.path == nil ? "" : HistoryWords.value(step.now)), .string(step.wanted),
                    ] + (hasMore ? [.string(RemediationSheetWords.also(step.also))] : [])
                        + [.string(step.rule.id), .string(step.rule.severity.rawValue)]
                        + (hasReasons ? [.string(step.reason ?? "")] : []) + [.string(step.meaning ?? "")]
                }
            ).bytes(as: .text, usesColor: usesColor)
            bytes += Array(fixes(steps).utf8)
        }
        return bytes
    }

    /// The rules' own words on how to mend their failures, each rule once.
    private func fixes(_ steps: [ManualStep]) -> String {
        var told: Set<String> = []
        return steps.compactMap { step in
            guard let fix = step.rule.remediation, told.insert(step.rule.id).inserted else { return nil }
            return VisibleText.of("Fix \(step.rule.id): ") + VisibleText.prose(fix) + "\n"
        }.joined()
    }

    /// What is sent for a write, as the configuration stands.
    func request(_ write: PlannedWrite, client: Int) -> String {
        (try? write.method(client: client))?.request(version: apiVersion) ?? ""
    }

    private func lines(_ plan: ClientPlan) -> [String] {
        let (client, plan) = (plan.client, plan.plan)
        let seen = plan.seen
        let defaultVoice =
            seen.knowsDefaultVoice
            ? seen.defaultVoice.map { "default voice \($0)" } ?? "no default voice" : "default voice not known"
        var lines = [
            "\(RemediationSheetWords.client(client))  plan \(plan.digest.hex)",
            "  pool seen  \(RemediationSheetWords.pool(seen.voices))  (\(seen.answeredAt.rfc3339); \(defaultVoice))",
        ]
        for (index, write) in plan.actions.enumerated() {
            let rules = write.reasons.map { "\($0.rule) (\($0.finding))" }.joined(separator: ", ")
            let isDefault = write.kind == .remove && write.voice == seen.defaultVoice
            lines.append(
                "  \(index + 1). \(write.kind.rawValue) voice \(RemediationSheetWords.voice(write.voice))  "
                    + request(write, client: plan.client) + "  for \(rules)"
                    + (isDefault ? "  (the default voice: needs --force)" : ""))
        }
        return lines + [
            "  pool then  \(RemediationSheetWords.pool(plan.wanted.sorted()))",
            "  until \(plan.expiresAt.rfc3339): audit remediate apply \(plan.digest.hex)",
        ]
    }
}
