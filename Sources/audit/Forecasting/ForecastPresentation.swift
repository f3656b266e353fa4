import AuditModel
import AuditPipeline
import Reports

/// Shows what moves by itself, of one environment or several.
struct ForecastPresentation: TablePresentation {
    let forecasts: [Forecast]
    let days: Int
    let zone: DayZone
    /// Whether the rules are those that the runs recorded, since none of today are named.
    let isOfRecordedRules: Bool

    /// First what is to come, then what moved since the run, each under tables of its own.
    func showText() {
        Console.result(VisibleText.of(sentence) + "\n")
        showTables(.coming)
        if forecasts.contains(where: isMovedSinceRun) {
            Console.result("\n\(VisibleText.of(sinceRun)), already so; no run has shown it yet:\n")
            showTables(.sinceRun)
        }
        let lines = forecasts.flatMap(passwords) + notForeseen
        Console.result("\n" + lines.map { VisibleText.of($0) + "\n" }.joined())
    }

    private func showTables(_ time: ForecastWords.Time) {
        let moves = forecasts.flatMap { forecast in forecast.moves.filter { time.holds(forecast.isSinceRun($0)) } }
        let groups = ForecastGroup.groups(moves)
        if !groups.isEmpty {
            Console.result("\n")
            Listing.print(
                columns: ["day", "verdict", "rule", "severity", "clients", "because"],
                rows: groups.map { group in
                    [
                        .string(group.key.day.description),
                        .string(ForecastWords.move(group.key.before, group.key.after, time)),
                        .string(group.key.ruleID), .string(group.key.severity.rawValue),
                        .string(TrialWords.clients(group.clients)), .string(ForecastWords.because(group.move, time)),
                    ]
                }, as: .text)
        }
        let dates = forecasts.flatMap { forecast in
            forecast.waiverDates.filter { time.holds(forecast.isSinceRun($0)) }.map { (forecast, $0) }
        }
        if !dates.isEmpty {
            Console.result("\n")
            Listing.print(
                columns: ["waiver", "date", "day", "for", time == .coming ? "then" : "which", "owner"],
                rows: dates.map { forecast, date in
                    [
                        .string(ForecastWords.short(date.waiver.id)), .string(ForecastWords.date(date.kind, time)),
                        .string(date.day.description), .string(ForecastWords.short(subject(of: date, forecast))),
                        .string(ForecastWords.then(date, time)), .string(ForecastWords.short(date.waiver.owner ?? "")),
                    ]
                }, as: .text)
        }
    }

    /// Whether a table of what moved since the run has a row.
    private func isMovedSinceRun(_ forecast: Forecast) -> Bool {
        forecast.moves.contains(where: forecast.isSinceRun) || forecast.waiverDates.contains(where: forecast.isSinceRun)
    }

    /// `Since the run of 2025-11-14`, or of several environments without a day, which the first line has.
    private var sinceRun: String {
        let days = Set(forecasts.map(\.runDay))
        return days.count == 1 ? "Since the run of \(forecasts[0].runDay)" : "Since the last runs"
    }

    private func subject(of date: Forecast.WaiverDate, _ forecast: Forecast) -> String {
        (forecasts.count > 1 ? "\(forecast.run.environment): " : "") + date.subject
    }

    private func passwords(_ forecast: Forecast) -> [String] {
        forecast.passwordDates.map { date in
            "The password of account '\(ForecastWords.short(date.account))' \(forecast.isSinceRun(date) ? "ended" : "ends") on \(date.day), as the run of \(forecast.runDay) was told: from then on "
                + "its clients cannot be read, and their verdicts turn unknown."
        }
    }

    // MARK: Sentences

