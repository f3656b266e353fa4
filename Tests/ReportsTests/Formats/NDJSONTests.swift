import AuditModel
import AuditTestSupport
import Foundation
import Testing

@testable import Reports

struct NDJSONTests {
    private static let documents: [[UInt8]] =
        [SampleReports.night, SampleReports.quietBaseline, SampleReports.nothing].map {
            ReportRenderer.bytes(of: $0, as: .ndjson)
        } + [SampleReports.diff, SampleReports.emptyDiff].map { ReportRenderer.bytes(of: $0, as: .ndjson) }
        + HostileReports.strings.map { ReportRenderer.bytes(of: HostileReports.shortNight($0), as: .ndjson) }
        + HostileReports.strings.map { ReportRenderer.bytes(of: HostileReports.diff($0), as: .ndjson) }

    @Test func `each line is as its schema says`() throws {
        let file = packageRoot.appending(path: "Sources/Reports/Schemas/audit-records.schema.json")
        let schema = JSONSchema(try JSONReader.value(of: Array(Data(contentsOf: file))))
        for document in Self.documents {
            for record in try FormatReading.lines(document) {
                #expect(schema.problems(of: record) == [], "\(record["record"] ?? .null)")
            }
        }
        #expect(schema.problems(of: ["record": "trailer", "count": 1]) != [])
        #expect(schema.problems(of: ["record": "other"]) != [])
    }

    @Test func `the trailer counts the records, and its digest is that of all bytes before`() throws {
        for document in Self.documents {
            let records = try FormatReading.lines(document)
            #expect(records.first?["record"] == "header" && records.last?["record"] == "trailer")
            #expect(records.last?["count"] == .count(records.count - 2))
            let start = try #require(document.dropLast().lastIndex(of: UInt8(ascii: "\n")))
            #expect(records.last?["sha256"] == .string(Digest(of: Array(document[...start])).hex))
            #expect(document.last == UInt8(ascii: "\n"))
        }
    }

    @Test func `every part of the JSON report is there, and nothing besides but the results without a finding`() throws
    {
        let report = SampleReports.night
        let records = try FormatReading.lines(ReportRenderer.bytes(of: report, as: .ndjson))
        func count(_ name: String) -> Int { records.count { $0["record"]?.stringValue == name } }
        #expect(count("result") == 250 && count("rule") == report.rules.count && count("policy") == 1)
        #expect(count("verdictChange") == report.verdictChanges.count)
        #expect(count("settingsChange") == report.settingsChanges.count)
        #expect(count("rosterChange") == 2 && count("captureFailure") == 3 && count("vanishedClient") == 1)
        #expect(
            count("notAssessed") == 2 && count("warning") == 1 && count("condition") == 2 && count("deviation") == 2)
        let json = try JSONReader.value(of: ReportRenderer.bytes(of: report, as: .json))
        let findings = ["failures", "waived", "unknowns"].flatMap { json[$0]?.arrayValue ?? [] }
        #expect(records.compactMap { $0["finding"] }.filter { $0.objectValue != nil } == findings)
    }

    @Test func `the definitions that the schemas share are the same`() throws {
        func definitions(_ name: String) throws -> SettingObject {
            let file = packageRoot.appending(path: "Sources/Reports/Schemas/\(name).schema.json")
            return try #require(try JSONReader.value(of: Array(Data(contentsOf: file)))["$defs"]?.objectValue)
        }
        let records = try definitions("audit-records")
        for name in ["audit-report", "audit-diff"] {
            for member in try definitions(name).members {
                #expect(records[member.key] == member.value, "\(member.key)")
            }
        }
    }
}
