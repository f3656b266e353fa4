/// A strict reader of the HTML that these reports write: quoted attributes, every element closed, no stray bracket.
///
/// It refuses what a browser would repair, so that nothing can hide in a repair. It reads scalars, as browsers do: a quote
/// with a combining mark behind it is a quote.
public struct MarkupOutline {
    /// What is not as this reader wants it.
    public struct Malformed: Error {
        /// The beginning of it.
        public var text: String
    }

    typealias Scalars = Substring.UnicodeScalarView

    /// Each tag with the names of its attributes, in order: `<td data-label>`, `</td>`.
    public private(set) var tags: [String] = []
    /// Each attribute with its value.
    public private(set) var attributes: [(name: String, value: String)] = []
    /// The text outside of tags, style sheets and scripts, entities resolved.
    public private(set) var text = ""
    /// What stands in style sheets and scripts, as it is.
    public private(set) var raw: [(element: String, text: String)] = []

    static let void: Set<String> = ["meta", "link", "input"]
    private static let rawElements: Set<String> = ["style", "script"]

    /// Reads a document.
    public init(_ document: String) throws {
        let doctype = "<!DOCTYPE html>\n"
        guard document.hasPrefix(doctype) else { throw Malformed(text: "no doctype") }
        var rest = Substring(document).unicodeScalars.dropFirst(doctype.unicodeScalars.count)
        var open: [String] = []
        while !rest.isEmpty {
            if let element = open.last, Self.rawElements.contains(element) {
                let content = try Self.content(of: element, in: rest)
                raw.append((element, String(content)))
                rest = rest.dropFirst(content.count)
            }
            let plain = rest.prefix { $0 != "<" }
            guard !plain.contains(">") else { throw Malformed(text: String(plain)) }
            text += try Self.resolved(plain)
            rest = rest.dropFirst(plain.count)
            guard !rest.isEmpty else { break }
            let tag = rest.prefix { $0 != ">" }
            rest = rest.dropFirst(tag.count + 1)
            if tag.starts(with: "</".unicodeScalars) {
                guard open.popLast() == String(tag.dropFirst(2)) else { throw Malformed(text: String(tag)) }
                tags.append(String(tag) + ">")
            } else {
                let name = try read(tag.dropFirst())
                if !Self.void.contains(name) { open.append(name) }
            }
        }
        guard open.isEmpty else { throw Malformed(text: "not closed: \(open)") }
    }

    /// What stands before the end of a raw element. Browsers know no tags, entities or comments in it, but for `<!--`, which
    /// can hide the end of a script.
    private static func content(of element: String, in rest: Scalars) throws -> Scalars {
        let end = "</\(element)".unicodeScalars
        guard let place = rest.indices.first(where: { rest[$0] == "<" && rest[$0...].starts(with: end) }) else {
            throw Malformed(text: "no end of \(element)")
        }
        let content = rest[..<place]
        guard !String(content).contains("<!--") else { throw Malformed(text: "a comment in \(element)") }
        return content
    }

    private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-": true
        default: false
        }
    }

    private mutating func read(_ tag: Scalars) throws -> String {
        let name = tag.prefix(while: Self.isNameScalar)
        guard !name.isEmpty else { throw Malformed(text: String(tag)) }
        var rest = tag.dropFirst(name.count)
        var names = ""
        while !rest.isEmpty {
            guard rest.first == " " else { throw Malformed(text: String(tag)) }
            rest = rest.dropFirst()
            let attribute = rest.prefix(while: Self.isNameScalar)
            rest = rest.dropFirst(attribute.count)
            guard !attribute.isEmpty, rest.starts(with: "=\"".unicodeScalars) else {
                throw Malformed(text: String(tag))
            }
            rest = rest.dropFirst(2)
            let value = rest.prefix { $0 != "\"" }
            guard rest.count > value.count else { throw Malformed(text: String(tag)) }
            rest = rest.dropFirst(value.count + 1)
            attributes.append((String(attribute), try Self.resolved(value)))
            names += " " + String(attribute)
        }
        tags.append("<" + String(name) + names + ">")
        return String(name)
    }

    private static func resolved(_ text: Scalars) throws -> String {
        let entities: KeyValuePairs = ["&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&#39;": "'"]
        var output = String.UnicodeScalarView()
        var rest = text
        while let start = rest.firstIndex(of: "&") {
            output += rest[..<start]
            guard let entity = entities.first(where: { rest[start...].starts(with: $0.key.unicodeScalars) }) else {
                throw Malformed(text: String(rest[start...].prefix(20)))
            }
            output += entity.value.unicodeScalars
            rest = rest[start...].dropFirst(entity.key.unicodeScalars.count)
        }
        return String(output + rest)
    }
}
