import AuditModel

/// A family of samples in the text of OpenMetrics 1.0.
package struct MetricFamily: Sendable {
    /// What the samples are.
    package enum Kind: String, Sendable {
        case gauge, counter, summary
    }

    /// One sample.
    package struct Sample: Sendable {
        /// What stands behind the family's name, as the kind asks for it: `_total`, `_sum`, `_count`, or nothing.
        package var suffix: String
        /// The labels in their order.
        package var labels: [(name: String, value: String)]
        /// The value as it is written.
        package var value: String

        /// Joins the parts.
        package init(suffix: String = "", labels: [(String, String)], value: String) {
            self.suffix = suffix
            self.labels = labels
            self.value = value
        }
    }

    /// The name, without the suffix of its samples.
    package var name: String
    /// What the samples are.
    package var kind: Kind
    /// One sentence.
    package var help: String
    /// The samples.
    package var samples: [Sample]

    /// Joins the parts.
    package init(name: String, kind: Kind, help: String, samples: [Sample]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }

    /// Families as one text in UTF-8, with its end. Those of one name are put together where the first of them stands: a name
    /// may come once alone.
    package static func exposition(of families: [MetricFamily]) -> [UInt8] {
        var names: [String] = []
        var joined: [String: MetricFamily] = [:]
        for family in families {
            if joined[family.name] == nil {
                names.append(family.name)
                joined[family.name] = family
            } else {
                joined[family.name]?.samples += family.samples
            }
        }
        var text = ""
        for family in names.compactMap({ joined[$0] }) {
            text += "# HELP \(family.name) \(family.help)\n# TYPE \(family.name) \(family.kind.rawValue)\n"
            for sample in family.samples {
                let labels = sample.labels.map { "\($0.name)=\"\(escaped($0.value))\"" }
                let list = labels.isEmpty ? "" : "{" + labels.joined(separator: ",") + "}"
                text += "\(family.name)\(sample.suffix)\(list) \(sample.value)\n"
            }
        }
        return Array((text + "# EOF\n").utf8)
    }

    /// A number as samples have it.
    package static func number(_ value: Double) -> String { CanonicalJSON.text(of: value) ?? "0" }

    /// A label's value: backslash, quote and line feed escaped, everything else invisible spelled out before.
    private static func escaped(_ value: String) -> String {
        VisibleText.of(value).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
