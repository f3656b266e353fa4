import AuditModel
import AuditPipeline
import SnapshotStore

/// Something on the command line that may say by itself which environment is meant.
enum EnvironmentMention {
    /// A client: `environment/number` says it; a bare number or a code does not.
    case client(String)
    /// A run: an id says it; a date and a word do not.
    case run(String)
    /// A finding's id.
    case finding(String)

    /// What the user wrote.
    var text: String {
        switch self {
        case .client(let text), .run(let text), .finding(let text): text
        }
    }

    /// A finding where the text has the form of its id, else a client.
    static func clientOrFinding(_ text: String) -> Self { Finding.isID(text) ? .finding(text) : .client(text) }

    /// Runs, where they are given.
    static func runs(_ texts: String?...) -> [Self] { texts.compactMap { $0.map(Self.run) } }
}

extension Workspace {
    /// The environment that a command about stored runs means: `--environment`, or what the ids beside it say, or the only one.
    ///
    /// - Parameter mentions: what else on the command line may say it; it must not contradict `--environment` or itself.
    func environment(in store: SnapshotStore, saidBy mentions: [EnvironmentMention] = []) throws -> StoredEnvironment {
        let stored = try store.environments().compactMap { name in
            try store.address(of: name).map { StoredEnvironment(name: name, address: $0) }
        }
        var candidates = stored
        var saidBefore: String?
        if let environmentName {
            candidates = stored.filter { $0.name.rawValue == environmentName }
            guard !candidates.isEmpty else { throw Self.unknown(environmentName, among: stored) }
        }
        guard !stored.isEmpty else {
            throw CommandEnd(.usage, "the database at \(database) has no runs yet; 'audit run' makes one.")
        }
        // The only one needs no look at what says so; what it does not have is told where it is looked for.
        for mention in stored.count > 1 ? mentions : [] {
            guard let said = try environments(saidBy: mention, among: stored, in: store) else { continue }
            let left = candidates.filter { said.contains($0.name) }
            guard !left.isEmpty else {
                throw contradiction(of: mention, said, to: candidates, saidBefore)
            }
            if left.count < candidates.count { saidBefore = mention.text }
            candidates = left
        }
        guard candidates.count == 1, let only = candidates.first else {
            throw CommandEnd(
                .usage,
                "the database has several environments (\(stored.map(\.name.rawValue).joined(separator: ", "))); choose one with --environment."
            )
        }
        return only
    }

    /// The names that count where `--environment` may be left out: all stored ones, or the one that it says.
    ///
    /// - Returns: nil where it is left out.
    func namedEnvironment(in store: SnapshotStore) throws -> EnvironmentName? {
        try environmentName.map { _ in try environment(in: store).name }
    }

    /// The environments that a mention fits; nil where it says nothing about that.
    private func environments(
        saidBy mention: EnvironmentMention, among stored: [StoredEnvironment], in store: SnapshotStore
    ) throws -> Set<EnvironmentName>? {
        switch mention {
        case .client(let text):
            guard let slash = text.lastIndex(of: "/"), Int(text[text.index(after: slash)...]) != nil else { return nil }
            let name = String(text[..<slash])
            if let found = stored.first(where: { $0.name.rawValue == name }) { return [found.name] }
            // A client's code may have a slash, too, so a chosen environment is asked for it.
            guard environmentName == nil else { return nil }
            throw Self.unknown(name, among: stored)
        case .run(let text):
            guard RunSelection.isID(text) else { return nil }
            let found = try store.runs().filter { $0.id.rawValue.hasPrefix(text) }
            guard !found.isEmpty else { throw RunSelectionError.unknownRun(text) }
            return Set(found.map(\.environment))
        case .finding(let id):
            let chronicle = Chronicle(store: store, zone: zone)
            for environment in stored {
                do {
                    let nights = try StoredNights(among: try store.runs(in: environment.name), zone: zone)
                    _ = try chronicle.subject(ofFinding: id, in: nights)
                    return [environment.name]
                } catch PipelineError.unknownFinding, StoredNightsError.noRuns {
                    continue
                }
            }
            throw PipelineError.unknownFinding(id)
        }
    }

    private func contradiction(
        of mention: EnvironmentMention, _ said: Set<EnvironmentName>, to candidates: [StoredEnvironment],
        _ saidBefore: String?
    ) -> CommandEnd {
        let own = said.map(\.rawValue).sorted().joined(separator: ", ")
        let other = candidates.map(\.name.rawValue).joined(separator: ", ")
        if let environmentName {
            return CommandEnd(
                .usage,
                "'\(mention.text)' is of the environment \(own), but --environment says \(environmentName); leave "
                    + "--environment out, or name what is of \(environmentName).")
        }
        return CommandEnd(
            .usage,
            "'\(mention.text)' is of the environment \(own), but '\(saidBefore ?? "")' is of \(other); ask about one "
                + "environment at a time.")
    }

    private static func unknown(_ name: String, among stored: [StoredEnvironment]) -> CommandEnd {
        let near = NearestName.to(name, among: stored.map(\.name.rawValue)).map { " Did you mean '\($0)'?" } ?? ""
        return CommandEnd(.usage, "the database has no environment '\(name)'.\(near)")
    }
}
