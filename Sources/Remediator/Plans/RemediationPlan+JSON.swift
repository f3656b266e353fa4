public import AuditModel

extension RemediationPlan {
    /// What the first member of every plan says, so that no other document can be taken for one.
    static let kind = "audit remediation plan 1"

    /// The plan as JSON; its canonical bytes are the plan's file.
    public var json: SettingValue {
        [
            "kind": .string(Self.kind), "environment": .string(environment.rawValue), "baseURL": .string(baseURL),
            "synthetic": .bool(isSynthetic), "client": ["number": .integer(Int64(client)), "code": .string(code)],
            "seen": [
                "voices": .array(seen.voices.map { .integer(Int64($0)) }),
                "defaultVoice": seen.defaultVoice.map { .integer(Int64($0)) } ?? .null,
                "knowsDefaultVoice": .bool(seen.knowsDefaultVoice), "document": .string(seen.document.hex),
                "run": .string(seen.run.rawValue), "answeredAt": .string(seen.answeredAt.rfc3339),
            ],
            "actions": .array(
                actions.map { action in
                    [
                        "do": .string(action.kind.rawValue), "voice": .integer(Int64(action.voice)),
                        "for": .array(
                            action.reasons.map { ["finding": .string($0.finding), "rule": .string($0.rule)] }),
                    ]
                }),
            "wanted": .array(wanted.sorted().map { .integer(Int64($0)) }),
            "createdAt": .string(createdAt.rfc3339), "expiresAt": .string(expiresAt.rfc3339),
            "toolVersion": .string(toolVersion),
        ]
    }

    /// Reads a plan as ``json`` writes it; nil for anything else, also for a plan with more in it.
    init?(_ json: SettingValue) {
        func moment(_ value: SettingValue?) -> Timestamp? { value?.stringValue.flatMap { Timestamp(rfc3339: $0) } }
        func number(_ value: SettingValue?) -> Int? { value?.integerValue.map { Int($0) } }
        guard let environment = json["environment"]?.stringValue, let baseURL = json["baseURL"]?.stringValue,
            case .bool(let isSynthetic)? = json["synthetic"], let client = number(json["client"]?["number"]),
            let code = json["client"]?["code"]?.stringValue, let seen = json["seen"],
            case .bool(let knowsDefaultVoice)? = seen["knowsDefaultVoice"],
            let document = seen["document"]?.stringValue.flatMap({ Digest(hex: $0) }),
            let run = seen["run"]?.stringValue, let answeredAt = moment(seen["answeredAt"]),
            let createdAt = moment(json["createdAt"]), let expiresAt = moment(json["expiresAt"]),
            let toolVersion = json["toolVersion"]?.stringValue
        else { return nil }
        let actions = (json["actions"]?.arrayValue ?? []).compactMap { action -> PlannedWrite? in
            guard let kind = action["do"]?.stringValue.flatMap({ PlannedWrite.Kind(rawValue: $0) }),
                let voice = number(action["voice"])
            else { return nil }
            let reasons = (action["for"]?.arrayValue ?? []).compactMap { reason -> PlannedWrite.Reason? in
                guard let finding = reason["finding"]?.stringValue, let rule = reason["rule"]?.stringValue else {
                    return nil
                }
                return PlannedWrite.Reason(finding: finding, rule: rule)
            }
            return PlannedWrite(kind, voice, reasons: reasons)
        }
        let plan = try? RemediationPlan(
            environment: EnvironmentName(environment), baseURL: baseURL, isSynthetic: isSynthetic, client: client,
            code: code,
            seen: PoolSeen(
                voices: (seen["voices"]?.arrayValue ?? []).compactMap(number),
                defaultVoice: number(seen["defaultVoice"]),
                knowsDefaultVoice: knowsDefaultVoice, document: document, run: AuditRun.ID(run),
                answeredAt: answeredAt),
            actions: actions, createdAt: createdAt, expiresAt: expiresAt, toolVersion: toolVersion)
        // What was left out or added on the way shows in the JSON that the plan has.
        guard let plan, plan.json == json else { return nil }
        self = plan
    }
}
