import AuditModel
import AuditPipeline
import Foundation
import Policies
import SnapshotStore

/// What every command starts from: the configuration (if there is one), the zone, the present, and where the store is.
struct Workspace {
    var configuration: AuditConfiguration?
    var zone: DayZone
    var database: String
    private var nowOverride: Timestamp?

    /// Whether `--now` was given.
    var hasNowOverride: Bool { nowOverride != nil }

    /// What `--environment` says.
    let environmentName: String?

    /// Reads the configuration and resolves the options against it.
    ///
    /// - Parameter needsConfiguration: whether the command is pointless without a file.
    init(_ options: CommonOptions, needsConfiguration: Bool) throws {
        let file = ConfigurationLocator.file(named: options.config)
        if let file {
            configuration = try Self.read(file)
        } else if needsConfiguration {
            throw CommandEnd(
                .usage,
                "there is no configuration: none of \(ConfigurationLocator.candidates(ProcessInfo.processInfo.environment).joined(separator: ", ")) "
                    + "exists. 'audit init' writes one to edit.")
        }
        let environment = ProcessInfo.processInfo.environment
        database =
            options.database ?? environment["AUDIT_DATABASE"] ?? configuration?.database ?? "snapshots/audit.sqlite"
        zone = try Self.zone(options.timeZone ?? environment["AUDIT_TIME_ZONE"] ?? configuration?.timeZone ?? "UTC")
        environmentName = options.environment
        if let text = options.now {
            guard let moment = Timestamp(rfc3339: text) else {
                throw CommandEnd(.usage, "--now \(text): write RFC 3339, for example 2026-11-01T02:00:00Z.")
            }
            nowOverride = moment
        }
    }

    /// The present. `--now` counts only for emulated data: a real record must not be made with a false clock.
    func now(isSynthetic: Bool) throws -> Timestamp {
        guard let nowOverride else { return Self.clock() }
        guard isSynthetic else {
            throw CommandEnd(.usage, "--now is accepted only for emulated data; this store or environment is real.")
        }
        return nowOverride
    }

    /// The system's clock.
    static func clock() -> Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    /// Opens the store for reading.
    func openStore() throws -> SnapshotStore { try openStore(.readOnly) }

    /// Opens the store, which must be there.
    func openStore(_ access: SnapshotStore.Access) throws -> SnapshotStore {
        guard FileManager.default.fileExists(atPath: database) else {
            throw CommandEnd(
                .usage, "there is no database at \(database); 'audit run' makes one, and --database names another.")
        }
        let attributes = try? FileManager.default.attributesOfItem(atPath: database)
        if attributes?[.type] as? FileAttributeType == .typeRegular, (attributes?[.size] as? NSNumber)?.intValue == 0 {
            throw CommandEnd(
                .usage,
                "\(database) is empty, so it is no database; 'audit run' makes one in its place, and --database names another."
            )
        }
        return try SnapshotStore.open(at: database, access: access)
    }

    /// The run that a date, an id or a word stands for.
    func selection(_ text: String, of environment: StoredEnvironment, in store: SnapshotStore) throws -> RunSelection {
        try RunSelection.resolve(
            text, among: try store.runs(in: environment.name), zone: zone,
            now: try now(isSynthetic: environment.isSynthetic))
    }

    /// A zone by its IANA name, with the system's rules.
    static func zone(_ identifier: String) throws -> DayZone {
        if identifier == "UTC" { return DayZone(identifier: identifier, named: .system) { _ in 0 } }
        guard let zone = TimeZone(identifier: identifier) else {
            throw CommandEnd(
                .usage, "'\(identifier)' is no time zone; write an IANA name such as Europe/Berlin or America/New_York."
            )
        }
        return DayZone(identifier: identifier, named: .system) { moment in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000))
        }
    }

    private static func read(_ file: String) throws -> AuditConfiguration {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw CommandEnd(.usage, "the configuration \(file) cannot be read; check its name and permissions.")
        }
        let result = ConfigurationReader.configuration(of: [UInt8](data), file: file) { path in
            FileManager.default.contents(atPath: path).map { [UInt8]($0) }
        }
        switch result {
        case .success(let configuration): return configuration
        case .failure(let error):
            for diagnostic in error.diagnostics { Console.message(diagnostic.withoutCredentials.description) }
            throw CommandEnd(.usage, "\(count(error.diagnostics.count, "mistake")) in \(file); nothing was done.")
        }
    }
}

extension NamedTimeZones {
    /// By the system's rules.
    static let system = NamedTimeZones { name, seconds in
        TimeZone(identifier: name)?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
    }
}

/// `1 mistake`, `2 mistakes`.
func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
}

/// An environment that the store has runs of.
struct StoredEnvironment {
    var name: EnvironmentName
    var address: EnvironmentAddress

    /// Whether it is emulated.
    var isSynthetic: Bool { address.isSynthetic }
}
