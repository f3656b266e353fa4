/// The exposition as a strict reader of OpenMetrics finds it: families declared once, whole lines, `# EOF` at the end.
public struct OpenMetricsSamples {
    /// Not as OpenMetrics has it.
    public struct Malformed: Error {
        /// The line that is wrong.
        public var line: String
    }

    /// One line.
    public struct Sample {
        /// The metric's name.
        public var name: String
        /// The labels, unescaped.
        public var labels: [String: String]
        /// The value.
        public var value: Double
    }

    /// All lines in order.
    public private(set) var samples: [Sample] = []

    /// The values of a metric with these labels.
    public subscript(name: String, labels: [String: String] = [:]) -> [Double] {
        samples.filter { sample in sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value } }
            .map(\.value)
    }

    /// Reads an exposition.
    public init(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        // By scalars: a carriage return before a line feed would be one character with it.
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        guard lines.popLast() == "", lines.popLast() == "# EOF" else { throw Malformed(line: "no EOF") }
        var declared: [String: Set<String>] = [:]
        var current = ""
        for line in lines {
            let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
            if words[0] == "#" {
                guard words.count == 4, ["HELP", "TYPE"].contains(words[1]), words[1] == "HELP" || words[3] == "gauge",
                    declared[words[2], default: []].insert(words[1]).inserted
                else { throw Malformed(line: line) }
                current = words[2]
                continue
            }
            guard let match = line.wholeMatch(of: /([a-z_]+)\{(.*)\} (-?[0-9.e+-]+)/), match.1 == current,
                declared[current] == ["HELP", "TYPE"], let value = Double(match.3)
            else { throw Malformed(line: line) }
            samples.append(Sample(name: String(match.1), labels: try Self.labels(String(match.2)), value: value))
        }
        let keys = samples.map { "\($0.name) \($0.labels.sorted { $0.key < $1.key })" }
        guard Set(keys).count == keys.count else { throw Malformed(line: "a series twice") }
    }

    private static func labels(_ text: String) throws -> [String: String] {
        var labels: [String: String] = [:]
        var rest = Array(text.unicodeScalars)[...]
        while !rest.isEmpty {
            let name = String(String.UnicodeScalarView(rest.prefix { $0 != "=" }))
            rest = rest.drop { $0 != "=" }.dropFirst()
            guard rest.popFirst() == "\"" else { throw Malformed(line: text) }
            var value = String.UnicodeScalarView()
            while let scalar = rest.popFirst(), scalar != "\"" {
                guard scalar == "\\" else {
                    value.append(scalar)
                    continue
                }
                switch rest.popFirst() {
                case "n": value.append("\n")
                case "\\": value.append("\\")
                case "\"": value.append("\"")
                default: throw Malformed(line: text)
                }
            }
            guard rest.isEmpty || rest.popFirst() == ",", labels.updateValue(String(value), forKey: name) == nil else {
                throw Malformed(line: text)
            }
        }
        return labels
    }
}
