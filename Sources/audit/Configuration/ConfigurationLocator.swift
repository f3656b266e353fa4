import Foundation

/// Finds the one configuration file: the first that exists wins, and nothing is merged.
enum ConfigurationLocator {
    /// The file to read.
    ///
    /// In order: `--config`, `$AUDIT_CONFIG`, `./audit.yaml`, `$XDG_CONFIG_HOME/audit/config.yaml` (or
    /// `~/.config/…`), `/etc/audit/config.yaml`. The first two are taken even where the file does not exist, so that a
    /// mistyped name is an error.
    static func file(named flag: String?, environment: [String: String] = ProcessInfo.processInfo.environment)
        -> String?
    {
        if let flag { return flag }
        if let named = environment["AUDIT_CONFIG"], !named.isEmpty { return named }
        return candidates(environment).first { FileManager.default.fileExists(atPath: $0) }
    }

    /// The places that are looked at where none is named.
    static func candidates(_ environment: [String: String]) -> [String] {
        let home = environment["HOME"].map { $0 + "/.config" }
        let folder = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home
        return ["audit.yaml"] + [folder.map { $0 + "/audit/config.yaml" }].compactMap { $0 } + [
            "/etc/audit/config.yaml"
        ]
    }
}
