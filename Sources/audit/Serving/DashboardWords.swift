import AuditModel
import AuditPipeline
import Dashboard
import Policies

/// What the dashboard calls the things that the pipeline names by cases.
enum DashboardWords {
    static func cause(_ cause: VerdictStory.Cause) -> String {
        switch cause {
        case .setting: "a setting changed"
        case .evidence: "evidence came or went"
        case .rule: "the rule changed"
        case .waiver: "a waiver came or went"
        case .waiverExpired: "a waiver ended"
        case .waiverBegan: "a waiver came into force"
        case .client: "the client's labels changed"
        case .time: "the rule reads the time"
        case .tool: "the evaluator changed"
        }
    }

    static func state(of waiver: Waiver, on day: CalendarDay) -> WaiverEntry.State {
        if day < waiver.from { return .notYet }
        let left = waiver.daysLeft(on: day)
        return left < 0 ? .ended : left <= WaiverSet.warningDays ? .endsSoon : .inForce
    }
}

/// A document leaf by leaf, each element of a list by what names it.
enum SettingLeaves {
    static func of(_ value: SettingValue, in group: SettingsGroup) -> [CurrentSetting] {
        var leaves: [CurrentSetting] = []
        collect(value, at: SettingPath(group, []), into: &leaves)
        return leaves.sorted { $0.path < $1.path }
    }

    private static func collect(_ value: SettingValue, at path: SettingPath, into leaves: inout [CurrentSetting]) {
        switch value {
        case .object(let object) where !object.members.isEmpty:
            for member in object.members {
                // What an element is named by is no setting of its own.
                if case .selected(let key, _, _)? = path.steps.last, key.isIdentical(to: member.key),
                    object.members.count > 1
                {
                    continue
                }
                collect(member.value, at: path.appending(.key(member.key)), into: &leaves)
            }
        case .array(let elements) where !elements.isEmpty:
            for (element, step) in zip(elements, SettingPath.concreteSteps(of: elements, at: path)) {
                collect(element, at: path.appending(step), into: &leaves)
            }
        case .object, .array, .null, .bool, .integer, .number, .string:
            guard !path.steps.isEmpty else { return }
            leaves.append(CurrentSetting(path: path, value: HistoryWords.shown(value)))
        }
    }
}
