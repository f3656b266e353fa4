/// The simple commands of a shell script, as far as examples in documents need it: quotes, comments, continued lines,
/// redirections, `&&`, `||`, `|`, `;`, `case` and `if`. Variables stay as they are written.
struct ShellScript {
    /// The words of each command, redirections taken away.
    let commands: [[String]]

    /// The commands that run `audit`, without that word.
    var auditCommands: [[String]] {
        commands.compactMap { words in
            guard let start = words.firstIndex(where: { !Self.prefixes.contains($0) && !Self.isAssignment($0) }),
                words[start] == "audit"
            else { return nil }
            return Array(words[(start + 1)...])
        }
    }

    private static let prefixes: Set<String> = ["if", "then", "elif", "else", "do", "while", "until", "!", "{"]

    private static func isAssignment(_ word: String) -> Bool {
        guard let equals = word.firstIndex(of: "="), equals != word.startIndex else { return false }
        return word[..<equals].allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    }

    init(_ text: String) {
        var commands: [[String]] = []
        var words: [String] = []
        var word: String?
        var isRedirected = false
        func endWord() {
            defer { word = nil }
            guard let word else { return }
            if isRedirected { isRedirected = false } else { words.append(word) }
        }
        func endCommand() {
            endWord()
            if !words.isEmpty { commands.append(words) }
            words = []
        }
        var rest = Array(text.replacing("\\\n", with: " "))[...]
        while let character = rest.popFirst() {
            switch character {
            case " ", "\t": endWord()
            case "\n", ";", "|", "&", "(", ")": endCommand()
            case ">", "<":
                // The number in 2> is no word.
                if word?.allSatisfy(\.isNumber) == true { word = nil }
                endWord()
                while rest.first == ">" || rest.first == "<" || rest.first == "&" { rest.removeFirst() }
                isRedirected = true
            case "#" where word == nil: while let next = rest.first, next != "\n" { rest.removeFirst() }
            case "'", "\"":
                var quoted = word ?? ""
                while let next = rest.popFirst(), next != character { quoted.append(next) }
                word = quoted
            default: word = (word ?? "") + String(character)
            }
        }
        endCommand()
        self.commands = commands
    }
}
