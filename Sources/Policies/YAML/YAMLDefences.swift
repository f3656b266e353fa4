// What the composer underneath cannot be trusted with is found in the text before it sees it. Each look is a bound from
// above: it may refuse a text that nobody writes, and never lets a harmful one through.
enum YAMLDefences {
    /// The most levels of lists and maps that a document may have.
    static let depthLimit = 200
    /// The most values that a document may have once its aliases are followed.
    static let nodeLimit = 200_000

    /// Whether the text may nest deeper than is safe to recurse into.
    static func mayBeTooDeep(_ bytes: [UInt8]) -> Bool {
        var flowDepth = 0
        var prefix = 0
        var isInPrefix = true
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"): flowDepth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): flowDepth = max(0, flowDepth - 1)
            default: break
            }
            switch byte {
            case 0x0A, 0x0D:
                prefix = 0
                isInPrefix = true
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"), 0x09:
                if isInPrefix { prefix += 1 }
            default:
                // Every level of a block takes a column at least, so a line this far in may stand on as many levels.
                if isInPrefix, prefix > 2 * depthLimit, byte != UInt8(ascii: "#") { return true }
                isInPrefix = false
            }
            if flowDepth > depthLimit { return true }
        }
        return isInPrefix && prefix > 2 * depthLimit && bytes.last != UInt8(ascii: " ")
    }

    /// The first line, from 1, that a tab indents; nil where there is none, or where the whole file is a flow collection
    /// (as JSON is), in which YAML lets tabs stand. The composer takes such tabs for spaces.
    static func firstLineIndentedByTab(_ lines: [String]) -> Int? {
        let isContent: (String) -> Bool = { line in
            line.first { $0 != " " && $0 != "\t" }.map { $0 != "#" } ?? false
        }
        let opening = lines.first(where: isContent)?.first { $0 != " " && $0 != "\t" }
        if opening == "{" || opening == "[" { return nil }
        return lines.firstIndex { $0.utf8.first == 0x09 && isContent($0) }.map { $0 + 1 }
    }

    /// Whether the text may have a key that is a list or map and unfolds to very many values.
    ///
    /// The composer hashes keys with all that they hold, so a bomb there explodes before any node can be counted.
    static func mayHashABomb(_ bytes: [UInt8]) -> Bool {
        mayHaveCollectionKeys(bytes) && expansionBound(bytes) > 10_000_000
    }

    /// An explicit key (`? …`), an alias as key (`*name :`), or a flow collection as key (`[…]:`).
    private static func mayHaveCollectionKeys(_ bytes: [UInt8]) -> Bool {
        var last: UInt8 = 0x0A
        for (index, byte) in bytes.enumerated() {
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0x0A
            switch byte {
            case UInt8(ascii: "?") where isBlank(next) && "\n\r-?:,[{".utf8.contains(last): return true
            case UInt8(ascii: ":") where last == UInt8(ascii: "]") || last == UInt8(ascii: "}"): return true
            case UInt8(ascii: "*"):
                var end = endOfName(bytes, from: index + 1)
                while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
                if end < bytes.count, bytes[end] == UInt8(ascii: ":") { return true }
            default: break
            }
            if byte != 0x20, byte != 0x09 { last = byte }
        }
        return false
    }

    /// A bound on the values of the document with all aliases followed: an alias stands for no more than all that was
    /// between its anchor and itself.
    private static func expansionBound(_ bytes: [UInt8]) -> Int {
        var total = 0
        var anchors: [ArraySlice<UInt8>: Int] = [:]
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            total = min(total + 1, .max / 4)
            guard byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*") else { continue }
            let name = bytes[index..<endOfName(bytes, from: index)]
            index = name.endIndex
            if byte == UInt8(ascii: "&") {
                anchors[name] = total
            } else if !name.isEmpty, let start = anchors[name] {
                total = min(total + total - start, .max / 4)
            }
        }
        return total
    }

    /// Where a name of an anchor, as libyaml knows them, ends.
    private static func endOfName(_ bytes: [UInt8], from start: Int) -> Int {
        bytes[start...].firstIndex { !SourceText.isWordByte($0) } ?? bytes.count
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
}

/// Keys that stand twice in one map, taken out of the composer's sight.
///
/// Yams stops at the first such map, naming neither place, and takes keys for equal that differ in their bytes. So the
/// first character of the key that it names is replaced by a private one and the text composed again; the real
/// comparison, by bytes, is made on the finished tree, where every mistake has its place.
struct ShadowedKeys {
    private static let first: UInt32 = 0xE000
    private static let limit = 100

    private var originals: [Unicode.Scalar] = []
    private(set) var scalars: [Unicode.Scalar]
    private let isUsable: Bool

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        isUsable = !scalars.contains { (Self.first..<Self.first + UInt32(Self.limit)).contains($0.value) }
    }

    var text: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// Hides the key at a place; false where that cannot be done.
    mutating func hideKey(line: Int, column: Int) -> Bool {
        guard isUsable, originals.count < Self.limit, var index = index(line: line, column: column) else {
            return false
        }
        let quote = scalars[index]
        if quote == "\"" || quote == "'" {
            index += 1
            guard index < scalars.count, scalars[index] != quote, scalars[index] != "\\" else { return false }
        } else if "&*!?[]{}|>%@`#,:-".unicodeScalars.contains(quote) {
            return false
        }
        guard let replacement = Unicode.Scalar(Self.first + UInt32(originals.count)) else { return false }
        originals.append(scalars[index])
        scalars[index] = replacement
        return true
    }

    /// The key as the file has it.
    func restored(_ key: String) -> String {
        guard let first = key.unicodeScalars.first, first.value >= Self.first,
            first.value < Self.first + UInt32(originals.count)
        else { return key }
        var view = String.UnicodeScalarView()
        view.append(originals[Int(first.value - Self.first)])
        view.append(contentsOf: key.unicodeScalars.dropFirst())
        return String(view)
    }

    private func index(line: Int, column: Int) -> Int? {
        var current = 1
        var index = 0
        while current < line, index < scalars.count {
            if SourceText.endsLine(scalars, at: index) { current += 1 }
            index += 1
        }
        let target = index + column - 1
        return current == line && target < scalars.count ? target : nil
    }
}
