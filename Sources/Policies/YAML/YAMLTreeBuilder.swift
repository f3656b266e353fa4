internal import AuditModel
internal import Yams

/// Turns composed nodes into ``YAMLNode``s and collects every mistake on the way.
struct YAMLTreeBuilder {
    private static let tagPrefix = "tag:yaml.org,2002:"

    let source: SourceText
    let keys: ShadowedKeys
    private(set) var diagnostics: [Diagnostic] = []
    /// Whether every mistake so far spoils no more than its own place.
    private(set) var keepsShape = true
    private var visited = 0
    /// The furthest place seen, and where the documents before this one ended.
    private var furthest: SourcePlace?
    private var floor: SourcePlace?

    init(source: SourceText, keys: ShadowedKeys) {
        self.source = source
        self.keys = keys
    }

    mutating func document(_ node: Node) -> YAMLNode {
        floor = furthest
        return build(node, depth: 0)
    }

    private mutating func report(_ mistake: PolicyMistake, at place: SourcePlace) {
        diagnostics.append(source.error(mistake, at: place))
        if !mistake.keepsShape { keepsShape = false }
    }

    private mutating func build(_ node: Node, depth: Int) -> YAMLNode {
        let place = place(of: node)
        visited += 1
        // The composer keeps anchors for the whole stream; YAML forgets them at the end of each document.
        if let floor, place <= floor { report(.aliasToOtherDocument, at: place) }
        furthest = max(furthest ?? place, place)
        guard visited <= YAMLDefences.nodeLimit else {
            // Said once; what follows is not looked at.
            if visited == YAMLDefences.nodeLimit + 1 {
                report(.tooManyValues(limit: YAMLDefences.nodeLimit), at: place)
            }
            return YAMLNode(kind: .null, place: place)
        }
        guard depth <= YAMLDefences.depthLimit else {
            report(.tooDeep(limit: YAMLDefences.depthLimit), at: place)
            return YAMLNode(kind: .null, place: place)
        }
        switch node {
        case .scalar(let scalar): return built(scalar, at: place)
        case .sequence(let sequence):
            check(tag: sequence.tag, is: "seq", at: place)
            var elements: [YAMLNode] = []
            for element in sequence { elements.append(build(element, depth: depth + 1)) }
            return YAMLNode(kind: .sequence(elements), place: place)
        case .mapping(let mapping):
            check(tag: mapping.tag, is: "map", at: place)
            return YAMLNode(kind: .mapping(entries(of: mapping, depth: depth)), place: place)
        case .alias:
            // The composer follows aliases itself; only encoders make this case.
            report(.syntax("an alias stands where none can"), at: place)
            return YAMLNode(kind: .null, place: place)
        }
    }

    private mutating func entries(of mapping: Node.Mapping, depth: Int) -> [YAMLNode.Entry] {
        var entries: [YAMLNode.Entry] = []
        var lines: [[UInt8]: Int] = [:]
        for (keyNode, valueNode) in mapping {
            let value = build(valueNode, depth: depth + 1)
            let place = place(of: keyNode)
            guard case .scalar(let scalar) = keyNode, let key = text(ofKey: scalar) else {
                report(.keyNotText, at: place)
                continue
            }
            if scalar.style == .plain, key == "<<" {
                report(.mergeKey, at: place)
                continue
            }
            if let line = lines.updateValue(place.line, forKey: Array(key.utf8)) {
                lines[Array(key.utf8)] = line
                report(.duplicateKey(key, firstLine: line), at: place)
                continue
            }
            entries.append(YAMLNode.Entry(key: key, keyPlace: place, value: value))
        }
        return entries
    }

    /// The key's text, or nil where it is null, a boolean, a number or of another tag.
    private func text(ofKey scalar: Node.Scalar) -> String? {
        let key = keys.restored(scalar.string)
        guard scalar.style == .plain else { return scalar.tag.description == Self.tagPrefix + "str" ? key : nil }
        switch scalar.tag.description {
        // The composer, comparing keys, has marked plain ones as text.
        case "", Self.tagPrefix + "str":
            guard case .value(.string) = CoreSchema.reading(of: key) else { return nil }
            return key
        default: return nil
        }
    }

    private mutating func built(_ scalar: Node.Scalar, at start: SourcePlace) -> YAMLNode {
        let place = SourcePlace(
            line: start.line, column: start.column,
            endColumn: source.endColumn(of: scalar.string, style: scalar.style, from: start))
        var node = YAMLNode(kind: .string(scalar.string), place: place, text: scalar.string)
        let tag = scalar.tag.description
        let isText = tag.isEmpty ? scalar.style != .plain : tag == Self.tagPrefix + "str"
        if isText { return node }
        guard case .value(let kind) = CoreSchema.reading(of: scalar.string) else {
            report(.numberTooLarge(scalar.string), at: place)
            return node
        }
        if tag.isEmpty {
            node.kind = kind
            return node
        }
        switch (tag, kind) {
        case (Self.tagPrefix + "int", .integer), (Self.tagPrefix + "float", .float), (Self.tagPrefix + "bool", .bool),
            (Self.tagPrefix + "null", .null):
            node.kind = kind
        case (Self.tagPrefix + "float", .integer(let value)): node.kind = .float(Double(value))
        case (Self.tagPrefix + "int", _), (Self.tagPrefix + "float", _), (Self.tagPrefix + "bool", _),
            (Self.tagPrefix + "null", _):
            report(.tagMismatch(shortName(of: tag), text: scalar.string), at: place)
        default: report(.customTag(shortName(of: tag)), at: place)
        }
        return node
    }

    private mutating func check(tag: Tag, is name: String, at place: SourcePlace) {
        let text = tag.description
        if !text.isEmpty, text != Self.tagPrefix + name { report(.customTag(shortName(of: text)), at: place) }
    }

    private func shortName(of tag: String) -> String {
        tag.hasPrefix(Self.tagPrefix) ? "!!" + tag.dropFirst(Self.tagPrefix.count) : tag
    }

    private func place(of node: Node) -> SourcePlace {
        guard let mark = node.mark else { return SourcePlace(line: 1, column: 1) }
        return SourcePlace(line: mark.line, column: mark.column)
    }
}

extension SourceText {
    /// The column after a scalar that stands on one line; nil where that cannot be told.
    fileprivate func endColumn(of text: String, style: Node.Scalar.Style, from start: SourcePlace) -> Int? {
        guard style == .plain, start.line <= lines.count else { return nil }
        let rest = lines[start.line - 1].unicodeScalars.dropFirst(start.column - 1)
        return rest.starts(with: text.unicodeScalars) && !text.isEmpty
            ? start.column + text.unicodeScalars.count : nil
    }
}
