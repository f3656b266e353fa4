extension MarkupOutline {
    /// One element with its attributes, and the elements that it stands in, the nearest last.
    public struct Element: Sendable {
        /// The tag's name.
        public var name: String
        /// The attributes by name.
        public var attributes: [String: String]
        /// The names of the elements around it.
        public var ancestors: [String]
    }

    /// The elements in their order.
    public var elements: [Element] {
        var elements: [Element] = []
        var open: [String] = []
        var rest = attributes[...]
        for tag in tags {
            if tag.hasPrefix("</") {
                open.removeLast()
                continue
            }
            let parts = tag.dropFirst().dropLast().split(separator: " ").map(String.init)
            let own = rest.prefix(parts.count - 1)
            rest = rest.dropFirst(parts.count - 1)
            elements.append(
                Element(
                    name: parts[0], attributes: Dictionary(own.map { ($0.name, $0.value) }) { first, _ in first },
                    ancestors: open))
            if !Self.void.contains(parts[0]) { open.append(parts[0]) }
        }
        return elements
    }

    /// What keeps a page from being heard, or used by the keyboard, as far as its markup tells: rules of WCAG 2.2 that need
    /// no judgement. Each with the place that breaks it.
    public var accessibilityProblems: [String] {
        let elements = elements
        return Self.frameProblems(elements) + Self.headingProblems(elements) + Self.nameProblems(elements)
            + Self.referenceProblems(elements)
    }

    /// Language, title, zoom, and the landmarks (1.3.1, 1.4.4, 2.4.1, 2.4.2, 3.1.1).
    private static func frameProblems(_ elements: [Element]) -> [String] {
        var problems: [String] = []
        // What names a part of a picture is called `title`, too.
        func count(_ name: String) -> Int { elements.count { $0.name == name && !$0.ancestors.contains("svg") } }
        if elements.first(where: { $0.name == "html" })?.attributes["lang"]?.isEmpty != false {
            problems.append("no language")
        }
        for name in ["main", "title", "h1"] where count(name) != 1 { problems.append("\(count(name)) of \(name)") }
        for meta in elements where meta.attributes["name"] == "viewport" {
            let content = meta.attributes["content"] ?? ""
            if content.contains("user-scalable") || content.contains("maximum-scale") { problems.append("no zoom") }
        }
        let navigation = elements.filter { $0.name == "nav" }.map { $0.attributes["aria-label"] ?? "" }
        if navigation.contains("") { problems.append("a navigation without a name") }
        if Set(navigation).count != navigation.count { problems.append("two navigations of one name: \(navigation)") }
        return problems
    }

    /// Headings go down by one level at a time (1.3.1).
    private static func headingProblems(_ elements: [Element]) -> [String] {
        var problems: [String] = []
        var level = 0
        for element in elements where element.name.count == 2 && element.name.hasPrefix("h") {
            guard let next = element.name.last?.wholeNumberValue else { continue }
            if next > level + 1 { problems.append("h\(next) after h\(level)") }
            level = next
        }
        return problems
    }

    /// Everything that is used or looked at has a name, or is hidden from those who listen (1.1.1, 1.3.1, 4.1.2).
    private static func nameProblems(_ elements: [Element]) -> [String] {
        var problems: [String] = []
        for element in elements {
            let attributes = element.attributes
            let isNamed = attributes["aria-label"] ?? attributes["aria-labelledby"] ?? "" != ""
            switch element.name {
            case "svg" where attributes["aria-hidden"] != "true" && (!isNamed || attributes["role"] == nil):
                problems.append("a picture without a name: \(attributes)")
            case "input" where attributes["type"] != "hidden" && !isNamed && !element.ancestors.contains("label"),
                "select" where !isNamed && !element.ancestors.contains("label"),
                "textarea" where !isNamed && !element.ancestors.contains("label"):
                problems.append("a field without a name: \(attributes)")
            case "th" where attributes["scope"] == nil: problems.append("a heading cell without a scope")
            case "img" where attributes["alt"] == nil: problems.append("an image without a text")
            default: break
            }
            if let place = attributes["tabindex"].flatMap({ Int($0) }), place > 0 {
                problems.append("an own tab order")
            }
        }
        let tables = elements.count { $0.name == "table" }
        let captions = elements.count { $0.name == "caption" && $0.ancestors.last == "table" }
        if tables != captions { problems.append("\(tables) tables, \(captions) captions") }
        return problems
    }

    /// Ids are there once, and what is pointed at is there (2.4.1, 4.1.2).
    private static func referenceProblems(_ elements: [Element]) -> [String] {
        let ids = elements.compactMap { $0.attributes["id"] }
        var problems = Set(ids).count == ids.count ? [] : ["an id stands twice"]
        for element in elements {
            for name in ["aria-describedby", "aria-labelledby", "aria-controls", "for"] {
                guard let target = element.attributes[name] else { continue }
                for id in target.split(separator: " ") where !ids.contains(String(id)) {
                    problems.append("\(name) leads to \(id), which is not there")
                }
            }
            if let link = element.attributes["href"], link.hasPrefix("#"), !ids.contains(String(link.dropFirst())) {
                problems.append("\(link) is not there")
            }
        }
        return problems
    }
}
