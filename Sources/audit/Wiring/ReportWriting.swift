import AuditModel
import Foundation
import Reports

/// Writes reports to their places; nothing is printed twice.
enum ReportWriting {
    /// The path of a report: `{date}`, `{run}` and `{environment}` are filled in.
    ///
    /// The environment's name comes from the configuration, but a slash in it must not lead elsewhere.
    static func path(_ template: String, day: CalendarDay, run: AuditRun) -> String {
        template.replacing("{date}", with: day.description).replacing("{run}", with: run.id.short)
            .replacing("{environment}", with: run.environment.rawValue.replacing("/", with: "_"))
    }

    /// Renders and writes each output. Returns the paths written, in order.
    static func write<Format: RawRepresentable<String>>(
        _ outputs: [ReportOutput], day: CalendarDay, run: AuditRun, bytes: (Format) -> [UInt8]
    ) throws -> [String] {
        try outputs.compactMap { output -> String? in
            guard let format = Format(rawValue: output.format) else { return nil }
            let content = bytes(format)
            if output.path == "-" {
                Console.result(content)
                return nil
            }
            let path = path(output.path, day: day, run: run)
            do throws(FileWriter.Failure) {
                try FileWriter.write(content, to: path)
            } catch {
                throw CommandEnd(.inputOutput, error.description)
            }
            return path
        }
    }
}

extension ReportOutput {
    /// The names of the formats of a run's report.
    static let formats = ReportFormat.allCases.map(\.rawValue)
    /// The names of the formats of a comparison of two runs.
    static let formatsOfDiffs = DiffFormat.allCases.map(\.rawValue) + PatchFormat.allCases.map(\.rawValue)
}
