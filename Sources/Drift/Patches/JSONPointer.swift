import AuditModel

/// A place in a JSON document (RFC 6901): the keys and positions on the way to it.
public struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
    /// The steps, without escapes; none for the whole document.
    public var tokens: [String]

    /// Joins steps.
    public init(_ tokens: [String] = []) {
        self.tokens = tokens
    }

    /// Reads the text form (`/property/0/a~1b`); nil where it does not start with `/`, or has a `~` that is neither `~0`
    /// nor `~1`.
    public init?(_ text: String) {
        tokens = []
        if text.isEmpty { return }
        let parts = text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.first?.isEmpty == true else { return nil }
        for part in parts.dropFirst() {
            guard let token = Self.unescaped(part) else { return nil }
            tokens.append(token)
        }
    }

    /// The text form.
    public var description: String {
        var text = String.UnicodeScalarView()
        for token in tokens {
            text.append("/")
            for scalar in token.unicodeScalars {
                switch scalar {
                case "~": text.append(contentsOf: "~0".unicodeScalars)
                case "/": text.append(contentsOf: "~1".unicodeScalars)
                default: text.append(scalar)
                }
            }
        }
        return String(text)
    }

    /// The place one step further.
    public func appending(_ token: String) -> JSONPointer {
        JSONPointer(tokens + [token])
    }

    /// Whether the place lies inside of another.
    func isInside(_ other: JSONPointer) -> Bool {
        tokens.count > other.tokens.count && zip(tokens, other.tokens).allSatisfy { $0.isIdentical(to: $1) }
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.tokens.count == right.tokens.count && zip(left.tokens, right.tokens).allSatisfy { $0.isIdentical(to: $1) }
    }

    private static func unescaped(_ text: Substring.UnicodeScalarView) -> String? {
        var token = String.UnicodeScalarView()
        var isEscape = false
        for scalar in text {
            switch (isEscape, scalar) {
            case (false, "~"): isEscape = true
            case (false, _): token.append(scalar)
            case (true, "0"), (true, "1"):
                token.append(scalar == "0" ? "~" : "/")
                isEscape = false
            case (true, _): return nil
            }
        }
        return isEscape ? nil : String(token)
    }
}

/// What a token means in an array.
enum ArrayToken {
    /// A position that may be beyond the end.
    case index(Int)
    /// `-`: behind the last element.
    case end

    /// Decimal digits without leading zeros, or `-`; nil for all else.
    init?(_ token: String) {
        let bytes = token.utf8
        if bytes.elementsEqual("-".utf8) {
            self = .end
            return
        }
        let isDecimal = bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isDecimal, bytes.count == 1 || bytes.first != UInt8(ascii: "0"), !bytes.isEmpty else { return nil }
        // A number that no array can have a position of is beyond the end of each.
        self = .index(Int(token) ?? .max)
    }
}
