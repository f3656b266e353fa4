import AuditModel
import AuditPipeline
import Policies
import Remediator
import Reports

extension RemediationSheet {
    /// The sheet for programs.
    var jsonText: [UInt8] { Array(MachineJSON.text(of: json).utf8) }

    private var json: SettingValue {
        [
            "environment": .string(report.run.environment.rawValue), "synthetic": .bool(report.run.isSynthetic),
            "run": [
                "run": .string(report.run.id.rawValue), "day": .string(report.day.description),
                "startedAt": .string(report.run.startedAt.rfc3339),
            ],
            "remediation": .string(permission.rawValue), "plans": .array(plans.map(json)),
            "manualSteps": .array(steps.map(Self.json)), "waived": TrialJSON.integer(report.waived),
            "unknown": TrialJSON.integer(report.unknown), "notAssessed": [.string(RemediationWords.campaigns)],
        ]
    }

    private func json(_ plan: ClientPlan) -> SettingValue {
        [
            "digest": .string(plan.plan.digest.hex), "client": TrialJSON.client(plan.client), "plan": plan.plan.json,
            "requests": .array(
                plan.plan.actions.map { .string(request($0, client: plan.plan.client)) }),
        ]
    }

    private static func json(_ step: ManualStep) -> SettingValue {
        var object = TrialJSON.rule(step.rule)
        object["remediation"] = step.rule.remediation.map { SettingValue.string($0) } ?? SettingValue.null
        object["client"] = TrialJSON.client(step.client)
        object["finding"] = .string(step.finding)
        object["portalTab"] = step.portalTab.map { SettingValue.string($0) } ?? SettingValue.null
        object["path"] = step.path.map { SettingValue.string($0.dotted) } ?? SettingValue.null
        object["isThere"] = .bool(step.now != nil)
        object["now"] = step.now.map(HistoryWords.shown) ?? SettingValue.null
        object["wanted"] = .string(step.wanted)
        object["also"] = .array(
            step.also.map { demand in
                [
                    "rule": .string(demand.ruleID), "wanted": .string(demand.wanted),
                    "isOneOfSeveral": .bool(demand.isOneOfSeveral), "isConditional": .bool(demand.isConditional),
                ]
            })
        object["meaning"] = step.meaning.map { SettingValue.string($0) } ?? SettingValue.null
        object["reason"] = step.reason.map { SettingValue.string($0) } ?? SettingValue.null
        return .object(object)
    }
}
