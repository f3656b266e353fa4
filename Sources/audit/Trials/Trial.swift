import AuditModel
import AuditPipeline
import Foundation
import Policies
import SnapshotStore

/// What a command that holds policies against stored nights starts from.
struct Trial {
    let workspace: Workspace
    let store: SnapshotStore
    let environment: StoredEnvironment
    let chronicle: Chronicle

    /// Opens the store.
    ///
    /// - Parameter mentions: what on the command line may say which environment is meant.
    init(_ workspace: Workspace, saidBy mentions: [EnvironmentMention] = []) throws {
        self.workspace = workspace
        store = try workspace.openStore()
        environment = try workspace.environment(in: store, saidBy: mentions)
        chronicle = Chronicle(store: store, zone: workspace.zone, retired: workspace.configuration?.retired ?? [])
    }

    /// The sealed runs between two days, both included.
    func nights(since: String?, until: String?) throws -> StoredNights {
        try StoredNights(
            among: try store.runs(in: environment.name), since: day(since, option: "--since"),
            until: day(until, option: "--until"), zone: workspace.zone)
    }

    /// The policies at a path, at several with commas between, each a layer over those before it, or those that a run
    /// recorded (`recorded:RUN`).
    func policies(_ text: String) throws -> PolicySet {
        guard let recordedRun = Self.recordedRun(text) else {
            let isThere = FileManager.default.fileExists(atPath: text)
            let paths = isThere ? [text] : text.split(separator: ",").map(String.init)
            // Compared with a folder that was mistaken for another one, every rule would be new.
            for path in paths where try PolicyFiles.files(at: [path]).isEmpty {
                throw CommandEnd(.usage, "there is no policy file in the folder \(path); name the one that was meant.")
            }
            return try PolicyFiles.load(paths)
        }
        let selection = try workspace.selection(recordedRun, of: environment, in: store)
        guard let recorded = try chronicle.policySet(of: selection.run) else {
            throw CommandEnd(
                .usage, "\(text): the run of \(selection.day) was a fetch without policies; choose another.")
        }
        if let note = selection.note { Console.message("\(text) → run of \(selection.day), \(note)") }
        return recorded
    }

    /// The run that `recorded:RUN` names; nil for any other text.
    static func recordedRun(_ text: String) -> String? {
        let prefix = "recorded:"
        return text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
    }

    /// A day, or that of a run that is named by its id, `latest` or `previous`.
    private func day(_ text: String?, option: String) throws -> CalendarDay? {
        guard let text else { return nil }
        if let day = CalendarDay(text) { return day }
        do {
            return try workspace.selection(text, of: environment, in: store).day
        } catch RunSelectionError.notUnderstood {
            throw CommandEnd(
                .usage, "\(option) \(text): write a date that exists, for example 2026-11-01, or a run's id.")
        }
    }
}
