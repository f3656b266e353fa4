import AuditModel

extension ReportOutput {
    /// The outputs without those that are named twice.
    ///
    /// - Throws: ``CommandEnd`` of status 2 where two formats have one place, of which the last would be all that is left.
    ///   Paths that differ until their date or run is filled in are two places.
    static func distinct(_ outputs: [ReportOutput]) throws(CommandEnd) -> [ReportOutput] {
        var formats: [String: String] = [:]
        var kept: [ReportOutput] = []
        for output in outputs {
            let place = output.place
            guard let format = formats[place] else {
                formats[place] = output.format
                kept.append(output)
                continue
            }
            guard format == output.format else {
                throw CommandEnd(
                    .usage,
                    output.path == "-"
                        ? "\(format) and \(output.format) would both go to standard output; give one of them a file. Nothing was done."
                        : "\(format) and \(output.format) would both be written to \(output.path), and only one would be left; name two files. Nothing was done."
                )
            }
        }
        return kept
    }

    private var place: String {
        if path == "-" { return path }
        // What is no place that can be written is told when it is written.
        return (try? WritingPlace(path))?.identity ?? path
    }
}
