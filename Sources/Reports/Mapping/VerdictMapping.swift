import AuditModel

/// What a verdict is called in each format: the one table that every writer reads, that `docs/formats.md` prints and the
/// tests hold cell by cell.
struct VerdictMapping: Sendable {
    /// In text, Markdown and HTML.
    var words: String
    /// In text and HTML, before the words.
    var glyph: String
    /// The list of the JSON report that has the results one by one; nil where `rules[].counts` alone counts them.
    var jsonList: String?
    /// The column `verdict` of CSV; nil where there is no row.
    var csv: String?
    /// SARIF.
    var sarif: SARIF
    /// The element inside JUnit's `testcase`; nil for none.
    var jUnit: String?
    /// OCSF.
    var ocsf: OCSF
    /// OSCAL.
    var oscal: OSCAL
    /// The label `verdict` of OpenMetrics.
    var openMetrics: String

    /// SARIF 2.1.0, section 3.27.
    struct SARIF: Sendable {
        /// `result.kind`.
        var kind: String
        /// Whether `result.level` is that of the severity; otherwise it is `none`, as the prose asks for every kind but fail.
        var hasLevel: Bool
        /// Whether `result.suppressions` has the waiver.
        var isSuppressed: Bool
        /// Whether it is to be an alert, for viewers that make one of every result.
        var isAlert: Bool
    }

    /// OCSF 1.8.0, class 2003.
    struct OCSF: Sendable {
        /// `compliance.status_id` with its caption.
        var compliance: (id: Int, caption: String)
        /// `status_id` with its caption: how far the handling is.
        var status: (id: Int, caption: String)
        /// Whether `severity_id` is that of the rule; otherwise it is 1, informational.
        var keepsSeverity: Bool
    }

    /// OSCAL 1.2.1 assessment results.
    struct OSCAL: Sendable {
        /// `finding.target.status`: state and reason; nil where there is an observation alone.
        var target: (state: String, reason: String)?
        /// `risk.status`; nil where there is no risk.
        var risk: String?
    }

    /// The row of a verdict.
    static func of(_ verdict: ReportedVerdict) -> VerdictMapping {
        switch verdict {
        case .pass:
            VerdictMapping(
                words: Verdict.pass.words, glyph: Verdict.pass.glyph, jsonList: nil, csv: nil,
                sarif: SARIF(kind: "pass", hasLevel: false, isSuppressed: false, isAlert: false), jUnit: nil,
                ocsf: OCSF(compliance: (1, "Pass"), status: (4, "Resolved"), keepsSeverity: false),
                oscal: OSCAL(target: ("satisfied", "pass"), risk: nil), openMetrics: "pass")
        case .fail:
            VerdictMapping(
                words: Verdict.fail.words, glyph: Verdict.fail.glyph, jsonList: "failures", csv: "fail",
                sarif: SARIF(kind: "fail", hasLevel: true, isSuppressed: false, isAlert: true), jUnit: "failure",
                ocsf: OCSF(compliance: (3, "Fail"), status: (1, "New"), keepsSeverity: true),
                oscal: OSCAL(target: ("not-satisfied", "fail"), risk: "open"), openMetrics: "fail")
        case .waived:
            VerdictMapping(
                words: "fail, waived", glyph: Verdict.fail.glyph, jsonList: "waived", csv: "fail",
                sarif: SARIF(kind: "fail", hasLevel: true, isSuppressed: true, isAlert: false), jUnit: "skipped",
                ocsf: OCSF(compliance: (3, "Fail"), status: (3, "Suppressed"), keepsSeverity: true),
                oscal: OSCAL(target: ("not-satisfied", "fail"), risk: "deviation-approved"), openMetrics: "waived")
        case .unknown:
            VerdictMapping(
                words: Verdict.unknown.words, glyph: Verdict.unknown.glyph, jsonList: "unknowns", csv: "unknown",
                sarif: SARIF(kind: "open", hasLevel: false, isSuppressed: false, isAlert: true), jUnit: "error",
                ocsf: OCSF(compliance: (0, "Unknown"), status: (1, "New"), keepsSeverity: true),
                oscal: OSCAL(target: ("not-satisfied", "other"), risk: nil), openMetrics: "unknown")
        case .notApplicable:
            VerdictMapping(
                words: Verdict.notApplicable.words, glyph: Verdict.notApplicable.glyph, jsonList: nil, csv: nil,
                sarif: SARIF(kind: "notApplicable", hasLevel: false, isSuppressed: false, isAlert: false),
                jUnit: "skipped",
                ocsf: OCSF(compliance: (99, "Not applicable"), status: (99, "Not applicable"), keepsSeverity: false),
                oscal: OSCAL(target: nil, risk: nil), openMetrics: "not_applicable")
        }
    }
}

/// What a severity is called in each format.
struct SeverityMapping: Sendable {
    /// `level` of SARIF.
    var sarifLevel: String
    /// The property `security-severity` by which GitHub sorts alerts: critical above 9.0, high from 7.0, medium from 4.0.
    var securitySeverity: String
    /// `severity_id` of OCSF with its caption.
    var ocsf: (id: Int, caption: String)

    /// The row of a severity.
    static func of(_ severity: Severity) -> SeverityMapping {
        switch severity {
        case .critical: SeverityMapping(sarifLevel: "error", securitySeverity: "9.5", ocsf: (5, "Critical"))
        case .high: SeverityMapping(sarifLevel: "error", securitySeverity: "8.0", ocsf: (4, "High"))
        case .medium: SeverityMapping(sarifLevel: "warning", securitySeverity: "5.5", ocsf: (3, "Medium"))
        case .low: SeverityMapping(sarifLevel: "note", securitySeverity: "2.0", ocsf: (2, "Low"))
        case .info: SeverityMapping(sarifLevel: "note", securitySeverity: "0.1", ocsf: (1, "Informational"))
        }
    }
}

/// How a verdict moved, as SARIF's `baselineState` and OCSF's `activity_id` say it.
enum BaselineState: String, CaseIterable, Sendable {
    case new, unchanged, updated, absent

    /// The state of a result; nil where there is no run before to compare with.
    ///
    /// - Parameters:
    ///   - joined: the clients that the run before did not have.
    ///   - changes: what settings changed, by client and path.
    static func of(
        _ result: ReportedResult, in report: AuditReport, joined: Set<Client.ID>, changes: ChangeIndex
    ) -> BaselineState? {
        guard report.previousRun != nil else { return nil }
        if joined.contains(result.client.id) { return .new }
        switch result.finding?.transition ?? result.move?.transition {
        case .new?, .firstSeen?: return .new
        case .fixed?, .noLongerApplicable?: return .absent
        case .sightLost?: return .updated
        // Both are told apart from the results, since the pair is not there any more.
        case .ruleRetired?, .clientLeft?: return .absent
        case .still?, nil: break
        }
        if let move = result.move { return move.before == nil ? .new : .updated }
        let hasOtherValue =
            result.finding?.result.comparisons.contains { changes.change(of: result.client.id, at: $0.path) != nil }
            ?? false
        return hasOtherValue ? .updated : .unchanged
    }

    /// `activity_id` of OCSF with its caption; a baseline's results are created.
    static func activity(_ state: BaselineState?) -> (id: Int, caption: String) {
        switch state {
        case nil, .new?: (1, "Create")
        case .unchanged?, .updated?: (2, "Update")
        case .absent?: (3, "Close")
        }
    }
}
