import AuditModel
import Reports

extension ClientPage {
    /// The settings that never changed, by group.
    func current(_ settings: [CurrentSetting], known: Bool) -> HTML {
        Components.section("settings", "All other settings", count: settings.count) {
            if !known { Parts.empty("The latest run has no settings of this client.") }
            SettingsGroup.allCases.map { group in
                let own = settings.filter { $0.path.group == group }
                guard !own.isEmpty else { return HTML.empty }
                return HTML("details") {
                    HTML("summary") { "\(group.rawValue): \(Words.count(own.count, "setting"))" }
                    Components.table(
                        "Settings of \(group.rawValue) that never changed", ["Setting", "Value"],
                        own.map { setting in
                            [
                                HTML("div") {
                                    Parts.setting(setting.path, of: id)
                                    if let meaning = Components.meaning(of: setting.path) { HTML("div") { meaning } }
                                }, Components.code(ValueText.of(setting.value)),
                            ]
                        })
                }
            }
        }
    }
}
