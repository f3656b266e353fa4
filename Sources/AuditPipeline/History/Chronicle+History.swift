public import AuditModel
import Drift
import SnapshotStore

extension Chronicle {
    /// Tells the history of one client over stored nights.
    ///
    /// Only the client's own rows are read, by run and number, and each of its documents is opened once. Verdicts are those
    /// that each run recorded; waivers are not laid over.
    /// - Parameters:
    ///   - text: its number, its code or `environment/number`.
    ///   - filter: the groups and paths that are asked for; its clients do not count.
    /// - Throws: ``PipelineError/clientOfNoNight(_:suggestion:)``.
    public func history(
        of text: String, over nights: StoredNights, filter: DiffFilter = DiffFilter()
    ) throws -> HistoryReport {
        let client = try client(text, in: nights)
        let rows = try rows(of: client.id, in: nights)
        var settings: [SettingTimeline] = []
        var missed = PerGroup<[Int: HistoryReport.Missed]>(repeating: [:])
        for group in SettingsGroup.allCases {
            for (night, row) in rows.enumerated() {
                switch row?.captures[group] {
                case .document?: break
                case .failure(let failure)?: missed[group][night] = .failed(failure)
                case .notCollected(let reason)?: missed[group][night] = .notCollected(reason)
                case nil: missed[group][night] = .notOnRoster
                }
            }
            if filter.accepts(group: group) { settings += try timelines(of: group, in: rows, filter) }
        }
        let (flips, exposures) = try verdicts(in: rows, nights, filter)
        return HistoryReport(
            nights: nights, client: client, isFiltered: filter != DiffFilter(), settings: settings,
            times: rows.map { $0?.times },
            hashOnly: Set(rows.indices.filter { rows[$0]?.isHashOnly ?? false }), missed: missed, flips: flips,
            exposures: exposures)
    }

    /// The client that a text means, among those that any sealed run of an environment had on its roster.
    ///
    /// - Throws: ``PipelineError/clientOfNoNight(_:suggestion:)``, ``StoredNightsError``.
    public func client(_ text: String, everIn environment: EnvironmentName) throws -> Client {
        try client(text, in: try StoredNights(among: try store.runs(in: environment), zone: zone))
    }

    /// The client that a text means, as the latest of the nights that has it describes it.
    func client(_ text: String, in nights: StoredNights) throws -> Client {
        var known: RosterID?
        var latest: [Client]?
        for run in nights.runs.reversed() {
            let roster = try store.rosterID(of: run.id)
            if roster == known { continue }
            known = roster
            let clients = try store.roster(of: run.id)
            latest = latest ?? clients
            if let found = clients.first(where: {
                String($0.id.number) == text || $0.code.isIdentical(to: text) || $0.id.description == text
            }) {
                return found
            }
        }
        throw PipelineError.clientOfNoNight(
            text, suggestion: NearestName.to(text, among: (latest ?? []).map(\.code)))
    }

    /// A client's row of each night, by position; nil where it was not on the roster.
    func rows(of client: Client.ID, in nights: StoredNights) throws -> [ClientNight?] {
        let places = Dictionary(uniqueKeysWithValues: nights.runs.enumerated().map { ($1.id, $0) })
        var rows = [ClientNight?](repeating: nil, count: nights.runs.count)
        guard let first = nights.runs.first else { return rows }
        try store.forEachNight(of: client) { run, night in
            if let place = places[run.id] { rows[place] = night }
            return run.startedAt > first.startedAt
        }
        return rows
    }

    private func timelines(
        of group: SettingsGroup, in rows: [ClientNight?], _ filter: DiffFilter
    ) throws -> [SettingTimeline] {
        var previous: DocumentID?
        var nights: [(night: Int, sight: SettingTimelines.Sight)] = []
        for (night, row) in rows.enumerated() {
            guard let id = row?.captures[group].documentID else {
                nights.append((night, .missed))
                continue
            }
            defer { previous = id }
            guard let earlier = previous, earlier != id else {
                nights.append((night, .seen([])))
                continue
            }
            let (one, other) = (try store.document(earlier), try store.document(id))
            nights.append((night, .seen(Changes.between(one.value, other.value, group: group))))
        }
        var known: [SettingPath: SettingValue?] = [:]
        let wanted = filter.paths.filter { $0.group == group && !$0.steps.isEmpty }
        if let previous, !wanted.isEmpty {
            let body = try store.document(previous).value
            for setting in wanted.flatMap({ $0.resolved(in: body) }) where setting.value != nil {
                known[setting.path] = .some(setting.value)
            }
        }
        return SettingTimelines.timelines(of: nights, known: known).filter { setting in
            filter.paths.isEmpty
                || filter.paths.contains {
                    DiffFilter.contains($0, setting.path) || DiffFilter.contains(setting.path, $0)
                }
        }
    }

    /// What was recorded of each rule, night by night.
    private func verdicts(
        in rows: [ClientNight?], _ nights: StoredNights, _ filter: DiffFilter
    ) throws -> (flips: [HistoryReport.Flip], exposures: [HistoryReport.RuleExposure]) {
        var recorded: [ResultsID: [String: RuleResult]] = [:]
        for id in Set(rows.compactMap { $0?.results }) {
            recorded[id] = Dictionary(try store.results(id).map { ($0.ruleID, $0) }) { first, _ in first }
        }
        let moments = nights.runs.map(\.startedAt)
        var flips: [HistoryReport.Flip] = []
        var exposures: [HistoryReport.RuleExposure] = []
        for rule in Set(recorded.values.flatMap(\.keys)).sorted(by: { $0.precedesInUTF16($1) }) {
            let results = rows.map { row in row?.results.flatMap { recorded[$0]?[rule] } }
            // A path that is asked for chooses the rules whose recorded results rest on it.
            if filter != DiffFilter(), !Self.paths(of: results).contains(where: filter.concerns) { continue }
            let exposure = Exposure(results.map { $0?.verdict }, at: moments)
            if exposure.hasFailures { exposures.append(.init(ruleID: rule, exposure: exposure)) }
            var timeline = Timeline<Verdict>()
            for (night, result) in results.enumerated() {
                switch result?.verdict {
                case .unknown?, nil: timeline.miss(night: night)
                case let verdict?: timeline.see(verdict, night: night)
                }
            }
            flips += timeline.shifts.map { shift in
                HistoryReport.Flip(
                    ruleID: rule, shift: shift,
                    paths: Self.paths(of: [results[shift.lastBefore], results[shift.firstAfter]]))
            }
        }
        flips.sort { ($0.shift.firstAfter, $0.shift.lastBefore) < ($1.shift.firstAfter, $1.shift.lastBefore) }
        return (flips, exposures)
    }

    private static func paths(of results: [RuleResult?]) -> [SettingPath] {
        Set(results.flatMap { $0?.comparisons.map(\.path) ?? [] }).sorted()
    }
}

extension DiffFilter {
    /// Whether a setting is at, below or above what is asked for.
    func concerns(_ path: SettingPath) -> Bool {
        accepts(path) || accepts(group: path.group) && paths.contains { Self.contains(path, $0) }
    }
}
