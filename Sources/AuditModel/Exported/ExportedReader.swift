/// Reads exported snapshots; tells everything that is wrong with a file in one go.
public struct ExportedReader: Sendable {
    /// How closely a file is looked at.
    public enum Care: Sendable {
        /// Its form alone: what judging needs. A document that was edited is judged as it is.
        case form
        /// Each document is held to its digest, and the parts of the run to each other: what storing needs.
        case evidence
    }

    /// How closely.
    public let care: Care
    var mistakes: [ExportedMistake] = []
    /// The run of the file before: files of one export have the same, which is then not interpreted again.
    private var last: (value: SettingObject, run: AuditRun, clientsExported: Int)?

    /// A reader for the files of one export.
    public init(care: Care) { self.care = care }

    /// The snapshot that a file's bytes are, or all that is wrong with them.
    public mutating func snapshot(
        of bytes: UnsafeBufferPointer<UInt8>
    ) -> Result<ExportedSnapshot, ExportedMistakes> {
        switch JSONReader.value(of: bytes, limits: ExportedSnapshot.limits) {
        case .success(let value): return snapshot(of: value)
        case .failure(let error): return .failure(ExportedMistakes([ExportedMistake("", "no JSON: \(error)")]))
        }
    }

    /// The snapshot that a value is, or all that is wrong with it.
    public mutating func snapshot(of value: SettingValue) -> Result<ExportedSnapshot, ExportedMistakes> {
        mistakes = []
        guard let snapshot = read(value), mistakes.isEmpty else {
            if mistakes.isEmpty { mistakes = [ExportedMistake("", "this is no exported snapshot")] }
            return .failure(ExportedMistakes(mistakes))
        }
        return .success(snapshot)
    }

    private mutating func read(_ value: SettingValue) -> ExportedSnapshot? {
        guard value["schema"]?.stringValue?.isIdentical(to: ExportedSnapshot.schema) == true else {
            let found = value["schema"]?.stringValue.map { "'\($0.prefix(40))'" } ?? "nothing of the kind"
            mistakes.append(
                ExportedMistake(
                    "schema",
                    "this must say '\(ExportedSnapshot.schema)', as 'audit snapshot export' writes it; it says \(found)"
                ))
            return nil
        }
        guard let top = object(value, "", keys: ["client", "groups", "run", "schema"]) else { return nil }
        let run = run(top["run"])
        let client = client(top["client"], of: run?.run.environment ?? EnvironmentName(""))
        let groups = groups(top["groups"])
        guard let run, let client, let groups else { return nil }
        if care == .evidence { check(run.run, run.clientsExported, groups.content) }
        return ExportedSnapshot(
            run: run.run, clientsExported: run.clientsExported,
            snapshot: Snapshot(client: client, groups: groups.content),
            times: groups.times)
    }

    // MARK: The run

    private static let runKeys = [
        "baseURL", "clients", "clientsExported", "environment", "id", "sealedAt", "startedAt", "state", "synthetic",
        "toolVersion",
    ]

    private mutating func run(_ value: SettingValue?) -> (run: AuditRun, clientsExported: Int)? {
        if let last, case .object(let object) = value, object == last.value { return (last.run, last.clientsExported) }
        guard let object = object(value, "run", keys: Self.runKeys) else { return nil }
        let id = text(object, "id", "run")
        let environment = text(object, "environment", "run")
        let baseURL = text(object, "baseURL", "run")
        let state = named(object, "state", "run", among: [AuditRun.State.complete, .partial])
        let startedAt = time(object, "startedAt", "run")
        let sealedAt = time(object, "sealedAt", "run")
        let toolVersion = text(object, "toolVersion", "run")
        let clients = number(object, "clients", "run", from: 0)
        let exported = number(object, "clientsExported", "run", from: 1)
        guard case .bool(let isSynthetic)? = object["synthetic"] else {
            mistakes.append(ExportedMistake("run.synthetic", "true or false belongs here"))
            return nil
        }
        guard let id, let environment, let baseURL, let state, let startedAt, let sealedAt, let toolVersion,
            let clients,
            let exported
        else { return nil }
        let run = AuditRun(
            id: AuditRun.ID(id), environment: EnvironmentName(environment), baseURL: baseURL, isSynthetic: isSynthetic,
            kind: .fetchOnly, state: state, startedAt: startedAt, sealedAt: sealedAt, policySet: nil, waiverSet: nil,
            toolVersion: toolVersion, clientCount: clients)
        last = (object, run, exported)
        return (run, exported)
    }

    /// What a person who writes such a file by hand may well get wrong, and evidence must not.
    private mutating func check(_ run: AuditRun, _ exported: Int, _ content: PerGroup<GroupContent>) {
        if run.id != AuditRun.ID(environment: run.environment, startedAt: run.startedAt) {
            mistakes.append(
                ExportedMistake("run.id", "this is not the id of a run of '\(run.environment)' that started then"))
        }
        if exported > run.clientCount {
            mistakes.append(
                ExportedMistake("run.clientsExported", "\(exported) clients cannot be exported of \(run.clientCount)"))
        }
        if run.state == .complete {
            for (group, content) in content.pairs {
                guard case .failure = content else { continue }
                mistakes.append(ExportedMistake("groups.\(group.rawValue)", "a complete run has no failure"))
            }
        }
    }

    // MARK: The client

    private mutating func client(_ value: SettingValue?, of environment: EnvironmentName) -> Client? {
        guard let object = object(value, "client", keys: ["account", "code", "labels", "name", "number"]) else {
            return nil
        }
        let number = number(object, "number", "client", from: 1)
        let code = text(object, "code", "client")
        let name = text(object, "name", "client")
        let account = text(object, "account", "client")
        var labels: [String: String] = [:]
        guard case .object(let pairs)? = object["labels"] else {
            mistakes.append(ExportedMistake("client.labels", "an object of texts belongs here"))
            return nil
        }
        for member in pairs.members {
            guard let text = member.value.stringValue else {
                mistakes.append(ExportedMistake("client.labels.\(member.key)", "a text belongs here"))
                continue
            }
            labels[member.key] = text
        }
        guard let number, let code, let name, let account else { return nil }
        return Client(
            id: Client.ID(environment: environment, number: number), code: code, name: name, account: account,
            labels: labels)
    }
}

/// All that is wrong with one exported file; never empty.
public struct ExportedMistakes: Error, Sendable, Hashable {
    /// In the order found.
    public let mistakes: [ExportedMistake]

    init(_ mistakes: [ExportedMistake]) { self.mistakes = mistakes }
}
