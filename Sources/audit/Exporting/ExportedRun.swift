import AuditModel

/// What the files of one folder must have in common: one run, and each client once.
struct ExportedRun: Sendable {
    /// The run, and the file that it was first seen in.
    private(set) var first: (run: AuditRun, file: String)?
    /// The greatest number of clients that a file says were exported together.
    private(set) var clientsExported = 0
    /// The file of each client.
    private var files: [Int: String] = [:]
    /// What does not fit together, as lines with file and place.
    private(set) var mistakes: [String] = []

    /// Takes one file's facts.
    mutating func add(_ snapshot: ExportedSnapshot, file: String) {
        add(snapshot.run, file: file)
        clientsExported = max(clientsExported, snapshot.clientsExported)
        add(snapshot.snapshot.client.id.number, file: file)
    }

    /// Takes what another worker has seen.
    mutating func add(_ other: ExportedRun) {
        if let first = other.first { add(first.run, file: first.file) }
        clientsExported = max(clientsExported, other.clientsExported)
        for (number, file) in other.files.sorted(by: { $0.key < $1.key }) { add(number, file: file) }
        mistakes += other.mistakes
    }

    private mutating func add(_ run: AuditRun, file: String) {
        guard let first else {
            self.first = (run, file)
            return
        }
        guard first.run != run else { return }
        let what =
            first.run.id == run.id
            ? "what it says of run \(run.id.short) differs from what \(first.file) says"
            : "it is of run \(run.id.short) (\(run.startedAt.rfc3339)), but \(first.file) is of run "
                + "\(first.run.id.short) (\(first.run.startedAt.rfc3339))"
        mistakes.append("\(file): run: \(what); a folder holds one run, so export into an empty one")
    }

    private mutating func add(_ number: Int, file: String) {
        if let other = files.updateValue(file, forKey: number) {
            mistakes.append("\(file): client.number: client \(number) is in \(other), too")
        }
    }

    /// Ends the command where the files are of another environment than was asked for.
    func check(environment: String?) throws {
        guard let environment, let first, !first.run.environment.rawValue.isIdentical(to: environment) else { return }
        throw CommandEnd(
            .usage, "--environment \(environment): \(first.file) is of the environment '\(first.run.environment)'.")
    }

    /// Ends the command where anything is wrong, after printing all of it.
    static func end(_ mistakes: [String], folder: String) throws {
        guard !mistakes.isEmpty else { return }
        let limit = 100
        for mistake in mistakes.prefix(limit) { Console.message(mistake) }
        if mistakes.count > limit { Console.message("and \(mistakes.count - limit) more") }
        throw CommandEnd(
            .usage, "\(count(mistakes.count, "mistake")) in the exported files in \(folder); nothing was done.")
    }
}
