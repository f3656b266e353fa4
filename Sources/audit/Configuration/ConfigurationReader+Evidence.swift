import AuditModel
import Policies

extension ConfigurationReader {
    /// The section `evidence`.
    mutating func evidence(_ node: YAMLNode?) -> EvidenceSettings {
        var settings = EvidenceSettings()
        guard let node else { return settings }
        let values = map(node, "evidence", keys: ConfigurationKeys.evidence.names)
        if let node = values["origin"], let origin = text(node, "origin") {
            // What a verifier takes for the name of a key must be usable as one.
            if origin.isEmpty || origin.contains(where: { $0.isWhitespace || $0 == "+" }) {
                error("'origin' names the log, like a URL without a scheme: no white space, no '+'", at: node.place)
            }
            settings.origin = origin
        }
        if let node = values["key"], let key = text(node, "key") {
            if ["env:", "file:", "cmd:"].contains(where: { key.hasPrefix($0) && key.count > $0.count }) {
                settings.key = reference(key)
            } else {
                // The diagnostic shows no source line: it would print what must not be printed.
                diagnostics.append(
                    Diagnostic(
                        severity: .error, file: source.name, line: node.place.line, column: node.place.column,
                        message: "'key' of evidence must be a reference: env:NAME, file:/path or cmd:COMMAND",
                        sourceLine: "key: ‹redacted›"))
            }
        }
        if let node = values["checkpoints"] {
            settings.places = list(node, "checkpoints").compactMap { checkpointPlace($0) }
        }
        return settings
    }

    private mutating func checkpointPlace(_ node: YAMLNode) -> CheckpointPlace? {
        let values = map(node, "a place for checkpoints", keys: ConfigurationKeys.checkpointPlace.names)
        guard node.entries != nil else { return nil }
        guard values.count == 1, let (kind, value) = values.first else {
            error("a place for checkpoints is one of {file: PATH}, {command: …} and {webhook: …}", at: node.place)
            return nil
        }
        guard let text = text(value, kind) else { return nil }
        guard !text.isEmpty else {
            error("'\(kind)' is empty", at: value.place)
            return nil
        }
        switch kind {
        case "file": return .file(absolute(text))
        case "command": return .command(text)
        default:
            let isUsable = ["env:", "file:", "cmd:", "https://", "http://"].contains { text.hasPrefix($0) }
            if !isUsable {
                error(
                    "'webhook' is an https:// address, or where it is: env:NAME, file:/path or cmd:COMMAND",
                    at: value.place)
                return nil
            }
            return .webhook(reference(text))
        }
    }
}
