import AuditModel

/// Text for OSCAL, whose titles and descriptions are Markdown and whose ids are tokens.
enum OSCALText {
    /// Untrusted text as one line of Markdown that shows as it is; never empty.
    static func line(_ untrusted: String) -> SettingValue {
        let markdown = MarkdownText(VisibleText.prose(untrusted)).markdown
        return .string(markdown.isEmpty ? "\u{2013}" : markdown)
    }

    /// A token (a colon-free XML name) for an id: what a token cannot hold becomes an underscore, and a start that it cannot
    /// have gets one in front. `PCI-DSS-4.0/8.3.4` is `PCI-DSS-4.0_8.3.4`.
    static func token(_ id: String) -> String {
        var token = ""
        for scalar in id.unicodeScalars {
            let isStart = isLetter(scalar) || scalar == "_"
            let isPart = isStart || isNumber(scalar) || scalar == "." || scalar == "-"
            if token.isEmpty, !isStart { token = "_" }
            if isPart { token.unicodeScalars.append(scalar) } else if token != "_" { token += "_" }
        }
        return token.isEmpty ? "_" : token
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            // Letters that cannot be seen are no part of a name.
            !VisibleText.isInvisible(scalar)
        default: false
        }
    }

    private static func isNumber(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber: true
        default: false
        }
    }
}
