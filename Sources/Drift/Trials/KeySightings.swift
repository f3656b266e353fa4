public import AuditModel

/// Where and since when settings are seen that the catalogue does not know; filled in the order of the nights.
public struct KeySightings: Sendable {
    /// One such setting.
    public struct Sighting: Sendable, Hashable {
        /// Where it is; elements of lists as `[*]`.
        public var path: SettingPath
        /// The first night that has it.
        public var firstNight: Int
        /// The clients that had it in that night, by id.
        public var firstClients: [Client.ID]
        /// How many clients had it in at least one night.
        public var clientCount: Int
        /// How many clients have it in the last night.
        public var clientsInLastNight: Int
    }

    private struct Entry {
        var firstNight: Int
        var firstClients: Set<Client.ID> = []
        var clients: Set<Client.ID> = []
        var clientsInLastNight: Set<Client.ID> = []
    }

    private let nights: Int
    private var entries: [SettingPath: Entry] = [:]

    /// Nothing seen in so many nights.
    public init(nights: Int) { self.nights = nights }

    /// Notes that a client has a setting in a night, which is none before those that were noted already.
    public mutating func note(_ path: SettingPath, of client: Client.ID, night: Int) {
        var entry = entries.removeValue(forKey: path) ?? Entry(firstNight: night)
        entry.clients.insert(client)
        if night == entry.firstNight { entry.firstClients.insert(client) }
        if night == nights - 1 { entry.clientsInLastNight.insert(client) }
        entries[path] = entry
    }

    /// What was seen, by path.
    public var sightings: [Sighting] {
        entries.map { path, entry in
            Sighting(
                path: path, firstNight: entry.firstNight, firstClients: entry.firstClients.sorted(),
                clientCount: entry.clients.count, clientsInLastNight: entry.clientsInLastNight.count)
        }.sorted { $0.path < $1.path }
    }
}
