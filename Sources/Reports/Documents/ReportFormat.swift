/// The formats that a report can be written in.
public enum ReportFormat: String, CaseIterable, Sendable, Hashable {
    /// For terminals and mails.
    case text
    /// For machines; described by the JSON Schemas in `Sources/Reports/Schemas`.
    case json
    /// One self-contained page for people.
    case html
    /// For issues, wikis and chats: CommonMark with GitHub's tables.
    case markdown
    /// For spreadsheets (RFC 4180): one row a finding, or a change.
    case csv
}

/// How a report is to look. JSON does not depend on it.
public struct ReportOptions: Sendable, Hashable {
    /// The columns that text is broken at; 40 or more (less is taken as 40).
    public var width: Int
    /// Whether text has ANSI colours; without them it is the same text.
    public var usesColor: Bool
    /// Whether text lists everything (each client, each rule) rather than what someone has to act on. HTML, Markdown
    /// and CSV always have it all.
    public var showsAll: Bool

    /// The default is plain text for 100 columns, what is actionable alone.
    public init(width: Int = 100, usesColor: Bool = false, showsAll: Bool = false) {
        self.width = max(40, width)
        self.usesColor = usesColor
        self.showsAll = showsAll
    }
}
