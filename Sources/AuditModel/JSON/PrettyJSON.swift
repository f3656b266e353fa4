/// JSON for people and `git diff`: two spaces a level, keys sorted, one trailing line feed.
public enum PrettyJSON {
    /// The text of a value.
    public static func text(of value: SettingValue) -> String {
        var output: [UInt8] = []
        append(value, indentation: 0, to: &output)
        output.append(UInt8(ascii: "\n"))
        return String(decoding: output, as: UTF8.self)
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
            output.append(contentsOf: CanonicalJSON.bytes(of: value))
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
