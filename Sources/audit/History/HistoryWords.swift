import AuditModel
import AuditPipeline
import Drift

/// The words in which the history of a client is told.
enum HistoryWords {
    /// What is said of every change.
    static let notAssessed =
        "Who changed a setting is not assessed: the API does not say. A change that was made and undone between two captures leaves no trace."

    private static let redaction = "redacted:hmac-sha256:"

    /// Whether a value was hidden before it was stored, as a whole or in a part.
    static func isHidden(_ value: SettingValue?) -> Bool {
        switch value {
        case .string(let text)?: text.hasPrefix(redaction)
        case .array(let elements)?: elements.contains { isHidden($0) }
        case .object(let object)?: object.members.contains { isHidden($0.value) }
        case .null?, .bool?, .integer?, .number?, nil: false
        }
    }

    /// The value as people see it: a hidden one is `‹hidden›`, with the beginning of its keyed mark so that two can be told
    /// apart.
    static func value(_ value: SettingValue?) -> String {
        guard let value else { return "absent" }
        let text = CanonicalJSON.text(of: shown(value))
        return text.count > 60 ? text.prefix(59) + "…" : text
    }

    /// The value with what is hidden marked.
    static func shown(_ value: SettingValue) -> SettingValue {
        switch value {
        case .string(let text) where text.hasPrefix(redaction):
            .string("‹hidden \(text.dropFirst(redaction.count).prefix(6))›")
        case .array(let elements): .array(elements.map(shown))
        case .object(let object):
            .object(
                SettingObject(object.members.map { SettingObject.Member(key: $0.key, value: shown($0.value)) }))
        case .null, .bool, .integer, .number, .string: value
        }
    }

    /// Days in order, those in a row as `2026-11-03…2026-11-05`.
    static func days(_ days: [CalendarDay]) -> String {
        var stretches: [ClosedRange<Int>] = []
        for day in Set(days).sorted().map(\.daysSince1970) {
            if let last = stretches.last, last.upperBound + 1 == day {
                stretches[stretches.count - 1] = last.lowerBound...day
            } else {
                stretches.append(day...day)
            }
        }
        return stretches.map { stretch in
            let ends = [stretch.lowerBound, stretch.upperBound].map { CalendarDay(daysSince1970: $0).description }
            return ends[0] == ends[1] ? ends[0] : ends[0] + "…" + ends[1]
        }.joined(separator: ", ")
    }

    /// Why a night saw nothing.
    static func missed(_ missed: HistoryReport.Missed?) -> String {
        switch missed {
        case .failed(let failure)?: failure.reason.rawValue
        case .notCollected?: "not collected"
        case .notOnRoster?: "not on the roster"
        case nil: "not judged"
        }
    }

    /// Days with one decimal: `3`, `4.5`.
    static func days(_ duration: Duration) -> String {
        let tenths = (duration / .seconds(86_400) * 10).rounded()
        return tenths.truncatingRemainder(dividingBy: 10) == 0 ? String(Int(tenths / 10)) : String(tenths / 10)
    }
}
