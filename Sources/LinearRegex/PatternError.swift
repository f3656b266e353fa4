/// Why a text is no pattern of RE2 syntax, and where.
///
/// - SeeAlso: <https://github.com/google/re2/wiki/Syntax>, which says what is one.
public struct PatternError: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// `(a`
        case unclosedGroup
        /// `a)`
        case unmatchedParenthesis
        /// `[a`
        case unclosedClass
        /// `a\`
        case trailingBackslash
        /// `\y`
        case unknownEscape
        /// `\1`, `\k<name>`, `(?P=name)`
        case backreference
        /// `(?=a)`, `(?!a)`, `(?<=a)`, `(?<!a)`
        case lookaround
        /// `\C`, which RE2 itself takes
        case singleByte
        /// `(?z)`, `(?>a)`, `(?i-)`
        case unsupportedGroup
        /// `(?P<a b>c)`
        case invalidGroupName
        /// `\xz`, `\x{110000}`
        case invalidCodePoint
        /// `[z-a]`
        case reversedRange
        /// `[a-\d]`
        case rangeEndsInClass
        /// `[[:alpa:]]`
        case unknownPosixClass
        /// `\p{Grek}`
        case unknownUnicodeClass
        /// `\p{Greek`
        case unclosedUnicodeClass
        /// `*a`, `a|*`
        case nothingToRepeat
        /// `a**`, `a++`
        case stackedRepetition
        /// `a{2,1}`
        case reversedRepetition
        /// `a{1001}`
        case repetitionTooLarge
        /// `(a{100}){100}`
        case nestedRepetitionTooLarge
        /// The compiled pattern would go beyond its limit of size.
        case tooLarge
    }

    /// What is wrong.
    public var reason: Reason
    /// How many Unicode scalars of the pattern stand before the mistake.
    public var scalarOffset: Int
    /// The same in bytes of UTF-8.
    public var utf8Offset: Int
    /// The part of the pattern that is wrong; empty where it is the pattern as a whole.
    public var fragment: String

    init(_ reason: Reason, offset: Int, end: Int? = nil, in scalars: [Unicode.Scalar]) {
        self.reason = reason
        scalarOffset = offset
        utf8Offset = scalars[..<offset].reduce(0) { $0 + UTF8.width($1) }
        fragment = String(String.UnicodeScalarView(scalars[offset..<(end ?? offset)]))
    }
}
