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

    /// `fail, waived → fail: turns red`.
    static func move(_ before: Look, _ after: Look) -> String {
        (after == .red ? "turns red: " : "") + "\(before.words) → \(after.words)"
    }

    /// A text of somebody's for a line of its own or a cell of a table.
    static func short(_ text: String) -> String { text.count > 60 ? text.prefix(59) + "…" : text }

    /// Why it moves, in one clause: `waiver W-1 has ended`.
    static func because(_ move: Forecast.Move) -> String {
        move.causes.map { cause in
            switch cause {
            case .time: "the rule reads the time"
            case .waiverEnds: "waiver \(short(move.waiver?.id ?? "")) has ended"
            case .waiverBegins: "waiver \(short(move.waiver?.id ?? "")) begins"
            }
        }.joined(separator: ", ")
    }

    /// What a waiver's date does.
    static func then(_ date: Forecast.WaiverDate) -> String {
        let failures = count(date.failureCount, "failure")
        switch date.kind {
        case .begins: return date.failureCount == 0 ? "covers no failure" : "covers \(failures)"
        case .ends:
            if date.failureCount == 0 { return "covers no failure" }
            if date.redCount == date.failureCount { return "\(failures) red the day after" }
            let others = date.redCount == 0 ? "none" : String(date.redCount)
            return "covers \(failures), \(others) red the day after"
        }
    }
}
