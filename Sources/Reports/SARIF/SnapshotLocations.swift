public import AuditModel

/// Where the settings that findings rest on stand in the exported snapshots: what SARIF's regions are made of.
///
/// Made for one report; then the bytes of each client's exported file are handed in, one at a time, and let go.
public struct SnapshotLocations: Sendable, Hashable {
    /// One exported file.
    struct File: Sendable, Hashable {
        /// Its SHA-256.
        var digest: Digest
        /// Its size in bytes.
        var size: Int
        /// Where a setting stands; for one that is absent, where it would stand.
        var settings: [SettingPath: TextRegion]
        /// Where it is said why a group has no document; else where the group begins.
        var groups: [SettingsGroup: TextRegion]
    }

    private let wanted: [Client.ID: Set<SettingPath>]
    private(set) var files: [Client.ID: File] = [:]

    /// The locations that a report's findings need; none is known yet.
    public init(for report: AuditReport) {
        var wanted: [Client.ID: Set<SettingPath>] = [:]
        for finding in report.failures + report.waived + report.unknowns {
            wanted[finding.client.id, default: []].formUnion(finding.result.comparisons.map(\.path))
        }
        self.wanted = wanted
    }

    /// The clients whose files are needed.
    public var clients: Set<Client.ID> { Set(wanted.keys) }

    /// Looks the settings of one client up in its exported file.
    ///
    /// - Parameters:
    ///   - snapshot: what the file says.
    ///   - bytes: the file as it is, however it is laid out.
    public mutating func add(_ snapshot: ExportedSnapshot, file bytes: [UInt8]) {
        let client = snapshot.snapshot.client.id
        guard let paths = wanted[client] else { return }
        var pointers: [SettingPath: [String]] = [:]
        for path in paths { pointers[path] = Self.pointers(of: path, in: snapshot.snapshot) }
        var all = Set(pointers.values.joined())
        for group in SettingsGroup.allCases { all.formUnion(Self.groupPointers(group)) }
        let places = JSONRegions.places(of: all, in: bytes)
        files[client] = File(
            digest: Digest(of: bytes), size: bytes.count,
            settings: pointers.compactMapValues { pointers in
                // The first is the setting itself; of what is above it, only the line that opens it is marked.
                guard let index = pointers.firstIndex(where: { places[$0] != nil }) else { return nil }
                return index == 0 ? places[pointers[0]]?.whole : places[pointers[index]]?.opening
            },
            groups: Dictionary(
                uniqueKeysWithValues: SettingsGroup.allCases.compactMap { group in
                    Self.groupPointers(group).lazy.compactMap { places[$0]?.opening }.first.map { (group, $0) }
                }))
    }

    /// The pointer of a setting in the file, then those above it, up to its document; none where there is no document.
    private static func pointers(of path: SettingPath, in snapshot: Snapshot) -> [String] {
        guard case .document(let body, _) = snapshot.groups[path.group] else { return [] }
        var pointers: [String] = []
        var rest = path.resolved(in: body).first?.pointer ?? ""
        while true {
            pointers.append("/groups/\(path.group.rawValue)/document" + rest)
            guard let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) else { return pointers }
            rest = String(rest[..<slash])
        }
    }

    private static func groupPointers(_ group: SettingsGroup) -> [String] {
        let group = "/groups/\(group.rawValue)"
        return [group + "/failure", group + "/notCollected", group]
    }
}
