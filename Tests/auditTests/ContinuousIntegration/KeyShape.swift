import Policies

/// What may stand in a YAML file that another program reads, told by hand: its published schema is not at hand here.
indirect enum KeyShape: Sendable {
    case text
    case integer
    case flag
    /// Text, a number or a boolean: what becomes text in the end.
    case scalar
    case list(KeyShape)
    case map(required: [String: KeyShape] = [:], optional: [String: KeyShape] = [:])
    /// A map whose keys are names.
    case names(of: KeyShape)
    /// One of several.
    case either([KeyShape])
    /// Nothing, or the shape.
    case nothing(or: KeyShape)

    /// Everything in a value that does not fit, as lines with path and place; empty where all does.
    func mistakes(in node: YAMLNode, at path: String = "") -> [String] {
        func wrong(_ wanted: String) -> [String] {
            ["\(path) (line \(node.place.line)): \(node.kindName), not \(wanted)"]
        }
        switch self {
        case .text: return node.string == nil ? wrong("text") : []
        case .integer: return node.integer == nil ? wrong("an integer") : []
        case .flag: return node.bool == nil ? wrong("a boolean") : []
        case .scalar: return node.string == nil && node.integer == nil && node.bool == nil ? wrong("a scalar") : []
        case .list(let element):
            guard let elements = node.elements else { return wrong("a list") }
            return elements.enumerated().flatMap { element.mistakes(in: $1, at: "\(path)[\($0)]") }
        case .names(let value):
            guard let entries = node.entries else { return wrong("a map") }
            return entries.flatMap { value.mistakes(in: $0.value, at: "\(path).\($0.key)") }
        case .map(let required, let optional):
            guard let entries = node.entries else { return wrong("a map") }
            let missing = required.keys.sorted().filter { node[$0] == nil }.map {
                "\(path) (line \(node.place.line)): '\($0)' is missing"
            }
            return missing
                + entries.flatMap { entry -> [String] in
                    guard let shape = required[entry.key] ?? optional[entry.key] else {
                        return ["\(path) (line \(entry.keyPlace.line)): unknown key '\(entry.key)'"]
                    }
                    return shape.mistakes(in: entry.value, at: "\(path).\(entry.key)")
                }
        case .either(let shapes):
            let all = shapes.map { $0.mistakes(in: node, at: path) }
            return all.contains(where: \.isEmpty) ? [] : all.joined().sorted()
        case .nothing(let shape):
            if case .null = node.kind { return [] }
            return shape.mistakes(in: node, at: path)
        }
    }
}
