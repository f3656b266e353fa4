import ArgumentParser
import AuditModel

/// What shells offer for values that several commands take.
extension CompletionKind {
    /// YAML files, and the folders on the way to them.
    static var yamlFile: CompletionKind { .file(extensions: ["yaml", "yml"]) }
    /// The words that stand for a stored run; dates and ids are not known without the database.
    static var run: CompletionKind { .list(["latest", "previous"]) }
    /// The groups of settings.
    static var group: CompletionKind { .list(SettingsGroup.allCases.map(\.rawValue)) }
}
