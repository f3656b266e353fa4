/// Text for a terminal that is safe by construction: what is interpolated is made visible, only literals stand as they
/// are.
///
/// Styles are kept apart from the text, so the same text comes out with colour and without.
///
///     let line: TerminalText = "client \(untrustedName, .bold) failed"
public struct TerminalText: Sendable, ExpressibleByStringInterpolation {
    /// How a span looks where colour is wanted.
    public enum Style: Sendable, Hashable {
        case bold, dim, red, green, yellow, blue, magenta, cyan, boldRed

        /// The parameters of the ANSI escape (ECMA-48, SGR).
        var parameters: String {
            switch self {
            case .bold: "1"
            case .dim: "2"
            case .red: "31"
            case .green: "32"
            case .yellow: "33"
            case .blue: "34"
            case .magenta: "35"
            case .cyan: "36"
            case .boldRed: "1;31"
            }
        }
    }

    /// A piece of one style; its text is safe already.
    struct Span: Sendable {
        var text: String
        var style: Style?
    }

    var spans: [Span]

    init(spans: [Span]) { self.spans = spans }

    /// A literal is trusted.
    public init(stringLiteral value: String) {
        spans = value.isEmpty ? [] : [Span(text: value, style: nil)]
    }

    public init(stringInterpolation: StringInterpolation) {
        spans = stringInterpolation.spans
    }

    /// Untrusted text, made visible.
    public init(_ untrusted: String, _ style: Style? = nil) {
        spans = untrusted.isEmpty ? [] : [Span(text: VisibleText.of(untrusted), style: style)]
    }

    /// Collects literals as they are and everything else made visible.
    public struct StringInterpolation: StringInterpolationProtocol {
        var spans: [Span] = []

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { spans.append(Span(text: literal, style: nil)) }
        }

        public mutating func appendInterpolation(_ untrusted: String, _ style: Style? = nil) {
            spans += TerminalText(untrusted, style).spans
        }

        public mutating func appendInterpolation(_ number: Int, _ style: Style? = nil) {
            spans += TerminalText(Words.number(number), style).spans
        }

        /// Text inside text: its own styles stay, and spans without one take this.
        public mutating func appendInterpolation(_ text: TerminalText, _ style: Style? = nil) {
            spans += text.spans.map { Span(text: $0.text, style: $0.style ?? style) }
        }
    }

    /// The text without styles.
    public var plain: String { spans.map(\.text).joined() }

    /// The text, with ANSI escapes where colour is wanted.
    public func rendered(inColor: Bool) -> String {
        guard inColor else { return plain }
        return spans.map { span in
            guard let style = span.style else { return span.text }
            return "\u{1b}[\(style.parameters)m\(span.text)\u{1b}[0m"
        }.joined()
    }

    static func + (left: Self, right: Self) -> Self { TerminalText(spans: left.spans + right.spans) }
    static func += (left: inout Self, right: Self) { left.spans += right.spans }
}
