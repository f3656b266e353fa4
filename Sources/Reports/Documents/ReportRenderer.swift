public import AuditModel

/// Writes report values in every format: the same value gives the same bytes.
public enum ReportRenderer {
    /// A run's report, in UTF-8.
    public static func bytes(
        of report: AuditReport, as format: ReportFormat, options: ReportOptions = ReportOptions()
    ) -> [UInt8] {
        switch format {
        case .text: AuditText(report.forPeople, options).bytes
        case .json: MachineJSON.bytes(of: report.jsonMembers)
        case .html: Array(AuditPage(report.forPeople).document.utf8)
        case .markdown: AuditMarkdown(report.forPeople).bytes
        case .csv: report.findingsTable.bytes(as: .csv)
        case .ndjson: report.records
        case .sarif: SARIFLog(report, locations: options.locations).bytes
        case .codeScanning: SARIFLog(report, locations: options.locations, selection: .alerts).bytes
        case .junit: JUnitReport(report).bytes
        case .ocsf: OCSFEvents(report).bytes
        case .oscal: OSCALResults(report).bytes
        case .openmetrics: OpenMetricsText(report).bytes
        }
    }

    /// The report of a comparison of two runs, in UTF-8.
    public static func bytes(
        of report: DiffReport, as format: DiffFormat, options: ReportOptions = ReportOptions()
    ) -> [UInt8] {
        switch format {
        case .text: DiffText(report.forPeople, options).bytes
        case .json: Array(MachineJSON.text(of: report.json).utf8)
        case .html: Array(DiffPage(report.forPeople).document.utf8)
        case .markdown: DiffMarkdown(report.forPeople).bytes
        case .csv: report.changesTable.bytes(as: .csv)
        case .ndjson: report.records
        }
    }
    /// The patches between the documents of two runs, in UTF-8.
    public static func bytes(of report: PatchReport, as format: PatchFormat) -> [UInt8] {
        switch format {
        case .jsonPatch: MachineJSON.bytes(of: report.jsonMembers)
        }
    }
}
