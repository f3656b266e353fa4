import AuditModel

/// Strings that act on whatever does not escape them: HTML, scripts, spreadsheets' formulas, terminals, XML, Markdown, chat.
enum HostileText {
    /// Stands in each of them, to tell that they are shown at all.
    static let mark = "MARK7"

    /// How they begin: what spreadsheets take for a formula, bare and behind what they skip.
    static let leads = ["=1+1 ", "+1 ", "-1 ", "@SUM(1) ", "\t=1 ", "\r=1 ", " =1 ", "\u{FF1D}1 "]

    /// What they all have in them.
    static let body =
        mark
        + "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> a|b `$(id)` ```\n``` **b** # h [x](javascript:alert(3)) "
        + "<!channel> <@U1> https://evil.example &amp; {{7*7}} %s %{x} ]]> --> <!--  "
        + "\u{1B}]0;owned\u{7}\u{1B}[2J\u{1B}[8m\u{9B}31m\u{8}\u{7F}\u{202E}txt.exe\u{2066}\u{2069}\u{200F}"
        + "\r\n- next\tcell\u{85}\u{2028}\u{2029}\u{FEFF}\u{200B}\u{AD}\u{FFFE}\u{FFFF}\u{E0041}"
        + " ' OR 1=1 -- ../../etc/passwd"

    /// The same with what neither YAML nor a command line can hold.
    static let withNull = body + "\u{0}"

    /// One that nobody wants to read to its end.
    static let long = mark + " " + String(repeating: "x", count: 10_240)

    /// A hostile string, another for each number.
    static func text(_ number: Int) -> String { leads[number % leads.count] + body }

    /// A text for YAML between double quotes, all that is not plain as an escape.
    static func yaml(_ text: String) -> String {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": output += "\\\(scalar)"
            case " "..."~": output.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16)
                output += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return output + "\""
    }
}
