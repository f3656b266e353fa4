public import AuditModel
public import Policies
import SnapshotStore

extension Chronicle {
    /// Tells what moves by itself after a run, where nobody changes anything.
    ///
    /// Nothing is fetched and nothing is stored. A run of a coming day is taken to start at the local time of day of this one.
    /// - Parameters:
    ///   - run: a sealed run.
    ///   - policies: the rules of the days to come; those that the run recorded are not judged again, but for the ones that
    ///     read the time.
    ///   - waivers: the waivers of the days to come.
    ///   - today: the day from which is counted, not before that of the run.
    ///   - days: how many days after today are looked at.
    ///   - clients: the clients that are looked at; nil for all.
    public func forecast(
        after run: AuditRun, judgedBy policies: PolicySet, waivers: WaiverSet, from today: CalendarDay, days: Int,
        only clients: Set<Client.ID>? = nil
    ) throws -> Forecast {
        let runDay = zone.day(of: run.startedAt)
        let lastDay = CalendarDay(daysSince1970: today.daysSince1970 + days)
        let isRecorded = run.policySet == policies.digest
        let judged = try JudgedRun(
            run, in: store, judgedBy: isRecorded ? .recorded : .policies(policies), recorded: policies,
            waivers: WaiversOnDay(waivers, on: runDay), only: clients)
        let outcome = try Forecaster(judged, policies: policies, until: lastDay, zone: zone).outcome()
        return Forecast(
            run: run, runDay: runDay, today: today, lastDay: lastDay, clientCount: judged.roster.count,
            policies: policies.policies, rules: policies.facts, timeRuleCount: policies.rulesReadingNow.count,
            unknownCount: outcome.unknownCount, moves: outcome.moves, waiverDates: outcome.waiverDates,
            passwordDates: try passwordDates(noted: run, until: lastDay))
    }

    /// The clients that some texts mean, among those of several runs; nil for all where there is no text.
    ///
    /// - Throws: ``PipelineError/clientOfNoNight(_:suggestion:)`` for a text that none of them answers to.
    public func clients(_ texts: [String], of runs: [AuditRun]) throws -> Set<Client.ID>? {
        let known = try runs.flatMap { try store.roster(of: $0.id) }
        do {
            return try DiffFilter(clients: texts).ids(among: known)
        } catch PipelineError.unknownClient(let text, let suggestion) {
            throw PipelineError.clientOfNoNight(text, suggestion: suggestion)
        }
    }

    private func passwordDates(noted run: AuditRun, until last: CalendarDay) throws -> [Forecast.PasswordDate] {
        let start = zone.day(of: run.startedAt)
        return try store.notes(of: run.id).compactMap(PasswordNotice.init(note:)).map { notice in
            Forecast.PasswordDate(
                account: notice.account, day: CalendarDay(daysSince1970: start.daysSince1970 + notice.days))
        }.filter { $0.day <= last }.sorted { ($0.day, $0.account) < ($1.day, $1.account) }
    }
}
