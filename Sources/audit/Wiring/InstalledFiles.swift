import Foundation

/// What `make install` puts beside the binary: `PREFIX/bin/audit` and `PREFIX/share/audit`.
enum InstalledFiles {
    /// The folder of the shipped policies, or nil where this binary was not installed with them.
    static var policies: String? { existing("policies") }

    /// The JSON Schema of `audit.yaml`, or nil where it is not there.
    static var configurationSchema: String? { existing("policies/schemas/audit-config.schema.json") }

    /// The policies to go by where neither the command nor a configuration names any, from the current folder.
    static var defaultPolicies: [String] { [defaultPolicies(in: .currentDirectory())] }

    /// The policies to go by where nobody named any: those of a folder, as the repository and the configuration call them,
    /// else the installed ones.
    ///
    /// - Parameter folder: where `policies` is looked for.
    static func defaultPolicies(in folder: URL) -> String {
        let own = folder.appending(path: "policies").path
        return FileManager.default.fileExists(atPath: own) ? "policies" : policies ?? "policies"
    }

    private static func existing(_ name: String) -> String? {
        let prefix = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent()
        guard let path = prefix?.appending(path: "share/audit").appending(path: name).path,
            FileManager.default.fileExists(atPath: path)
        else { return nil }
        return path
    }
}
