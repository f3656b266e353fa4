import AuditModel
import AuditPipeline
import Reports

/// Shows the story of one verdict.
struct WhyPresentation {
    let story: VerdictStory
    let zone: DayZone

    /// Prints it.
    func show(as format: WhyFormat) {
        switch format {
        case .text: Console.result(lines.map { VisibleText.of($0) + "\n" }.joined())
        case .json: Console.result(MachineJSON.text(of: json))
        }
    }

    // MARK: Text

    private var lines: [String] {
        let mark = story.current.run.isSynthetic ? "Synthetic data (emulator): " : ""
        let title = story.facts.map { " (\($0.severity.rawValue): \($0.title))" } ?? ""
        var lines = [
            "\(mark)\(story.findingID), \(story.client.id) \(story.client.code), \(story.ruleID)\(title)", "",
            "\(Self.standing(story.current.standing)) in the run of \(Self.run(story.current))" + now + ".",
        ]
        guard let move = story.lastMove else {
            let nights = count(story.nightCount, "night")
            return lines + [
                "So since the first run that judged it, of \(Self.run(story.since)): \(nights), no other verdict."
            ]
        }
        lines.append(
            "So since the run of \(Self.run(move.after)); before, in the run of \(Self.run(move.before)): "
                + Self.standing(move.before.standing) + ".")
        if !move.missed.isEmpty {
            lines.append("Between the two nothing could be told on \(HistoryWords.days(move.missed)).")
        }
        lines += ["", "Cause: \(Self.cause(move))."] + details(move)
        // What the days alone did, nobody changed.
        if !move.causes.isEmpty, Set(move.causes).isSubset(of: [.time, .waiverExpired, .waiverBegan]) { return lines }
        return lines + ["", "Who changed it is not assessed: the API does not say."]
    }

    /// What the present result rests on.
    private var now: String {
        guard let result = story.current.result, result.verdict != .pass, let reason = TrialWords.reason(result) else {
            return ""
        }
        return ": " + reason
    }

    private func details(_ move: VerdictStory.Move) -> [String] {
        var lines = move.changes.map { change in
            "  setting  \(change.path): \(HistoryWords.value(change.before)) → \(HistoryWords.value(change.after))"
        }
        lines += move.evidence.map { entry in
            "  evidence \(entry.group.rawValue): \(Self.capture(entry.before)) → \(Self.capture(entry.after))"
        }
        lines += move.fields.map { field in
            "  rule     \(field.name): \(field.before ?? "(not said)") → \(field.after ?? "(not said)")"
        }
        if !Set(move.causes).isDisjoint(with: [.waiver, .waiverExpired, .waiverBegan]) {
            for (waiver, side) in [
                (move.before.standing.waiver, "lay over it"), (move.after.standing.waiver, "lies over it"),
            ] {
                guard let waiver else { continue }
                lines.append(
                    "  waiver   \(waiver.id) \(side), \(waiver.from) to \(waiver.expires), approved by \(waiver.approver): \(waiver.reason)"
                )
            }
        }
        if move.causes.contains(.tool) {
            lines.append(
                "  tool     version \(move.before.run.toolVersion) → \(move.after.run.toolVersion); this version does not come to the recorded verdicts from what was recorded"
            )
        }
        if move.causes.contains(.client) { lines.append("  client   its labels are others") }
        if move.causes.contains(.time) {
            lines.append(
                "  time     the rule reads the moment of the run: \(move.before.run.startedAt.rfc3339) → \(move.after.run.startedAt.rfc3339)"
            )
        }
        return lines
    }

    private static func cause(_ move: VerdictStory.Move) -> String {
        let names = move.causes.map(name)
        guard names.count > 1 else { return names.first ?? "nothing that was recorded differs" }
        let together = move.sufficient.allSatisfy { $0.count == 1 } && !move.causes.contains(.tool)
        return "several (\(names.joined(separator: ", "))); "
            + (together ? "each alone would have done it" : "it took them together")
    }

    private static func name(_ cause: VerdictStory.Cause) -> String {
        switch cause {
        case .setting: "setting"
        case .evidence: "evidence"
        case .rule: "rule"
        case .waiver: "waiver"
        case .waiverExpired: "waiver expired"
        case .waiverBegan: "waiver came into force"
        case .client: "client"
        case .time: "time"
        case .tool: "tool"
        }
    }

    private static func standing(_ standing: VerdictStory.Standing) -> String {
        guard let verdict = standing.verdict else { return "not a rule of that run" }
        guard let waiver = standing.waiver else { return TrialWords.verdict(verdict) }
        return "fail, waived by \(waiver.id)"
    }

    private static func run(_ night: VerdictStory.Night) -> String { "\(night.day) (\(night.run.id.short))" }

    private static func capture(_ capture: Capture) -> String {
        switch capture {
        case .document: "captured"
        case .failure(let failure): "not captured (\(failure.reason.rawValue))"
        case .notCollected: "not collected, by configuration"
        }
    }

    // MARK: JSON

    private var json: SettingValue {
        var object = SettingObject()
        object["schema"] = "audit-why/1"
        object["id"] = .string(story.findingID)
        object["environment"] = .string(story.client.id.environment.rawValue)
        object["synthetic"] = .bool(story.current.run.isSynthetic)
        object["timeZone"] = .string(zone.identifier)
        object["client"] = TrialJSON.client(story.client)
        object["rule"] = .string(story.ruleID)
        object["current"] = Self.json(story.current)
        object["since"] = Self.json(story.since)
        object["nights"] = TrialJSON.integer(story.nightCount)
        object["lastMove"] = story.lastMove.map(Self.json) ?? .null
        return .object(object)
    }

    private static func json(_ night: VerdictStory.Night) -> SettingValue {
        [
            "run": .string(night.run.id.rawValue), "day": .string(night.day.description),
            "startedAt": .string(night.run.startedAt.rfc3339), "toolVersion": .string(night.run.toolVersion),
            "verdict": night.standing.verdict.map { .string($0.rawValue) } ?? .null,
            "waiver": night.standing.waiver.map { .string($0.id) } ?? .null,
        ]
    }

    private static func json(_ move: VerdictStory.Move) -> SettingValue {
        [
            "before": json(move.before), "after": json(move.after),
            "missedDays": .array(move.missed.map { .string($0.description) }),
            "causes": .array(move.causes.map { .string($0.rawValue) }),
            "differing": .array(move.differing.map { .string(name($0)) }),
            "sufficient": .array(move.sufficient.map { .array($0.map { .string(name($0)) }) }),
            "settings": .array(
                move.changes.map { change in
                    [
                        "path": .string(change.path.dotted), "kind": .string(change.kind.rawValue),
                        "before": change.before.map(HistoryWords.shown) ?? .null,
                        "after": change.after.map(HistoryWords.shown) ?? .null,
                    ]
                }),
            "evidence": .array(
                move.evidence.map { entry in
                    [
                        "group": .string(entry.group.rawValue), "before": .string(capture(entry.before)),
                        "after": .string(capture(entry.after)),
                    ]
                }),
            "ruleFields": .array(
                move.fields.map { field in
                    [
                        "field": .string(field.name), "before": field.before.map { .string($0) } ?? .null,
                        "after": field.after.map { .string($0) } ?? .null,
                    ]
                }),
            "changedBy": "not assessed",
        ]
    }

    private static func name(_ input: VerdictStory.Input) -> String {
        switch input {
        case .group(let group): group.rawValue
        case .policies: "policies"
        case .waivers: "waivers"
        case .day: "day"
        case .client: "client"
        case .now: "now"
        }
    }
}
