/// A piece of HTML that is safe by construction: text and attribute values are always escaped, and names are literals of
/// this code. There is no way to put raw markup in.
package struct HTML: Sendable {
    /// The markup.
    package private(set) var markup: String

    /// Nothing.
    package static let empty = HTML(markup: "")

    private init(markup: String) { self.markup = markup }

    /// Text, escaped, with everything invisible spelled out.
    package init(text: String) {
        markup = Self.escaped(VisibleText.of(text))
    }

    /// An element with its content between an opening and a closing tag.
    package init(_ name: StaticString, _ attributes: [Attribute] = [], @HTMLBuilder _ content: () -> HTML) {
        // Appended in place: a page is built from the inside out, and each copy is one of all that is inside.
        var markup = Self.opening(name, attributes)
        markup.append(content().markup)
        markup.append("</\(name)>")
        self.markup = markup
    }

    /// The whole of a page: what it is called, its style sheet and its script (constants of this code), and its body.
    package static func document(
        title: String, styles: [StaticString], script: StaticString? = nil, policy: String,
        @HTMLBuilder body: () -> HTML
    ) -> String {
        let head: [HTML] = [
            .void("meta", [.init("charset", "utf-8")]),
            .void("meta", [.init("name", "viewport"), .init("content", "width=device-width, initial-scale=1")]),
            .void("meta", [.init("http-equiv", "Content-Security-Policy"), .init("content", policy)]),
            .void("meta", [.init("name", "referrer"), .init("content", "no-referrer")]),
            .void("meta", [.init("name", "color-scheme"), .init("content", "light dark")]),
            HTML("title") { title },
            HTML(markup: "<style>" + styles.map { "\($0)" }.joined() + "</style>"),
        ]
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n" + head.map { $0.markup + "\n" }.joined()
            + "</head>\n<body>\n" + body().markup + (script.map { "\n<script>\($0)</script>" } ?? "")
            + "\n</body>\n</html>\n"
    }

    /// An element without content, such as `meta` and `rect`.
    package static func void(_ name: StaticString, _ attributes: [Attribute] = []) -> HTML {
        HTML(markup: opening(name, attributes))
    }

    package static func joined(_ parts: [HTML]) -> HTML {
        if parts.count == 1 { return parts[0] }
        var markup = ""
        markup.reserveCapacity(parts.reduce(0) { $0 + $1.markup.utf8.count })
        for part in parts { markup.append(part.markup) }
        return HTML(markup: markup)
    }

    /// One attribute; its value is escaped.
    package struct Attribute {
        var name: StaticString
        var value: String

        package init(_ name: StaticString, _ value: String) {
            self.name = name
            self.value = value
        }

        package static func `class`(_ value: StaticString) -> Attribute { Attribute("class", "\(value)") }
        package static func id(_ value: StaticString) -> Attribute { Attribute("id", "\(value)") }
        /// The id of one of several elements of a kind.
        package static func id(_ kind: StaticString, _ number: Int) -> Attribute {
            Attribute("id", "\(kind)-\(number)")
        }
    }

    private static func opening(_ name: StaticString, _ attributes: [Attribute]) -> String {
        var markup = "<\(name)"
        for attribute in attributes {
            markup.append(" \(attribute.name)=\"")
            markup.append(escaped(VisibleText.of(attribute.value)))
            markup.append("\"")
        }
        markup.append(">")
        return markup
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        default: false
        }
    }

    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: isSpecial) else { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

/// Lets pages be written as nested blocks; a string in a block is text.
@resultBuilder
package enum HTMLBuilder {
    package static func buildExpression(_ text: String) -> HTML { HTML(text: text) }
    package static func buildExpression(_ html: HTML) -> HTML { html }
    package static func buildExpression(_ parts: [HTML]) -> HTML { .joined(parts) }
    package static func buildBlock(_ parts: HTML...) -> HTML { .joined(parts) }
    package static func buildArray(_ parts: [HTML]) -> HTML { .joined(parts) }
    package static func buildOptional(_ part: HTML?) -> HTML { part ?? .empty }
    package static func buildEither(first part: HTML) -> HTML { part }
    package static func buildEither(second part: HTML) -> HTML { part }
}
