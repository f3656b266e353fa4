import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// JUnit XML as an XML parser sees it.
public struct JUnitDocument: Sendable {
    /// One suite.
    public struct Suite: Sendable {
        /// The element's attributes.
        public var attributes: [String: String]
        /// The properties by name; of a repeated one the last.
        public var properties: [String: String] = [:]
        /// The test cases.
        public var cases: [Case] = []
    }

    /// One test case.
    public struct Case: Sendable {
        /// The attribute `name`.
        public var name: String
        /// The attribute `classname`.
        public var className: String
        /// The element inside; nil where the case passed.
        public var element: String?
        /// Its attribute `message`.
        public var message: String?
        /// Its attribute `type`.
        public var type: String?
        /// Its text.
        public var text = ""
    }

    /// It is no well-formed XML, or has an element where JUnit has none.
    public struct Malformed: Error {
        /// What is wrong.
        public var what: String
    }

    /// The suites in order.
    public let suites: [Suite]

    /// Reads a document.
    public init(_ bytes: [UInt8]) throws {
        let reader = Reader()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = reader
        guard parser.parse(), reader.mistakes.isEmpty else {
            throw Malformed(
                what: reader.mistakes.first ?? "line \(parser.lineNumber): \(String(describing: parser.parserError))")
        }
        suites = reader.suites
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var suites: [Suite] = []
        var mistakes: [String] = []
        private var open: [String] = []
        private static let parents = [
            "testsuites": "", "testsuite": "testsuites", "properties": "testsuite", "property": "properties",
            "testcase": "testsuite", "failure": "testcase", "error": "testcase", "skipped": "testcase",
            "system-out": "testsuite", "system-err": "testsuite",
        ]

        func parser(
            _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            if Self.parents[element] != (open.last ?? "") { mistakes.append("\(element) in \(open)") }
            open.append(element)
            switch element {
            case "testsuite": suites.append(Suite(attributes: attributes))
            case "property":
                suites[suites.count - 1].properties[attributes["name"] ?? ""] = attributes["value"] ?? ""
            case "testcase":
                suites[suites.count - 1].cases.append(
                    Case(name: attributes["name"] ?? "", className: attributes["classname"] ?? ""))
            case "failure", "error", "skipped":
                let index = suites[suites.count - 1].cases.count - 1
                suites[suites.count - 1].cases[index].element = element
                suites[suites.count - 1].cases[index].message = attributes["message"]
                suites[suites.count - 1].cases[index].type = attributes["type"]
            default: break
            }
        }

        func parser(
            _ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?
        ) {
            open.removeLast()
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            guard ["failure", "error", "skipped"].contains(open.last) else { return }
            let index = suites[suites.count - 1].cases.count - 1
            suites[suites.count - 1].cases[index].text += text
        }
    }
}
