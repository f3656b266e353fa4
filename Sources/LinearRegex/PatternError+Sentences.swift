extension PatternError: CustomStringConvertible {
    /// A sentence: what is wrong, where, and how to mend it.
    public var description: String {
        reason == .tooLarge
            ? "the pattern is too large once compiled; make its counts or its classes smaller, or split it"
            : "\(what) at character \(scalarOffset + 1): \(remedy)"
    }

    /// What is wrong, without its place.
    private var what: String {
        switch reason {
        case .unclosedGroup: "group '\(shortened)' without its ')'"
        case .unmatchedParenthesis: "')' without its '('"
        case .unclosedClass: "class '\(shortened)' without its ']'"
        case .trailingBackslash: "'\\' with nothing after it"
        case .unknownEscape: "unknown escape '\(shortened)'"
        case .backreference: "back reference '\(shortened)'"
        case .lookaround: "lookaround '\(shortened)'"
        case .singleByte: "'\\C'"
        case .unsupportedGroup: "unknown group '\(shortened)'"
        case .invalidGroupName: "'\(shortened)' does not name its group"
        case .invalidCodePoint: "'\(shortened)' is no code point"
        case .reversedRange: "range '\(shortened)' runs backwards"
        case .rangeEndsInClass: "range '\(shortened)' ends in a class"
        case .unknownPosixClass: "unknown class '\(shortened)'"
        case .unknownUnicodeClass: "unknown Unicode class '\(shortened)'"
        case .unclosedUnicodeClass: "Unicode class '\(shortened)' without its '}'"
        case .nothingToRepeat: "'\(shortened)' has nothing to repeat"
        case .stackedRepetition: "'\(shortened)' repeats a repetition"
        case .reversedRepetition: "counts of '\(shortened)' run backwards"
        case .repetitionTooLarge: "'\(shortened)' counts too far"
        case .nestedRepetitionTooLarge: "'\(shortened)' makes nested repetitions too large"
        case .tooLarge: "pattern too large"
        }
    }

    /// How to mend it.
    private var remedy: String {
        switch reason {
        case .unclosedGroup: "close it, or write '\\(' for the character itself"
        case .unmatchedParenthesis: "open a group before it, or write '\\)' for the character itself"
        case .unclosedClass: "close it, or write '\\[' for the character itself; a ']' that comes first is a member"
        case .trailingBackslash: "write '\\\\' for the character itself"
        case .unknownEscape:
            "leave the backslash out for the character itself, or write '\\x{…}' for its code point"
        case .backreference: "what a group matched cannot be matched again in linear time, so RE2 has none"
        case .lookaround:
            "what is only looked at takes more than linear time, so RE2 has none; match that text too, or use two "
                + "patterns"
        case .singleByte:
            "text is matched by whole characters here, never by bytes; write '(?s:.)' for any character"
        case .unsupportedGroup:
            "after '(?' come flags of 'imsU' with ')' or ':', 'P<name>' or '<name>'; write '(?:…)' to group alone"
        case .invalidGroupName: "a name is letters, digits and '_', and ends with '>'"
        case .invalidCodePoint: "write two hexadecimal digits, or '\\x{…}' with a number up to 10FFFF"
        case .reversedRange: "write the smaller code point first, or '\\-' for the hyphen itself"
        case .rangeEndsInClass: "write '\\-' for the hyphen itself, or end the range with one character"
        case .unknownPosixClass: "the classes are \(NamedClasses.posixNames.joined(separator: ", "))"
        case .unknownUnicodeClass:
            "write a general category, such as 'Lu', or a script, such as 'Greek', with its capital letters"
        case .unclosedUnicodeClass: "close it, as in '\\p{Greek}'"
        case .nothingToRepeat: "put something before it, or write '\\\(fragment.prefix(1))' for the character itself"
        case .stackedRepetition: "leave one out, or group the first, as in '(?:a*)*'; RE2 has no possessive repetition"
        case .reversedRepetition: "write the smaller count first"
        case .repetitionTooLarge: "the largest count is \(PatternReader.largestRepeat)"
        case .nestedRepetitionTooLarge:
            "the product of counts in one another is at most \(PatternReader.largestRepeat)"
        case .tooLarge: "make its counts or its classes smaller, or split it"
        }
    }

    /// The fragment, cut where it is too long for a sentence.
    private var shortened: String {
        let scalars = fragment.unicodeScalars
        return scalars.count <= 40 ? fragment : String(String.UnicodeScalarView(scalars.prefix(39))) + "…"
    }
}
