extension SettingsCatalogue {
    /// The value that the vendor says a setting has where nobody chose one; nil where the vendor does not say.
    ///
    /// Sources: the portal's "Security" tab for the days until passwords expire; the vendor's page "Clients API Methods" for
    /// the scope of strategies, which is open for a new client. Of everything else no default is documented.
    public static func documentedDefault(at path: SettingPath) -> SettingValue? { defaults[path] }

    private static let defaults: [SettingPath: SettingValue] = [
        SettingPath(.internal, key: "passwordExpirationDays"): .integer(90),
        SettingPath(.settings, key: "restrictStrategiesScope"): .bool(false),
    ]
}
