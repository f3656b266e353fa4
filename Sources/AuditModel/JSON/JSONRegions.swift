/// A stretch of text, as editors count: lines and columns from 1, columns in UTF-16 code units, the end excluded.
public struct TextRegion: Sendable, Hashable {
    /// The line of the first character.
    public var startLine: Int
    /// The column of the first character.
    public var startColumn: Int
    /// The line of the last character.
    public var endLine: Int
    /// The column after the last character.
    public var endColumn: Int

    /// Joins the four.
    public init(startLine: Int, startColumn: Int, endLine: Int, endColumn: Int) {
        self.startLine = startLine
        self.startColumn = startColumn
        self.endLine = endLine
        self.endColumn = endColumn
    }

    /// The first character of a file.
    public static let beginning = TextRegion(startLine: 1, startColumn: 1, endLine: 1, endColumn: 2)
}

/// Finds where values stand in a JSON text, by RFC 6901 pointers.
///
/// The text is one that ``JSONReader`` takes, however it is laid out; of any other text, what comes before the mistake is
/// found.
public struct JSONRegions {
    /// Where one value stands.
    public struct Place: Sendable, Hashable {
        /// The member with its key, or the element of a list.
        public var whole: TextRegion
        /// The same up to the bracket that opens its value, where it is a list or an object; else as `whole`.
        public var opening: TextRegion
    }

    /// A place in the text.
    private struct Mark {
        var offset: Int
        var line: Int
        var lineStart: Int
    }

    private let bytes: [UInt8]
    private let wanted: Set<String>
    /// The pointers above those that are wanted: nothing else is looked into.
    private let above: Set<String>
    private var mark = Mark(offset: 0, line: 1, lineStart: 0)
    private var found: [String: Place] = [:]

    /// The places of the values that these pointers name; a pointer to nothing is left out.
    public static func places(of pointers: Set<String>, in bytes: [UInt8]) -> [String: Place] {
        var scanner = JSONRegions(bytes, pointers)
        scanner.skipSpace()
        _ = scanner.value(at: "", from: scanner.mark)
        return scanner.found
    }

    private init(_ bytes: [UInt8], _ pointers: Set<String>) {
        self.bytes = bytes
        wanted = pointers
        var above: Set<String> = []
        for pointer in pointers {
            var rest = pointer
            while let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) {
                rest = String(rest[..<slash])
                guard above.insert(rest).inserted else { break }
            }
        }
        self.above = above
    }

    private var byte: UInt8? { mark.offset < bytes.count ? bytes[mark.offset] : nil }

    private mutating func step() {
        if byte == UInt8(ascii: "\n") {
            mark.line += 1
            mark.lineStart = mark.offset + 1
        }
        mark.offset += 1
    }

    private mutating func skipSpace() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { step() }
    }

    /// Reads a value; false where the text is none.
    private mutating func value(at pointer: String?, from start: Mark) -> Bool {
        var opening: Mark?
        switch byte {
        case UInt8(ascii: "{")?:
            step()
            opening = mark
            guard members(of: pointer) else { return false }
        case UInt8(ascii: "[")?:
            step()
            opening = mark
            guard elements(of: pointer) else { return false }
        case UInt8(ascii: "\"")?: guard string() != nil else { return false }
        case nil: return false
        default:
            let before = mark.offset
            while let byte, !Self.ends.contains(byte) { step() }
            guard mark.offset > before else { return false }
        }
        if let pointer, wanted.contains(pointer) {
            let whole = region(from: start, to: mark)
            found[pointer] = Place(whole: whole, opening: opening.map { region(from: start, to: $0) } ?? whole)
        }
        return true
    }

    private static let ends = Set(",]} \n\r\t".utf8)

    private mutating func members(of pointer: String?) -> Bool {
        skipSpace()
        while byte != UInt8(ascii: "}") {
            let start = mark
            guard let key = string() else { return false }
            skipSpace()
            guard byte == UInt8(ascii: ":") else { return false }
            step()
            skipSpace()
            guard value(at: inside(pointer) { SettingPath(.internal, key: key()).pointer ?? "" }, from: start) else {
                return false
            }
            skipSpace()
            if byte == UInt8(ascii: ",") {
                step()
                skipSpace()
            } else if byte != UInt8(ascii: "}") {
                return false
            }
        }
        step()
        return true
    }

    private mutating func elements(of pointer: String?) -> Bool {
        skipSpace()
        var index = 0
        while byte != UInt8(ascii: "]") {
            guard value(at: inside(pointer) { "/\(index)" }, from: mark) else { return false }
            index += 1
            skipSpace()
            if byte == UInt8(ascii: ",") {
                step()
                skipSpace()
            } else if byte != UInt8(ascii: "]") {
                return false
            }
        }
        step()
        return true
    }

    /// The pointer of a value one level below, where anything there is wanted.
    private func inside(_ pointer: String?, _ step: () -> String) -> String? {
        guard let pointer, above.contains(pointer) else { return nil }
        return pointer + step()
    }

    /// Passes a string; what it says is read only where it is asked for.
    private mutating func string() -> (() -> String)? {
        guard byte == UInt8(ascii: "\"") else { return nil }
        let start = mark.offset
        step()
        while let byte, byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\") { step() }
            step()
        }
        guard byte != nil else { return nil }
        step()
        let text = Array(bytes[start..<mark.offset])
        return { (try? JSONReader.value(of: text))?.stringValue ?? "" }
    }

    private func region(from start: Mark, to end: Mark) -> TextRegion {
        TextRegion(
            startLine: start.line, startColumn: column(of: start), endLine: end.line, endColumn: column(of: end))
    }

    /// UTF-16 code units since the line began, from 1: a byte that begins a scalar counts one, of four bytes two.
    private func column(of mark: Mark) -> Int {
        bytes[mark.lineStart..<mark.offset].reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : $1 >= 0xF0 ? 2 : 1) }
    }
}
