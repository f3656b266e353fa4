import AuditModel
import AuditPipeline
import Reports

/// Shows a run's report on standard output and writes it where else it was asked for.
enum Presentation {
    /// - Parameter locating: where the snapshots are that the report is of.
    static func show(
        _ report: AuditReport, selection: RunSelection?, output: OutputOptions, outputs: [ReportOutput],
        locating: SettingLocating
    ) throws {
        if let selection, let note = selection.note {
            Console.message("\(selection.asked) → run of \(selection.day), \(note)")
        }
        let locations = try locating.locations(for: report, outputs: outputs)
        try show(
            output: output, outputs: outputs, day: report.day, run: report.run, text: ReportFormat.text
        ) { format, options in
            var options = options
            options.locations = locations
            return ReportRenderer.bytes(of: report, as: format, options: options)
        }
    }

    /// Shows what differs between two runs, and writes it where else it was asked for.
    static func show(_ report: DiffReport, output: OutputOptions, outputs: [ReportOutput]) throws {
        try show(
            output: output, outputs: outputs, day: report.to.day, run: report.to.run, text: DiffFormat.text
        ) { format, options in
            ReportRenderer.bytes(of: report, as: format, options: options)
        }
    }

    /// Writes the patches between two runs to where they were asked for.
    static func write(_ patches: PatchReport, output: OutputOptions, outputs: [ReportOutput]) throws {
        let written = try ReportWriting.write(outputs, day: patches.to.day, run: patches.to.run) {
            (format: PatchFormat) in ReportRenderer.bytes(of: patches, as: format)
        }
        if !output.quiet { for path in written { Console.message("wrote \(path)") } }
    }

    private static func show<Format: RawRepresentable<String>>(
        output: OutputOptions, outputs: [ReportOutput], day: CalendarDay, run: AuditRun, text: Format,
        bytes: (Format, ReportOptions) -> [UInt8]
    ) throws {
        if !outputs.contains(where: { $0.path == "-" }) {
            let options = ReportOptions(
                width: Console.width, usesColor: Console.usesColor(output.color), showsAll: output.all)
            Console.result(bytes(text, options))
        }
        let written = try ReportWriting.write(outputs, day: day, run: run) { (format: Format) in
            bytes(format, ReportOptions(showsAll: true))
        }
        if !output.quiet { for path in written { Console.message("wrote \(path)") } }
    }
}
