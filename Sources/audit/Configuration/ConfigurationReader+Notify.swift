import AuditModel
import Policies
import Reports

extension ConfigurationReader {
    /// The section `notify`.
    mutating func notifications(
        _ node: YAMLNode?, environments: [AuditConfiguration.EnvironmentEntry]
    ) -> [NotificationDestination] {
        guard let node else { return [] }
        var known: Set<String> = []
        return list(node, "notify").compactMap { element in
            let values = map(element, "a destination of 'notify'", keys: ConfigurationKeys.notification.names)
            guard element.entries != nil else { return nil }
            guard let webhook = webhook(of: values, in: element) else { return nil }
            var destination = NotificationDestination(
                webhook: webhook, events: NotificationDestination.defaultEvents)
            if values["name"] != nil {
                destination.name = required("name", of: values, in: element, "a destination of 'notify'")
            }
            if let node = values["on"] {
                destination.events = words(node, "on", among: RunNotification.Event.self)
            }
            if let node = values["format"] { destination.format = word(node, "format") }
            if let node = values["minimumSeverity"] { destination.minimumSeverity = severity(node) }
            if let node = values["environments"] {
                destination.environments = environmentNames(node, among: environments.map(\.name.rawValue))
            }
            // What was told is remembered by these two: two destinations that share them would hide each other's messages.
            if !known.insert(destination.identity).inserted {
                error(
                    "this destination of 'notify' stands twice; give each a 'name' of its own, or take one out",
                    at: element.place)
            }
            return destination
        }
    }

    /// Credentials come by reference only; the text itself is never repeated, since it may be the secret.
    private mutating func webhook(of values: [String: YAMLNode], in element: YAMLNode) -> String? {
        let what = "a destination of 'notify'"
        guard let node = values["webhook"] else { return required("webhook", of: values, in: element, what) }
        guard let text = node.string, ["env:", "file:", "cmd:"].contains(where: { text.hasPrefix($0) && text != $0 })
        else {
            // The diagnostic shows no source line: it would print what must not be printed.
            diagnostics.append(
                Diagnostic(
                    severity: .error, file: source.name, line: node.place.line, column: node.place.column,
                    message: "'webhook' of \(what) must be a reference: env:NAME, file:/path or cmd:COMMAND",
                    sourceLine: "webhook: ‹redacted›"))
            return nil
        }
        return reference(text)
    }

    private mutating func words<Word: RawRepresentable<String> & CaseIterable>(
        _ node: YAMLNode, _ key: String, among type: Word.Type
    ) -> [Word] where Word: Equatable {
        let elements = list(node, key)
        if elements.isEmpty, node.elements != nil { error("'\(key)' is an empty list", at: node.place) }
        let named: [Word] = elements.compactMap { word($0, key) }
        return Word.allCases.filter(named.contains)
    }

    private mutating func word<Word: RawRepresentable<String> & CaseIterable>(_ node: YAMLNode, _ key: String) -> Word?
    {
        let names = Word.allCases.map(\.rawValue)
        guard let word = node.string.flatMap(Word.init(rawValue:)) else {
            error(
                "'\(key)' knows \(names.joined(separator: ", "))", at: node.place,
                suggestion: node.string.flatMap { NearestName.to($0, among: names) })
            return nil
        }
        return word
    }

    private mutating func environmentNames(_ node: YAMLNode, among known: [String]) -> [String] {
        let elements = list(node, "environments")
        if elements.isEmpty, node.elements != nil { error("'environments' is an empty list", at: node.place) }
        return elements.compactMap { element in
            guard let name = text(element, "environments") else { return nil }
            if !known.contains(name) {
                error(
                    "'notify' names the environment '\(name)', which is not there", at: element.place,
                    suggestion: NearestName.to(name, among: known))
            }
            return name
        }
    }
}
