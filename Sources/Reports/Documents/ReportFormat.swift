/// The formats that a run's report can be written in.
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
    /// For pipes and data lakes: a header, one record a line, a trailer with count and digest.
    case ndjson
    /// For tools of static analysis: SARIF 2.1.0 with every result.
    case sarif
    /// For GitHub code scanning: SARIF 2.1.0 with what is to be an alert alone.
    case codeScanning = "code-scanning"
    /// For CI servers: JUnit XML.
    case junit
    /// For security event collectors: OCSF Compliance Finding, one event a line.
    case ocsf
    /// For compliance platforms: OSCAL assessment results.
    case oscal
    /// For Prometheus, by the textfile collector of node_exporter.
    case openmetrics
}

/// The formats that a comparison of two runs can be written in; the others have no form for what is no assessment.
public enum DiffFormat: String, CaseIterable, Sendable, Hashable {
    case text, json, html, markdown, csv, ndjson
}

/// The format of patches between the documents of two runs, for programs that keep them in step.
public enum PatchFormat: String, CaseIterable, Sendable, Hashable {
    /// One JSON document with a patch (RFC 6902) for each client and group that differs.
    case jsonPatch = "json-patch"
}

/// How a report is to look. Formats for machines do not depend on width and colour.
public struct ReportOptions: Sendable, Hashable {
    /// The columns that text is broken at; 40 or more (less is taken as 40).
    public var width: Int
    /// Whether text has ANSI colours; without them it is the same text.
    public var usesColor: Bool
    /// Whether text lists everything (each client, each rule, what passes) rather than what someone has to act on. All other
    /// formats always have what they have.
    public var showsAll: Bool
    /// Where settings stand in the exported snapshots, for SARIF; without it its regions are the files' beginnings.
    public var locations: SnapshotLocations?

    /// The default is plain text for 100 columns, what is actionable alone.
    public init(
        width: Int = 100, usesColor: Bool = false, showsAll: Bool = false, locations: SnapshotLocations? = nil
    ) {
        self.width = max(40, width)
        self.usesColor = usesColor
        self.showsAll = showsAll
        self.locations = locations
    }
}
