/// Reads a pattern of RE2 syntax into a ``SyntaxTree``, or says what is wrong and where.
///
/// It keeps its own stack of open groups, so that no depth of nesting can overflow the thread's.
struct PatternReader {
    /// What `(?flags)` sets, until the end of the group that it stands in.
    struct Flags: OptionSet {
        let rawValue: UInt8
        static let ignoresCase = Flags(rawValue: 1)
        static let isMultiline = Flags(rawValue: 2)
        static let dotMatchesNewline = Flags(rawValue: 4)
        static let isUngreedy = Flags(rawValue: 8)
    }

    /// A group that is open, or the whole pattern.
    struct Frame {
        /// Where its parenthesis is; nil for the whole pattern.
        var opening: Int?
        /// nil for a group that captures nothing.
        var number: Int?
        /// The flags to go back to when it closes.
        var outerFlags: Flags
        /// The alternatives before the last `|`.
        var alternatives: [SyntaxTree.Index] = []
        /// The parts after it.
        var parts: [SyntaxTree.Index] = []
    }

    let scalars: [Unicode.Scalar]
    var position = 0
    var flags: Flags
    var tree = SyntaxTree()
    var frames: [Frame]
    /// Where the repetition operator that ends at ``position`` starts; nil where none ends there.
    var operatorBefore: Int?
    /// False once no `:]` was found ahead, so that it is not looked for again and again.
    var hasPosixEndAhead = true
    /// The Unicode classes that were named so far, by flag and name.
    var unicodeClasses: [String: ScalarSet] = [:]

    static func tree(of pattern: String, options: LinearPattern.Options) throws(PatternError) -> SyntaxTree {
        var flags: Flags = []
        if options.ignoresCase { flags.insert(.ignoresCase) }
        if options.isMultiline { flags.insert(.isMultiline) }
        if options.dotMatchesNewline { flags.insert(.dotMatchesNewline) }
        var reader = PatternReader(
            scalars: Array(pattern.unicodeScalars), flags: flags, frames: [Frame(opening: nil, outerFlags: flags)])
        return try reader.readAll()
    }

    private mutating func readAll() throws(PatternError) -> SyntaxTree {
        while position < scalars.count {
            let start = position
            let isOperator = try readNext()
            operatorBefore = isOperator ? start : nil
            if tree.rangeCount > Self.largestRangeCount { throw PatternError(.tooLarge, offset: 0, in: scalars) }
        }
        if frames.count > 1, let frame = frames.last, let opening = frame.opening {
            throw error(.unclosedGroup, from: opening, to: opening + 1)
        }
        tree.root = closeLastFrame()
        return tree
    }

    /// More ranges than this in all its different classes make a pattern too large: it bounds the memory that a pattern
    /// takes.
    static let largestRangeCount = 500_000

    /// Reads one item; true for a repetition operator.
    private mutating func readNext() throws(PatternError) -> Bool {
        let scalar = scalars[position]
        switch scalar {
        case "(":
            try openGroup()
        case ")":
            guard frames.count > 1, let frame = frames.last else {
                throw error(.unmatchedParenthesis, from: position, to: position + 1)
            }
            flags = frame.outerFlags
            let content = closeLastFrame()
            append(frame.number.map { tree.add(.group(content, number: $0)) } ?? content)
            position += 1
        case "|":
            frames[frames.count - 1].endAlternative(in: &tree)
            position += 1
        case "^":
            append(tree.add(.assertion(flags.contains(.isMultiline) ? .lineStart : .textStart)))
            position += 1
        case "$":
            append(tree.add(.assertion(flags.contains(.isMultiline) ? .lineEnd : .textEnd)))
            position += 1
        case ".":
            append(tree.addScalar(of: flags.contains(.dotMatchesNewline) ? .all : NamedClasses.newline.complement))
            position += 1
        case "[":
            append(tree.addScalar(of: try readClass()))
        case "*", "+", "?", "{":
            return try readRepetition()
        case "\\":
            try readBackslash()
        default:
            appendLiteral(scalar)
            position += 1
        }
        return false
    }

    private mutating func closeLastFrame() -> SyntaxTree.Index {
        frames[frames.count - 1].endAlternative(in: &tree)
        let alternatives = frames.removeLast().alternatives
        return alternatives.count == 1 ? alternatives[0] : tree.add(.alternation(alternatives))
    }

    mutating func append(_ part: SyntaxTree.Index) {
        frames[frames.count - 1].parts.append(part)
    }

    mutating func appendLiteral(_ scalar: Unicode.Scalar) {
        append(tree.addScalar(of: flags.contains(.ignoresCase) ? CaseFolding.equals(of: scalar) : ScalarSet(scalar)))
    }

    /// The scalar so many places after the next one; nil past the end.
    func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        position + distance < scalars.count ? scalars[position + distance] : nil
    }

    func error(_ reason: PatternError.Reason, from start: Int, to end: Int) -> PatternError {
        PatternError(reason, offset: start, end: end, in: scalars)
    }
}

extension PatternReader.Frame {
    /// Makes one node of the parts since the last `|`.
    fileprivate mutating func endAlternative(in tree: inout SyntaxTree) {
        switch parts.count {
        case 0: alternatives.append(tree.add(.empty))
        case 1: alternatives.append(parts[0])
        default: alternatives.append(tree.add(.concatenation(parts)))
        }
        parts = []
    }
}
