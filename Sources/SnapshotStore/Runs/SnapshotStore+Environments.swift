public import AuditModel
internal import GRDB

/// Where an environment is, and whether it is the emulator.
public struct EnvironmentAddress: Sendable, Hashable {
    /// The base URL.
    public var baseURL: String
    /// Whether it is the emulator, whose answers prove nothing about a real platform.
    public var isSynthetic: Bool

    /// Joins the two.
    public init(baseURL: String, isSynthetic: Bool) {
        self.baseURL = baseURL
        self.isSynthetic = isSynthetic
    }
}

extension SnapshotStore {
    /// Makes an environment known, or checks that it still is what it was.
    ///
    /// - Parameter acceptsNewBaseURL: Whether another base URL than the stored one is taken over. Real and synthetic
    ///   are never exchanged.
    /// - Throws: ``StoreError/environmentChanged(_:stored:given:)``.
    public func register(
        environment name: EnvironmentName, address: EnvironmentAddress, acceptsNewBaseURL: Bool = false
    ) throws(StoreError) {
        let stored = try self.address(of: name)
        if stored == address, stored?.baseURL.isIdentical(to: address.baseURL) == true { return }
        try writing(durable: true) { db in
            guard let stored else {
                try db.run(
                    "INSERT INTO environment (name, base_url, is_synthetic) VALUES (?, ?, ?)", .text(name.rawValue),
                    .text(address.baseURL), .integer(address.isSynthetic ? 1 : 0))
                return
            }
            guard acceptsNewBaseURL, stored.isSynthetic == address.isSynthetic else {
                throw StoreError.environmentChanged(name, stored: stored, given: address)
            }
            try db.run(
                "UPDATE environment SET base_url = ? WHERE name = ?", .text(address.baseURL), .text(name.rawValue))
        }
    }

    /// Where an environment is, or nil where it is not known.
    public func address(of name: EnvironmentName) throws(StoreError) -> EnvironmentAddress? {
        try reading { db in
            try db.first("SELECT base_url, is_synthetic FROM environment WHERE name = ?", .text(name.rawValue)) {
                EnvironmentAddress(baseURL: $0.text(0), isSynthetic: $0.integer(1) != 0)
            }
        }
    }

    /// All environments, by name.
    public func environments() throws(StoreError) -> [EnvironmentName] {
        try reading { db in
            try db.all("SELECT name FROM environment ORDER BY name") { EnvironmentName($0.text(0)) }
        }
    }

    static func rowID(of name: EnvironmentName, in db: Database) throws -> Int64 {
        let id = try db.first("SELECT id FROM environment WHERE name = ?", .text(name.rawValue)) { $0.integer(0) }
        guard let id else { throw StoreError.unknownEnvironment(name) }
        return id
    }
}
