import AuditModel

@testable import Reports

/// The page on formats: prose about each, and the tables as the writers read them.
enum FormatPage {
    struct Note {
        var format: ReportFormat
        var standard: String
        var purpose: String
        var loses: String
    }

    static let notes: [Note] = [
        Note(
            format: .text, standard: "none",
            purpose:
                "Terminals and mails. As wide as the terminal or `COLUMNS`, 100 columns in a pipe; what someone has to act on, and "
                + "with `--all` each client, each rule, what passes and what does not apply. Files have everything.",
            loses: "Values of more than 120 characters are shortened; of a finding, ten comparisons are shown."),
        Note(
            format: .json, standard: "`Sources/Reports/Schemas/audit-report.schema.json`, `audit-diff.schema.json`",
            purpose: "Scripts. The whole report, values unshortened.",
            loses: "Passes and what does not apply are counted by rule, not listed; `ndjson` lists them."),
        Note(
            format: .html, standard: "HTML, no request to anywhere",
            purpose:
                "People: one self-contained page, light and dark, for screen and paper: the trend of the last 30 nights, clients × rules, findings, settings changes, controls by framework, what is not assessed. Findings are narrowed by client, severity, state, rule and control without a server, and the choice stands in the address (`#filter?severity=critical&client=acme`), so that a link can be shared; without scripts everything is there.",
            loses:
                "Long values, names and prose are shortened; of a finding, ten comparisons are shown. Of more than 2,000 different rows the grid tells the number, the findings below it have them all."
        ),
        Note(
            format: .markdown, standard: "CommonMark with GitHub's tables",
            purpose: "Issues, wikis, chats.",
            loses: "Long values are shortened; of a finding, ten comparisons are shown."),
        Note(
            format: .csv, standard: "RFC 4180",
            purpose:
                "Spreadsheets: one row a finding. Text that a spreadsheet would take for a formula has an apostrophe in front.",
            loses: "What passes or does not apply has no row. Several comparisons of a finding share its cells."),
        Note(
            format: .ndjson, standard: "`Sources/Reports/Schemas/audit-records.schema.json`, one line at a time",
            purpose:
                "Pipes and data lakes. A header, one record a line, and a trailer with the number of records between the two and "
                + "the SHA-256 of all bytes before it: a file without a fitting trailer is not whole.",
            loses: "Nothing: it has the JSON report and every result besides."),
        Note(
            format: .sarif, standard: "SARIF 2.1.0, OASIS, errata 01",
            purpose:
                "Viewers of static analysis. Every result; `locations` are lines of the files that `audit snapshot export` writes, "
                + "relative to the exported folder (`uriBaseId` SNAPSHOTS), each with the file's SHA-256 under `artifacts`. "
                + "`partialFingerprints` are made of rule, client and path, never of values.",
            loses:
                "At most 25,000 results and 10 MB, the urgent ones first; what is left out is told under `toolExecutionNotifications`. "
                + "Values are shortened."),
        Note(
            format: .codeScanning, standard: "SARIF 2.1.0, OASIS, errata 01",
            purpose:
                "GitHub code scanning, which makes an alert of every result whatever its kind and suppressions: so failures without a "
                + "waiver and what is unknown are all there is. Export the snapshots into the root of the repository, so that their "
                + "addresses fit; alerts are matched by `primaryLocationLineHash`.",
            loses: "Passes, waived failures and what does not apply; otherwise as `sarif`."),
        Note(
            format: .junit,
            standard: "JUnit XML, both as Ant (Windy Road's schema) and as Jenkins (xunit-plugin) read it",
            purpose: "CI servers. A client is a suite, a rule a test case.",
            loses:
                "*Waived* and *not applicable* are both `skipped`; the message begins with the word. A gap that shows in no result is a "
                + "case of its own in a suite `run`, where no result is unknown."),
        Note(
            format: .ocsf, standard: "OCSF 1.8.0, class 2003 Compliance Finding, profile `datetime`",
            purpose:
                "Collectors of security events. One event a line for every result; `finding_info.uid` is the same in every run.",
            loses:
                "OCSF has no value for *not applicable* (99, other). What it has no place for (comparisons, waiver, verdict) is under "
                + "`unmapped`."),
        Note(
            format: .oscal, standard: "OSCAL 1.2.1 assessment results, NIST",
            purpose:
                "Compliance platforms. A result is an observation about its client, and a finding about its rule as an objective. A "
                + "failure is a risk; a waiver is its approved deviation, with the last day as deadline.",
            loses:
                "OSCAL knows satisfied and not satisfied: *unknown* is not satisfied, for another reason, and *not applicable* has an "
                + "observation alone. There is no assessment plan: the policy set's digest stands in its place. Ids of rules and "
                + "controls are made tokens (`PCI-DSS-4.0/8.3.4` is `PCI-DSS-4.0_8.3.4`)."),
        Note(
            format: .openmetrics, standard: "OpenMetrics 1.0 that Prometheus' text format takes, too",
            purpose:
                "Prometheus, by the textfile collector of node_exporter: `--output openmetrics=/var/lib/node_exporter/audit.prom`, "
                + "one file an environment. Gauges without timestamps. The file is its owner's alone, as all reports are: let "
                + "node_exporter run as the same user, or hand it on.",
            loses: "Everything but counts: no label is a client, a rule or a value."),
    ]

