import AuditModel
import Foundation
import Policies

extension ConfigurationReader {
    mutating func error(_ message: String, at place: SourcePlace, suggestion: String? = nil) {
        diagnostics.append(source.diagnostic(.error, at: place, message, suggestion: suggestion))
    }

    /// The entries of a map by key; unknown keys are errors with the nearest known one.
    mutating func map(
        _ node: YAMLNode, _ what: String, keys: [String]
    ) -> [String: YAMLNode] {
        guard let entries = node.entries else {
            error("\(what) is a map, not \(node.kindName)", at: node.place)
            return [:]
        }
        var values: [String: YAMLNode] = [:]
        for entry in entries {
            if keys.contains(entry.key) {
                values[entry.key] = entry.value
            } else {
                error(
                    "unknown key '\(entry.key)' in \(what)", at: entry.keyPlace,
                    suggestion: NearestName.to(entry.key, among: keys))
            }
        }
        return values
    }

    mutating func list(_ node: YAMLNode, _ key: String) -> [YAMLNode] {
        guard let elements = node.elements else {
            error("'\(key)' is a list, not \(node.kindName)", at: node.place)
            return []
        }
        return elements
    }

    mutating func text(_ node: YAMLNode?, _ key: String) -> String? {
        guard let node else { return nil }
        guard let text = node.string else {
            error("'\(key)' is a text, not \(node.kindName); put it in quotes", at: node.place)
            return nil
        }
        return text
    }

    mutating func required(
        _ key: String, of values: [String: YAMLNode], in node: YAMLNode, _ what: String
    ) -> String? {
        guard let value = values[key] else {
            error("\(what) needs '\(key)'", at: node.place)
            return nil
        }
        guard let text = text(value, key) else { return nil }
        if text.isEmpty { error("'\(key)' of \(what) is empty", at: value.place) }
        return text.isEmpty ? nil : text
    }

    mutating func texts(_ node: YAMLNode?, _ key: String) -> [String]? {
        guard let node else { return nil }
        return list(node, key).compactMap { text($0, key) }
    }

    mutating func integer(_ node: YAMLNode?, _ key: String, in range: ClosedRange<Int64>) -> Int64? {
        guard let node else { return nil }
        guard let value = node.integer, range.contains(value) else {
            error("'\(key)' is a whole number from \(range.lowerBound) to \(range.upperBound)", at: node.place)
            return nil
        }
        return value
    }

    mutating func duration(_ node: YAMLNode, _ key: String) -> Duration? {
        guard let duration = node.text.flatMap({ DurationArgument(argument: $0) })?.duration else {
            error("'\(key)' is a duration such as 500ms, 30s, 5m or 6h", at: node.place)
            return nil
        }
        return duration
    }

    mutating func severity(_ node: YAMLNode) -> Severity? {
        let names = Severity.allCases.map(\.rawValue)
        guard let severity = node.string.flatMap(Severity.init(rawValue:)) else {
            error(
                "a severity is one of \(names.joined(separator: ", "))", at: node.place,
                suggestion: node.string.flatMap { NearestName.to($0, among: names) })
            return nil
        }
        return severity
    }

    /// A path as seen from the configuration file's folder, so that a nightly job may start anywhere.
    func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : URL(filePath: folder).appending(path: path).standardizedFileURL.path
    }
}

extension Diagnostic {
    /// The same without the text of a line that may hold a literal credential, which is a mistake, but must not be
    /// printed for that.
    var withoutCredentials: Diagnostic {
        let line = sourceLine.lowercased()
        guard ["password", "accesstoken", "username", "webhook"].contains(where: line.contains) else { return self }
        var copy = self
        copy.sourceLine = "‹not shown: the line may hold a credential›"
        copy.column = 1
        return copy
    }
}
