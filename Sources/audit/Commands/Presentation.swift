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
        if !outputs.contains(where: { $0.path == "-" }) {
            Console.result(
                ReportRenderer.bytes(
                    of: report, as: .text,
                    options: .init(
                        width: Console.width, usesColor: Console.usesColor(output.color), showsAll: output.all)))
        }
        let written = try ReportWriting.write(outputs, day: report.day, run: report.run) { format in
            ReportRenderer.bytes(of: report, as: format, options: .init(showsAll: true))
        }
        if !output.quiet { for path in written { Console.message("wrote \(path)") } }
    }
}
