package import AuditModel

// How the nouns of reports are written in JSON; Sources/Reports/Schemas describes the same. An absent setting is an
// absent member (null is a value that a setting can have); every other member is always there, null where unknown.

extension SettingValue {
    /// Text, or null.
    package static func text(_ text: String?) -> SettingValue { text.map(SettingValue.string) ?? .null }
    package static func count(_ number: Int) -> SettingValue { .integer(Int64(number)) }
    package static func time(_ time: Timestamp?) -> SettingValue { text(time?.rfc3339) }
    package static func paths(_ paths: [SettingPath]) -> SettingValue { .array(paths.map { .string($0.dotted) }) }
    package static func list<Element>(_ elements: [Element], _ json: (Element) -> SettingValue) -> SettingValue {
        .array(elements.map(json))
    }
}

extension Client {
    package var json: SettingValue {
        [
            "id": .string(id.description), "environment": .string(id.environment.rawValue), "number": .count(id.number),
            "code": .string(code), "name": .string(name), "account": .string(account),
            "labels": .object(SettingObject(labels.map { .init(key: $0.key, value: .string($0.value)) })),
        ]
    }
}

extension AuditRun {
    package var json: SettingValue {
        [
            "id": .string(id.rawValue), "environment": .string(environment.rawValue), "baseURL": .string(baseURL),
            "synthetic": .bool(isSynthetic), "kind": .string(kind.rawValue), "state": .string(state.rawValue),
            "startedAt": .time(startedAt), "sealedAt": .time(sealedAt), "policySet": .text(policySet?.hex),
            "waiverSet": .text(waiverSet?.hex), "toolVersion": .string(toolVersion), "clientCount": .count(clientCount),
        ]
    }
}

extension CaptureFailure {
    package var json: SettingValue {
        [
            "reason": .string(reason.rawValue), "status": status.map(SettingValue.count) ?? .null,
            "request": .string(request), "detail": .string(detail),
        ]
    }
}

extension Capture {
    package var json: SettingValue {
        switch self {
        case .document(let digest): ["state": "document", "digest": .string(digest.hex)]
        case .failure(let failure): ["state": "failure", "failure": failure.json]
        case .notCollected(let reason): ["state": "notCollected", "reason": .string(reason.rawValue)]
        }
    }
}

extension Change {
    package var json: SettingValue {
        var object = SettingObject([
            .init(key: "path", value: .string(path.dotted)), .init(key: "kind", value: .string(kind.rawValue)),
        ])
        object["before"] = before
        object["after"] = after
        return .object(object)
    }
}

extension SharedChange {
    package var json: SettingValue {
        [
            "change": change.json, "clients": .list(clients, \.json),
            "flippedRules": .list(flippedRules, SettingValue.string),
        ]
    }
}

extension VerdictChange {
    package var json: SettingValue {
        [
            "finding": .string(findingID), "client": client.json, "rule": .string(ruleID),
            "before": .text(before?.rawValue), "after": .text(after?.rawValue),
            "transition": .text(transition?.rawValue), "causes": .list(causes) { .string($0.rawValue) },
            "paths": .paths(paths), "waiverBefore": .text(waiverBefore), "waiverAfter": .text(waiverAfter),
        ]
    }
}

extension RosterChange {
    package var json: SettingValue {
        [
            "kind": .string(kind.rawValue), "client": client.json, "before": .text(before), "after": .text(after),
        ]
    }
}

extension RuleFacts {
    package var json: SettingValue {
        [
            "id": .string(id), "title": .string(title), "severity": .string(severity.rawValue),
            "rationale": .text(rationale), "remediation": .text(remediation), "policy": .string(policyID),
            "controls": .list(controls) { control in
                [
                    "reference": .string(control.reference), "strength": .string(control.strength.rawValue),
                    "caveat": .text(control.caveat),
                ]
            },
        ]
    }
}

extension VerdictCounts {
    package var json: SettingValue {
        [
            "pass": .count(pass), "fail": .count(fail), "waived": .count(waived), "unknown": .count(unknown),
            "notApplicable": .count(notApplicable),
        ]
    }
}

extension Comparison {
    package var json: SettingValue {
        var object = SettingObject([
            .init(key: "path", value: .string(path.dotted)), .init(key: "expected", value: .string(expected)),
            .init(key: "reason", value: .string(reason.rawValue)), .init(key: "negated", value: .bool(isNegated)),
            .init(key: "note", value: .text(note)),
        ])
        object["actual"] = actual
        return .object(object)
    }
}

extension WaiverFacts {
    package var json: SettingValue {
        [
            "id": .string(id), "reason": .string(reason), "owner": .text(owner), "approver": .string(approver),
            "ticket": .text(ticket), "from": .string(from.description), "expires": .string(expires.description),
            "daysLeft": .count(daysLeft), "while": .text(condition),
        ]
    }
}

extension Finding {
    /// - Parameter severity: that of its rule; nil where the report does not name the rule.
    package func json(severity: Severity?) -> SettingValue {
        [
            "id": .string(id), "client": client.json, "rule": .string(result.ruleID),
            "severity": .text(severity?.rawValue), "verdict": .string(result.verdict.rawValue),
            "transition": .text(transition?.rawValue), "message": .text(result.message),
            "comparisons": .list(result.comparisons, \.json),
            "missing": .list(result.missing) { .string($0.rawValue) },
            "notApplicableReason": .text(result.notApplicableReason), "flippedBy": .paths(flippedBy),
            "failingSince": .time(failingSince), "waiver": waiver?.json ?? .null,
        ]
    }
}
