/// JSON for people and `git diff`: two spaces a level, keys sorted, one trailing line feed.
public enum PrettyJSON {
    /// The text of a value.
    public static func text(of value: SettingValue) -> String {
        var output: [UInt8] = []
        append(value, indentation: 0, to: &output)
        output.append(UInt8(ascii: "\n"))
        return String(decoding: output, as: UTF8.self)
    }

    /// A member's value, or a list whose elements are made one at a time, since all of them together would take several
    /// times the memory of their text.
    public enum Part {
        /// A value.
        case value(SettingValue)
        /// As many elements, each made when it is written.
        case list(count: Int, element: (Int) -> SettingValue)
    }

    /// The bytes of an object with these members; each key once.
    public static func bytes(of members: [(key: String, value: Part)]) -> [UInt8] {
        var output: [UInt8] = []
        output.append(UInt8(ascii: "{"))
        for (index, member) in members.sorted(by: { $0.key.precedesInUTF16($1.key) }).enumerated() {
            startLine(1, isFirst: index == 0, to: &output)
            CanonicalJSON.append(member.key, to: &output)
            output.append(contentsOf: ": ".utf8)
            switch member.value {
            case .value(let value): append(value, indentation: 1, to: &output)
            case .list(count: 0, _): output.append(contentsOf: "[]".utf8)
            case .list(let count, let element):
                output.append(UInt8(ascii: "["))
                for position in 0..<count {
                    startLine(2, isFirst: position == 0, to: &output)
                    append(element(position), indentation: 2, to: &output)
                }
                endBlock("]", 1, to: &output)
            }
        }
        if members.isEmpty { output.append(UInt8(ascii: "}")) } else { endBlock("}", 0, to: &output) }
        output.append(UInt8(ascii: "\n"))
        return output
    }

    private static func append(_ value: SettingValue, indentation: Int, to output: inout [UInt8]) {
        switch value {
        case .array(let elements) where !elements.isEmpty:
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                startLine(indentation + 1, isFirst: index == 0, to: &output)
                append(element, indentation: indentation + 1, to: &output)
            }
            endBlock("]", indentation, to: &output)
        case .object(let object) where !object.isEmpty:
            output.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                startLine(indentation + 1, isFirst: index == 0, to: &output)
                CanonicalJSON.append(member.key, to: &output)
                output.append(contentsOf: ": ".utf8)
                append(member.value, indentation: indentation + 1, to: &output)
            }
            endBlock("}", indentation, to: &output)
        case .null, .bool, .integer, .number, .string, .array, .object:
            CanonicalJSON.append(value, to: &output)
        }
    }

    private static func startLine(_ indentation: Int, isFirst: Bool, to output: inout [UInt8]) {
        if !isFirst { output.append(UInt8(ascii: ",")) }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation * 2))
    }

    private static func endBlock(_ bracket: Unicode.Scalar, _ indentation: Int, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation * 2))
        output.append(UInt8(ascii: bracket))
    }
}
