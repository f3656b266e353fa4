import AuditModel
import AuditPipeline
import Reports

/// Shows a run's report on standard output and writes it where else it was asked for.
enum Presentation {
    static func show(
        _ report: AuditReport, selection: RunSelection?, output: OutputOptions, outputs: [ReportOutput]
    ) throws {
        if let selection, let note = selection.note {
            Console.message("\(selection.asked) → run of \(selection.day), \(note)")
        }
        try show(output: output, outputs: outputs, day: report.day, run: report.run) { format, options in
            ReportRenderer.bytes(of: report, as: format, options: options)
        }
    }

    /// Shows what differs between two runs, and writes it where else it was asked for.
    static func show(_ report: DiffReport, output: OutputOptions, outputs: [ReportOutput]) throws {
        try show(output: output, outputs: outputs, day: report.to.day, run: report.to.run) { format, options in
            ReportRenderer.bytes(of: report, as: format, options: options)
        }
    }

    private static func show(
        output: OutputOptions, outputs: [ReportOutput], day: CalendarDay, run: AuditRun,
        bytes: (ReportFormat, ReportOptions) -> [UInt8]
    ) throws {
        if !outputs.contains(where: { $0.path == "-" }) {
            let options = ReportOptions(
                width: Console.width, usesColor: Console.usesColor(output.color), showsAll: output.all)
            Console.result(bytes(.text, options))
        }
        let written = try ReportWriting.write(outputs, day: day, run: run) { bytes($0, ReportOptions(showsAll: true)) }
        if !output.quiet { for path in written { Console.message("wrote \(path)") } }
    }
}
