/// The classes with a name of their own that reach no further than ASCII: `\d` and its like, `[:alpha:]` and its like.
enum NamedClasses {
    static let newline = ScalarSet("\n")
    static let digit = ScalarSet([0x30...0x39])
    static let upper = ScalarSet([0x41...0x5A])
    static let lower = ScalarSet([0x61...0x7A])
    static let alpha = upper.union(lower)
    static let alnum = alpha.union(digit)
    static let word = alnum.union(ScalarSet("_"))
    /// `\s`, which has no vertical tab; `[:space:]` has one.
    static let perlSpace = ScalarSet("\t", "\n", "\u{C}", "\r", " ")

    /// The set of `\d`, `\s`, `\w` and their negations, by the letter.
    static func perl(_ letter: Unicode.Scalar) -> (set: ScalarSet, isNegated: Bool)? {
        switch letter {
        case "d": (digit, false)
        case "D": (digit, true)
        case "s": (perlSpace, false)
        case "S": (perlSpace, true)
        case "w": (word, false)
        case "W": (word, true)
        default: nil
        }
    }

    /// The set of a POSIX class by the name between the colons.
    static func posix(_ name: String) -> ScalarSet? {
        switch name {
        case "alnum": alnum
        case "alpha": alpha
        case "ascii": ScalarSet([0...0x7F])
        case "blank": ScalarSet("\t", " ")
        case "cntrl": ScalarSet([0...0x1F, 0x7F...0x7F])
        case "digit": digit
        case "graph": ScalarSet([0x21...0x7E])
        case "lower": lower
        case "print": ScalarSet([0x20...0x7E])
        case "punct": ScalarSet([0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E])
        case "space": perlSpace.union(ScalarSet("\u{B}"))
        case "upper": upper
        case "word": word
        case "xdigit": ScalarSet([0x30...0x39, 0x41...0x46, 0x61...0x66])
        default: nil
        }
    }

    /// The names that ``posix(_:)`` knows.
    static let posixNames = [
        "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper",
        "word", "xdigit",
    ]
}
