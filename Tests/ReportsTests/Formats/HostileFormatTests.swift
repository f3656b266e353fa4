import AuditModel
import AuditTestSupport
import Testing

@testable import Reports

/// Hostile names and settings in every format, on the bytes.
struct HostileFormatTests {
    /// Formats in which a line is a record: hostile strings must not change how many there are.
    private static let lineFormats: Set<ReportFormat> = [
        .ndjson, .ocsf, .openmetrics, .sarif, .codeScanning, .oscal, .csv, .junit,
    ]

    @Test(arguments: ReportFormat.allCases)
    func `no string acts on a terminal, an editor or a reader, or adds a line`(format: ReportFormat) throws {
        var lines: Set<Int> = []
        // An empty name has another form where a name is mandatory.
        for hostile in ["harmless"] + HostileReports.strings where !hostile.isEmpty {
            let report = HostileReports.shortNight(hostile)
            let bytes = ReportRenderer.bytes(of: report, as: format, options: ReportOptions(showsAll: true))
            #expect(Self.acting(bytes, besides: format == .csv ? "\n\r" : "\n") == [], "\(hostile.prefix(20))")
            lines.insert(bytes.count { $0 == 0x0A })
            switch format {
            case .json, .sarif, .codeScanning, .oscal: _ = try JSONReader.value(of: bytes)
            case .ndjson, .ocsf: _ = try FormatReading.lines(bytes)
            case .junit: #expect(try JUnitDocument(bytes).suites.count == Set(report.results.map(\.client.id)).count)
            case .openmetrics: _ = try OpenMetricsSamples(bytes)
            // Their structure has tests of its own.
            case .text, .html, .markdown, .csv: break
            }
        }
        if Self.lineFormats.contains(format) { #expect(lines.count == 1, "\(lines)") }
    }

    @Test(arguments: DiffFormat.allCases)
    func `no string acts through a comparison either`(format: DiffFormat) {
        for hostile in HostileReports.strings {
            let bytes = ReportRenderer.bytes(of: HostileReports.diff(hostile), as: format)
            #expect(Self.acting(bytes, besides: format == .csv ? "\n\r" : "\n") == [], "\(hostile.prefix(20))")
        }
    }

    /// The scalars that would do something else than be seen. Most of a document is printable ASCII, which its bytes tell.
    private static func acting(_ bytes: [UInt8], besides allowed: String) -> Set<UInt32> {
        let allowed = Set(allowed.unicodeScalars.map(\.value))
        var found: Set<UInt32> = []
        var rest: [UInt8] = []
        for byte in bytes where byte < 0x20 || byte > 0x7E { rest.append(byte) }
        // What is left of UTF-8 without its printable ASCII is UTF-8.
        for scalar in String(decoding: rest, as: UTF8.self).unicodeScalars where !allowed.contains(scalar.value) {
            if VisibleText.isInvisible(scalar) { found.insert(scalar.value) }
        }
        return found
    }

    /// A value of 10 kB is told by its beginning and its size; nobody reads the rest, and a page of them cannot be scrolled.
    @Test(arguments: [ReportFormat.text, .html, .markdown])
    func `formats for people cut what nobody reads to the end`(format: ReportFormat) {
        let long = String(repeating: "x", count: 10_240)
        let night = ReportRenderer.bytes(
            of: HostileReports.night(long), as: format, options: ReportOptions(showsAll: true))
        let diff = DiffFormat(rawValue: format.rawValue).map {
            ReportRenderer.bytes(of: HostileReports.diff(long), as: $0)
        }
        for bytes in [night, diff ?? []] {
            let runs = bytes.split { $0 != UInt8(ascii: "x") }.map(\.count).max() ?? 0
            #expect(runs <= 1_000, "\(runs)")
        }
    }

    @Test func `lines for machines keep values whole, and messages for people are short`() throws {
        let long = String(repeating: "x", count: 10_240)
        let report = HostileReports.shortNight(long)
        let records = try FormatReading.lines(ReportRenderer.bytes(of: report, as: .ndjson))
        #expect(records.contains { $0["finding"]?["comparisons"]?[0]?["actual"] == .string(long) })
        let events = try FormatReading.lines(ReportRenderer.bytes(of: report, as: .ocsf))
        #expect(events.allSatisfy { ($0["message"]?.stringValue?.count ?? .max) < 2_000 })
        let log = try JSONReader.value(of: ReportRenderer.bytes(of: report, as: .sarif))
        for result in log["runs"]?[0]?["results"]?.arrayValue ?? [] {
            #expect((result["message"]?["text"]?.stringValue?.count ?? .max) < 2_000)
        }
    }
}
