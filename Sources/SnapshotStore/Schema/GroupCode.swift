internal import AuditModel

/// How groups are numbered in the database. Stored, so the numbers never change.
enum GroupCode {
    /// The number of a group, which is `settings_group.id`.
    static func code(of group: SettingsGroup) -> Int64 {
        switch group {
        case .internal: 1
        case .settings: 2
        case .messaging: 3
        case .voicePool: 4
        case .countries: 5
        }
    }

    /// The group of a number.
    static func group(of code: Int64) throws -> SettingsGroup {
        guard let group = SettingsGroup.allCases.first(where: { Self.code(of: $0) == code }) else {
            throw StoreError.inconsistent("no group has the number \(code)")
        }
        return group
    }

    /// The group's column in `client_night`.
    static func column(of group: SettingsGroup) -> String {
        switch group {
        case .internal: "internal_id"
        case .settings: "settings_id"
        case .messaging: "messaging_id"
        case .voicePool: "voice_pool_id"
        case .countries: "countries_id"
        }
    }
}
