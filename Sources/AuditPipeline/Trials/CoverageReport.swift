import AuditModel
public import Drift
public import Policies
import SnapshotStore

/// What policies leave unread, what they read that is not there, and what is there that nobody knows.
public struct CoverageReport: Sendable {
    /// The nights; the paths are held against the last of them.
    public var nights: StoredNights
    /// How many clients of the last night were looked at.
    public var clientCount: Int
    /// Each path of each rule, by rule id and then in the order of the rule.
    public var paths: [PathCoverage.Entry]
    /// The settings that the catalogue does not know, by path; nights by their position in ``nights``.
    public var undocumented: [KeySightings.Sighting]
}

extension Chronicle {
    /// Holds what policies read against what is stored.
    ///
    /// - Parameters:
    ///   - nights: the nights in which undocumented settings are looked for; the last is the one that paths are held against.
    ///   - clients: numbers, codes or `environment/number`; empty for all.
    /// - Throws: ``PipelineError/clientOfNoNight(_:suggestion:)``.
    public func coverage(
        of policies: PolicySet, over nights: StoredNights, clients texts: [String] = []
    ) throws -> CoverageReport {
        let roster = try RosterTimeline(of: nights.runs, in: store, readBy: [policies])
        let numbers = try roster.numbers(of: texts)
        var paths = PathCoverage(policies)
        var clientCount = 0
        if let run = nights.runs.last {
            let clients = Dictionary(
                try store.roster(of: run.id).map { ($0.id.number, $0) }, uniquingKeysWith: { $1 })
            try store.forEachNight(of: run.id) { night in
                guard numbers?.contains(night.number) ?? true, let client = clients[night.number] else { return }
                paths.add(Snapshot(client: client, groups: try store.content(of: night)))
                clientCount += 1
            }
        }
        return CoverageReport(
            nights: nights, clientCount: clientCount, paths: paths.entries,
            undocumented: try sightings(in: nights, of: numbers, roster))
    }

    private func sightings(
        in nights: StoredNights, of numbers: Set<Int>?, _ roster: RosterTimeline
    ) throws -> [KeySightings.Sighting] {
        var undocumented: [DocumentID: [SettingPath]] = [:]
        try store.forEachDocument { document in
            let paths = SettingsCatalogue.deviations(of: document.value, group: document.group)
                .filter { $0.kind == .undocumented }.map(\.path)
            if !paths.isEmpty { undocumented[document.id] = paths }
        }
        var sightings = KeySightings(nights: nights.runs.count)
        if undocumented.isEmpty { return [] }
        var previous: [Int: CaptureIDs] = [:]
        for (night, run) in nights.runs.enumerated() {
            try store.forEachCaptureIDs(of: run.id, clients: 0...Int.max) { number, captures in
                guard numbers?.contains(number) ?? true, let client = roster.clients[number] else { return }
                // What was there the night before has been noted; only who has it in the last night is counted again.
                if previous.updateValue(captures, forKey: number) == captures, night < nights.runs.count - 1 { return }
                for group in SettingsGroup.allCases {
                    guard case .document(let id) = captures[group] else { continue }
                    for path in undocumented[id] ?? [] { sightings.note(path, of: client.id, night: night) }
                }
            }
        }
        return sightings.sightings
    }
}
