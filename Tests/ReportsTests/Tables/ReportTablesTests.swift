import AuditModel
import AuditTestSupport
import Testing

@testable import Reports

struct ReportTablesTests {
    @Test func `a run's CSV has one row for each finding`() throws {
        let report = SampleReports.night
        let records = try CSVRecords(ReportRenderer.bytes(of: report, as: .csv))
        #expect(records.rows.map { $0["finding"] } == (report.failures + report.waived + report.unknowns).map(\.id))
        #expect(records.rows.count { $0["verdict"] == "fail" && $0["waiver"] == "" } == report.failures.count)
        #expect(records.rows.count { $0["waiver"] == "W-2026-014" } == report.waived.count)
        #expect(records.rows.count { $0["verdict"] == "unknown" } == report.unknowns.count)
        let first = try #require(records.rows.first)
        #expect(first["client"] == "\(report.failures[0].client.id.number)")
        #expect(first["setting"] == report.failures[0].result.comparisons[0].path.dotted)
        #expect(first["day"] == "2026-11-01" && first["synthetic"] == "false")
    }

    @Test func `a diff's CSV has one row for each change of each client`() throws {
        let report = SampleReports.diff
        let rows = try CSVRecords(ReportRenderer.bytes(of: report, as: .csv)).rows
        func count(_ what: String) -> Int { rows.count { $0["what"] == what } }
        #expect(count("setting") == report.settingsChanges.reduce(0) { $0 + $1.clients.count })
        #expect(count("verdict") == report.verdictChanges.count)
        #expect(count("roster") == report.rosterChanges.count)
        #expect(count("incomparable") == report.incomparable.count)
        #expect(rows.count == count("setting") + count("verdict") + count("roster") + count("incomparable"))
        #expect(try CSVRecords(ReportRenderer.bytes(of: SampleReports.emptyDiff, as: .csv)).rows.isEmpty)
    }

    @Test func `hostile strings keep to their cells, and none is a formula`() throws {
        for hostile in HostileReports.strings {
            let night = HostileReports.night(hostile)
            let diff = HostileReports.diff(hostile)
            for (bytes, count) in [
                (
                    ReportRenderer.bytes(of: night, as: .csv),
                    night.failures.count + night.waived.count + night.unknowns.count
                ),
                (
                    ReportRenderer.bytes(of: diff, as: .csv),
                    diff.settingsChanges.reduce(0) { $0 + $1.clients.count } + diff.verdictChanges.count
                        + diff.rosterChanges.count + diff.incomparable.count
                ),
            ] {
                let records = try CSVRecords(bytes)
                #expect(records.rows.count == count, "\(hostile.prefix(30).debugDescription)")
                for (name, field) in records.rows.flatMap(\.self) {
                    let start = field.unicodeScalars.first { !$0.properties.isWhitespace }
                    #expect(
                        start.map { !"=+-@\t\r\n\u{FF1D}".unicodeScalars.contains($0) } ?? true,
                        "\(name): \(field.prefix(30))")
                    #expect(!field.unicodeScalars.contains { VisibleText.isInvisible($0) }, "\(name)")
                }
            }
        }
    }

    @Test func `numbers stay numbers, text is told from them, and absent from empty`() {
        #expect(SettingValue.cell([-5]) == -5)
        #expect(SettingValue.cell(["-5"]) == "\"-5\"")
        #expect(SettingValue.cell([nil]) == nil)
        #expect(SettingValue.cell([""]) == "\"\"")
        #expect(SettingValue.cell([.null]) == "null")
        #expect(SettingValue.cell([1, nil, true]) == "1; ; true")
    }
}
