import AuditModel
import AuditPipeline
import Policies

/// The parts of JSON that commands have in common which hold policies against stored nights.
enum TrialJSON {
    /// The environment, the zone and the nights.
    static func head(_ nights: StoredNights, timeZone: String, clients: Int) -> SettingObject {
        var object = SettingObject()
        object["environment"] = nights.runs.first.map { .string($0.environment.rawValue) }
        object["synthetic"] = .bool(nights.isSynthetic)
        object["timeZone"] = .string(timeZone)
        object["clients"] = integer(clients)
        object["nights"] = [
            "count": integer(nights.runs.count), "first": night(0, in: nights),
            "last": night(nights.runs.count - 1, in: nights),
        ]
        return object
    }

    /// A night: its run, its day and its start; null for nil.
    static func night(_ position: Int?, in nights: StoredNights) -> SettingValue {
        guard let position else { return .null }
        let run = nights.runs[position]
        return [
            "run": .string(run.id.rawValue), "day": .string(nights.days[position].description),
            "startedAt": .string(run.startedAt.rfc3339),
        ]
    }

    /// How often each verdict was given.
    static func counts(_ counts: VerdictCounts) -> SettingValue {
        [
            "pass": integer(counts.pass), "fail": integer(counts.fail), "unknown": integer(counts.unknown),
            "notApplicable": integer(counts.notApplicable),
        ]
    }

    /// A client.
    static func client(_ client: Client) -> SettingValue {
        var object = id(client.id)
        object["code"] = .string(client.code)
        return .object(object)
    }

    /// A client by its identity alone.
    static func id(_ id: Client.ID) -> SettingObject {
        SettingObject([
            SettingObject.Member(key: "environment", value: .string(id.environment.rawValue)),
            SettingObject.Member(key: "number", value: integer(id.number)),
        ])
    }

    /// What a policy says of a rule.
    static func rule(_ facts: RuleFacts) -> SettingObject {
        SettingObject([
            SettingObject.Member(key: "rule", value: .string(facts.id)),
            SettingObject.Member(key: "title", value: .string(facts.title)),
            SettingObject.Member(key: "severity", value: .string(facts.severity.rawValue)),
            SettingObject.Member(key: "policy", value: .string(facts.policyID)),
        ])
    }

    /// The policies that judged.
    static func policies(_ policies: [PolicyFacts]) -> SettingValue {
        .array(
            policies.map { policy in
                [
                    "id": .string(policy.id), "version": .string(policy.version), "file": .string(policy.file),
                    "digest": .string(policy.digest.hex),
                ]
            })
    }

    /// A number.
    static func integer(_ number: Int) -> SettingValue { .integer(Int64(number)) }
}