    static var text: String {
        """
        # Formats

        `--output FORMAT=PATH` (repeatable, `-` is standard output) and `reports:` in `audit.yaml` write a run's report in any of
        these formats; `audit diff` knows \(DiffFormat.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")). A file is written whole or not at
        all. The same run gives the same bytes: times and ids are the run's. Whatever a name or a setting holds, nothing in it acts:
        what is invisible is spelled out, and each format's own marks are escaped. `make golden` writes this page from the tables
        that the writers read.

        Formats that have every result grow with clients × rules: about 2 kB a result in OCSF and OSCAL, 1 kB in SARIF, 0.3 kB in
        JUnit and NDJSON, all in memory until the file is written.


        """ + verdicts + severities + moves + formats
    }

    private static func table(_ head: [String], _ rows: [[String]]) -> String {
        ([head, head.map { _ in "---" }] + rows).map { "| " + $0.joined(separator: " | ") + " |\n" }.joined() + "\n"
    }

    private static var verdicts: String {
        "## Verdicts\n\n"
            + table(
                ["format", "where"] + ReportedVerdict.allCases.map { VerdictMapping.of($0).words },
                rows.map { format, place, cell in
                    [format, place] + ReportedVerdict.allCases.map { cell(VerdictMapping.of($0)) }
                })
                + """
                The verdict that was computed is never changed: a waived failure fails everywhere, and says besides that it is waived.
                CSV tells it by the column `waiver`.


                """
    }

    private static let rows: [(String, String, @Sendable (VerdictMapping) -> String)] = [
        ("text, HTML, Markdown", "words", { "\($0.glyph) \($0.words)" }),
        ("JSON", "list", { $0.jsonList.map { "`\($0)`" } ?? "`rules[].counts`" }),
        ("NDJSON", "`result.verdict`", { mapping in verdictNames[mapping.openMetrics] ?? "" }),
        ("CSV", "`verdict`", { $0.csv ?? "no row" }),
        ("SARIF", "`kind`", { "`\($0.sarif.kind)`" }),
        ("SARIF", "`level`", { $0.sarif.hasLevel ? "by severity" : "`none`" }),
        ("SARIF", "`suppressions`", { $0.sarif.isSuppressed ? "external, accepted" : "none" }),
        ("code-scanning", "result", { $0.sarif.isAlert ? "yes" : "no" }),
        ("JUnit", "element", { $0.jUnit.map { "`\($0)`" } ?? "none" }),
        ("OCSF", "`compliance.status_id`", { "\($0.ocsf.compliance.id) \($0.ocsf.compliance.caption)" }),
        ("OCSF", "`status_id`", { "\($0.ocsf.status.id) \($0.ocsf.status.caption)" }),
        ("OCSF", "`severity_id`", { $0.ocsf.keepsSeverity ? "by severity" : "1 Informational" }),
        ("OSCAL", "`target.status`", { $0.oscal.target.map { "\($0.state), \($0.reason)" } ?? "no finding" }),
        ("OSCAL", "`risk.status`", { $0.oscal.risk ?? "no risk" }),
        ("OpenMetrics", "`verdict`", { "`\($0.openMetrics)`" }),
    ]

    /// By the one cell that is different for each.
    private static let verdictNames = Dictionary(
        uniqueKeysWithValues: ReportedVerdict.allCases.map { (VerdictMapping.of($0).openMetrics, "`\($0.rawValue)`") })

    private static var severities: String {
        "## Severities\n\n"
            + table(
                ["severity", "SARIF `level`", "`security-severity`", "OCSF `severity_id`"],
                Severity.allCases.map { severity in
                    let mapping = SeverityMapping.of(severity)
                    return [
                        severity.rawValue, "`\(mapping.sarifLevel)`", mapping.securitySeverity,
                        "\(mapping.ocsf.id) \(mapping.ocsf.caption)",
                    ]
                })
    }

    private static var moves: String {
        let meanings: [(BaselineState?, String)] = [
            (nil, "there is no run before to compare with"), (.new, "new, first seen, or of a client that joined"),
            (.unchanged, "as in the run before"),
            (.updated, "another verdict, another value, a waiver that came or went, or sight lost"),
            (.absent, "failed before and does not any more: fixed, no longer applicable, rule retired, client left"),
        ]
        return "## Moves since the run before\n\n"
            + table(
                ["what", "SARIF `baselineState`", "OCSF `activity_id`"],
                meanings.map { state, meaning in
                    let activity = BaselineState.activity(state)
                    return [meaning, state.map { "`\($0.rawValue)`" } ?? "none", "\(activity.id) \(activity.caption)"]
                })
                + """
                A failure whose rule was retired or whose client left has no result in this run; SARIF tells it as an `absent` result of
                the kind `notApplicable` without our property `audit/verdict`, the others in their lists of moves.


                """
    }

    private static var formats: String {
        notes.map { note in
            """
            ## \(note.format.rawValue)

            \(note.purpose)

            - Standard: \(note.standard).
            - Lost: \(note.loses)


            """
        }.joined().trimmingTrailingLineFeed
    }
}

extension String {
    fileprivate var trimmingTrailingLineFeed: String { hasSuffix("\n\n") ? String(dropLast()) : self }
}
