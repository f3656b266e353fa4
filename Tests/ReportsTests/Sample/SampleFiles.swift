import AuditModel
import Foundation
import Reports
import Testing

/// Writes the sample reports to the folder that `AUDIT_SAMPLES` names, to be looked at; without it there is nothing to do.
struct SampleFiles {
    @Test(.enabled(if: ProcessInfo.processInfo.environment["AUDIT_SAMPLES"] != nil))
    func `the sample reports are written where they can be looked at`() throws {
        let folder = URL(filePath: try #require(ProcessInfo.processInfo.environment["AUDIT_SAMPLES"]))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for format in ReportFormat.allCases {
            for (name, bytes) in [
                ("night", ReportRenderer.bytes(of: SampleReports.night, as: format)),
                ("baseline", ReportRenderer.bytes(of: SampleReports.quietBaseline, as: format)),
                (
                    "hostile",
                    ReportRenderer.bytes(
                        of: HostileReports.night("\"><script>alert('x')</script>\u{202E}evil"), as: format)
                ),
            ] {
                try Data(bytes).write(to: folder.appending(path: "\(name).\(format.rawValue)"))
            }
        }
        for format in DiffFormat.allCases {
            for (name, report) in [("diff", SampleReports.diff), ("empty-diff", SampleReports.emptyDiff)] {
                try Data(ReportRenderer.bytes(of: report, as: format))
                    .write(to: folder.appending(path: "\(name).\(format.rawValue)"))
            }
        }
    }
}
