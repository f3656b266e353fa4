import AuditModel
import AuditPipeline

/// The words in which a forecast is told.
enum ForecastWords {
    /// A standing as far as it is told.
    enum Look: Hashable {
        case red, waived, pass, unknown, notApplicable

        init(_ standing: Forecast.Standing) {
            switch standing.verdict {
            case .fail: self = standing.waiver == nil ? .red : .waived
            case .pass: self = .pass
            case .unknown: self = .unknown
            case .notApplicable: self = .notApplicable
            }
        }

        var words: String {
            switch self {
            case .red: "fail"
            case .waived: "fail, waived"
            case .pass: "pass"
            case .unknown: "unknown"
            case .notApplicable: "not applicable"
            }
        }
    }

    /// Whether something is to come, or moved since the run and up to today.
    enum Time {
        case coming, sinceRun

        func holds(_ isSinceRun: Bool) -> Bool { isSinceRun == (self == .sinceRun) }
    }

    /// `turns red: fail, waived → fail`, `turned red: …`.
    static func move(_ before: Look, _ after: Look, _ time: Time) -> String {
        (after != .red ? "" : time == .coming ? "turns red: " : "turned red: ") + "\(before.words) → \(after.words)"
    }

    /// A text of somebody's for a line of its own or a cell of a table.
    static func short(_ text: String) -> String { text.count > 60 ? text.prefix(59) + "…" : text }

    /// Why it moves, in one clause: `waiver W-1 has ended`.
    static func because(_ move: Forecast.Move, _ time: Time) -> String {
        move.causes.map { cause in
            switch cause {
            case .time: "the rule reads the time"
            case .waiverEnds: "waiver \(short(move.waiver?.id ?? "")) has ended"
            case .waiverBegins: "waiver \(short(move.waiver?.id ?? "")) \(time == .coming ? "begins" : "has begun")"
            }
        }.joined(separator: ", ")
    }

    /// Which of a waiver's days it is.
    static func date(_ kind: Forecast.WaiverDate.Kind, _ time: Time) -> String {
        (kind == .ends ? "last day" : "first day") + (time == .coming ? "" : " was")
    }

    /// What a waiver's date does, or did.
    static func then(_ date: Forecast.WaiverDate, _ time: Time) -> String {
        let failures = count(date.failureCount, "failure")
        let covers = time == .coming ? "covers" : "covered"
        switch date.kind {
        case .begins: return date.failureCount == 0 ? "\(covers) no failure" : "\(covers) \(failures)"
        case .ends:
            if date.failureCount == 0 { return "\(covers) no failure" }
            if date.redCount == date.failureCount {
                return "\(failures) \(time == .coming ? "" : "turned ")red the day after"
            }
            let others = date.redCount == 0 ? "none" : String(date.redCount)
            return "\(covers) \(failures), \(others) \(time == .coming ? "" : "turned ")red the day after"
        }
    }
}
