/// A compiled pattern of RE2 syntax.
///
/// Compiling validates: what RE2 refuses is refused, with its place. Matching takes time linear in the length of the
/// text times the size of the program, whatever the pattern and the text. Without options `^` and `$` hold at the ends
/// of the text alone, `.` is anything but a newline, and case matters.
///
/// A place in a text is counted in bytes of its UTF-8. Bytes that are no UTF-8 match nothing, not even `.`.
///
/// - SeeAlso: <https://github.com/google/re2/wiki/Syntax>
public struct LinearPattern: Sendable {
    /// How a pattern is read, and how large it may be.
    public struct Options: Hashable, Sendable {
        /// Case is ignored, as by `(?i)`.
        public var ignoresCase: Bool
        /// `^` and `$` hold at the ends of each line too, as by `(?m)`.
        public var isMultiline: Bool
        /// `.` is a newline too, as by `(?s)`.
        public var dotMatchesNewline: Bool
        /// The most instructions that the compiled program may have.
        public var maximumProgramSize: Int

        public init(
            ignoresCase: Bool = false, isMultiline: Bool = false, dotMatchesNewline: Bool = false,
            maximumProgramSize: Int = 100_000
        ) {
            self.ignoresCase = ignoresCase
            self.isMultiline = isMultiline
            self.dotMatchesNewline = dotMatchesNewline
            self.maximumProgramSize = maximumProgramSize
        }
    }

    /// Where a pattern matched.
    public struct Match: Hashable, Sendable {
        /// The bytes that matched.
        public var range: Range<Int>
        /// The bytes of each group, from group 1 at index 0 on; nil for a group that took no part.
        public var groups: [Range<Int>?]

        public init(range: Range<Int>, groups: [Range<Int>?]) {
            self.range = range
            self.groups = groups
        }
    }

    /// The text that was compiled.
    public let pattern: String
    public let options: Options
    let core: Core

    /// - Throws: ``PatternError``, for the first mistake.
    public init(_ pattern: String, options: Options = Options()) throws(PatternError) {
        self.pattern = pattern
        self.options = options
        core = try Core(tree: PatternReader.tree(of: pattern, options: options), limit: options.maximumProgramSize)
    }

    /// The names of the capturing groups, from group 1 at index 0 on; nil for a group without a name.
    public var groupNames: [String?] { core.groupNames }

    /// The number of the first group of that name, from 1 on. RE2 lets a name be used twice.
    public func groupNumber(named name: String) -> Int? {
        core.groupNames.firstIndex(of: name).map { $0 + 1 }
    }
}

extension LinearPattern: Hashable, CustomStringConvertible {
    public static func == (one: LinearPattern, other: LinearPattern) -> Bool {
        one.pattern.unicodeScalars.elementsEqual(other.pattern.unicodeScalars) && one.options == other.options
    }

    public func hash(into hasher: inout Hasher) {
        for scalar in pattern.unicodeScalars { hasher.combine(scalar) }
        hasher.combine(options)
    }

    public var description: String { pattern }
}
