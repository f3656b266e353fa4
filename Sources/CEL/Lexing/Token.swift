/// One word of an expression's text.
struct Token {
    enum Kind: Equatable {
        case identifier(String)
        /// `` `content-type` ``, which can only follow a dot.
        case quotedIdentifier(String)
        /// A word that is kept back for host languages; it can only follow a dot.
        case reserved(String)
        /// The digits' worth; a sign stands before it as a token of its own.
        case int(UInt64)
        case uint(UInt64)
        case double(Double)
        case string(String)
        case bytes([UInt8])
        case symbol(Symbol)
        /// What could not be read; told already.
        case invalid
        case end
    }

    enum Symbol: String {
        case trueWord = "true"
        case falseWord = "false"
        case nullWord = "null"
        case inWord = "in"
        case or = "||"
        case and = "&&"
        case equal = "=="
        case notEqual = "!="
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case less = "<"
        case greater = ">"
        case plus = "+"
        case minus = "-"
        case times = "*"
        case slash = "/"
        case percent = "%"
        case not = "!"
        case question = "?"
        case colon = ":"
        case comma = ","
        case dot = "."
        case openParenthesis = "("
        case closeParenthesis = ")"
        case openBracket = "["
        case closeBracket = "]"
        case openBrace = "{"
        case closeBrace = "}"
    }

    let kind: Kind
    let place: SourceRange

    /// Words that no variable can be called.
    static let reservedWords: Set<String> = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
        "namespace", "return", "var", "void", "while",
    ]
}