    /// The sentence that says it all.
    var sentence: String {
        let red = forecasts.flatMap { $0.movesToRed.coming }
        let overdue = forecasts.flatMap { $0.movesToRed.overdue }
        let span = "in the next \(count(days, "day"))" + (forecasts.first.map { " (to \($0.lastDay))" } ?? "")
        var clauses: [String] = []
        // Of the first day, the worst that turns red.
        let groups = ForecastGroup.groups(red)
        if let first = groups.first {
            let number = Self.verdicts(red)
            let others = Set(groups.filter { $0.key.day == first.key.day }.map(\.key.ruleID)).count - 1
            clauses.append(
                "\(count(number, "verdict")) turn\(number == 1 ? "s" : "") red \(span), \(number == 1 ? "on" : "first on") "
                    + "\(first.key.day): \(first.key.ruleID) of \(TrialWords.clients(first.clients)) "
                    + "(\(ForecastWords.because(first.move, .coming)))"
                    + (others > 0 ? ", and \(others) more rule\(others == 1 ? "" : "s") that day" : ""))
        } else {
            clauses.append("nothing turns red by itself \(span)")
        }
        clauses += dateClauses(.coming)
        var already = overdue.isEmpty ? [] : ["\(count(Self.verdicts(overdue), "verdict")) turned red"]
        already += dateClauses(.sinceRun)
        if !already.isEmpty {
            let since = sinceRun
            clauses.append(
                since.prefix(1).lowercased() + since.dropFirst() + ", already so: " + already.joined(separator: ", ")
                    + (overdue.isEmpty ? "" : ", which the next run will show"))
        }
        let mark = forecasts.contains { $0.run.isSynthetic } ? "Synthetic data (emulator): " : ""
        let runs = forecasts.map { "\($0.run.environment), run of \($0.runDay) (\(count($0.clientCount, "client")))" }
        return mark + runs.joined(separator: "; ") + ": " + clauses.joined(separator: "; ") + "."
    }

    /// How many waivers and passwords end or begin, or did.
    private func dateClauses(_ time: ForecastWords.Time) -> [String] {
        let dates = forecasts.flatMap { forecast in
            forecast.waiverDates.filter { time.holds(forecast.isSinceRun($0)) }
        }
        let passwords = forecasts.reduce(0) { sum, forecast in
            sum + forecast.passwordDates.count { time.holds(forecast.isSinceRun($0)) }
        }
        func clause(_ number: Int, _ noun: String, _ verb: String, _ past: String) -> String? {
            if number == 0 { return nil }
            return "\(count(number, noun)) " + (time == .sinceRun ? past : number == 1 ? verb + "s" : verb)
        }
        return [
            clause(dates.count { $0.kind == .ends }, "waiver", "end", "ended"),
            clause(dates.count { $0.kind == .begins }, "waiver", "begin", "began"),
            clause(passwords, "password", "end", "ended"),
        ].compactMap { $0 }
    }

    /// How many verdicts some moves are of: one that turns red twice is one.
    private static func verdicts(_ moves: [Forecast.Move]) -> Int { Set(moves.map(\.findingID)).count }

    /// What this cannot tell.
    var notForeseen: [String] {
        var sentences = [
            "Not assessed: settings that somebody changes, clients that join or leave, captures that fail, files that are "
                + "edited. Policies and waivers have no review dates, so no review is due."
        ]
        for forecast in forecasts where forecast.unknownCount > 0 {
            sentences.append(
                "Not assessed: \(count(forecast.unknownCount, "verdict")) of \(forecast.run.environment) "
                    + "\(forecast.unknownCount == 1 ? "is" : "are") unknown in the run of \(forecast.runDay), and what "
                    + "\(forecast.unknownCount == 1 ? "it becomes" : "they become") cannot be foreseen.")
        }
        if isOfRecordedRules {
            sentences.append(
                "Judged by the policies and waivers that the run recorded, since no policies of today are named (--policies)."
            )
        }
        return sentences
    }
}

/// Moves of several clients that are alike.
struct ForecastGroup {
    struct Key: Hashable {
        var day: CalendarDay
        var ruleID: String
        var severity: Severity
        var before: ForecastWords.Look
        var after: ForecastWords.Look
        var causes: [Forecast.Cause]
        var waiver: String?
    }

    var key: Key
    /// One of them.
    var move: Forecast.Move
    var clients: [Client.ID]

    /// The groups, in the order of their first moves within a day: what turns red first.
    static func groups(_ moves: [Forecast.Move]) -> [ForecastGroup] {
        var places: [Key: Int] = [:]
        var groups: [ForecastGroup] = []
        for move in moves {
            let key = Key(
                day: move.day, ruleID: move.ruleID, severity: move.severity, before: ForecastWords.Look(move.before),
                after: ForecastWords.Look(move.after), causes: move.causes, waiver: move.waiver?.id)
            if let place = places[key] {
                groups[place].clients.append(move.client.id)
            } else {
                places[key] = groups.count
                groups.append(ForecastGroup(key: key, move: move, clients: [move.client.id]))
            }
        }
        return groups.enumerated().sorted { left, right in
            let (one, other) = (left.element, right.element)
            if one.key.day != other.key.day { return one.key.day < other.key.day }
            if one.move.turnsRed != other.move.turnsRed { return one.move.turnsRed }
            if one.key.severity != other.key.severity { return one.key.severity > other.key.severity }
            return left.offset < right.offset
        }.map(\.element)
    }
}
