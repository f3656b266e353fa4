import AuditModel
import AuditTestSupport
import Foundation
import Testing

@testable import Reports

struct ReportSchemaTests {
    private func document(_ name: String) throws -> SettingValue {
        let file = packageRoot.appending(path: "Sources/Reports/Schemas/\(name).schema.json")
        return try JSONReader.value(of: Array(Data(contentsOf: file)))
    }

    private func parsed(_ bytes: [UInt8]) throws -> SettingValue {
        try JSONReader.value(of: bytes)
    }

    @Test func `a run's report is as its schema says`() throws {
        let schema = JSONSchema(try document("audit-report"))
        for report in [SampleReports.night, SampleReports.quietBaseline]
            + HostileReports.strings.suffix(6).map(HostileReports.night)
        {
            let value = try parsed(ReportRenderer.bytes(of: report, as: .json))
            #expect(schema.problems(of: value) == [])
        }
    }

    @Test func `a diff's report is as its schema says`() throws {
        let schema = JSONSchema(try document("audit-diff"))
        for report in [SampleReports.diff, SampleReports.emptyDiff]
            + HostileReports.strings.suffix(6).map(HostileReports.diff)
        {
            let value = try parsed(ReportRenderer.bytes(of: report, as: .json))
            #expect(schema.problems(of: value) == [])
        }
    }

    @Test func `patches are as their schema says`() throws {
        let schema = JSONSchema(try document("audit-json-patch"))
        let diff = SampleReports.diff
        let client = SampleFleet.client("ACME")
        let digests = ["a", "b"].map { Capture.document(Digest(of: $0)) }
        let operation: SettingValue = ["op": "replace", "path": "/a~1b/0", "value": "\u{202E}x"]
        let entries = [
            PatchReport.Entry(
                client: client, group: .internal, before: digests[0], after: digests[1], patch: [operation]),
            PatchReport.Entry(client: client, group: .settings, before: nil, after: digests[1]),
            PatchReport.Entry(client: client, group: .messaging, before: digests[0], after: nil),
            PatchReport.Entry(
                client: client, group: .countries, before: .failure(CaptureFailure(.timedOut)),
                after: .notCollected(.countriesOfAnotherClient)),
        ]
        var report = PatchReport(from: diff.from, to: diff.to, timeZone: "UTC", entries: entries, notes: ["A note."])
        let bytes = ReportRenderer.bytes(of: report, as: .jsonPatch)
        let value = try parsed(bytes)
        #expect(schema.problems(of: value) == [])
        let sentence = try #require(value["digest"]?.stringValue)
        #expect(sentence.hasSuffix("1 document changed; 1 appeared; 1 vanished; 1 read on neither side."))
        guard case .array(let documents) = value["documents"] else {
            Issue.record("no list of documents")
            return
        }
        #expect(documents.map { $0["patch"] } == [[operation], .null, .null, .null])
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("\\u202ex") && !text.contains("\u{202E}"), "what reorders text is spelled out")
        report.entries = []
        let empty = try parsed(ReportRenderer.bytes(of: report, as: .jsonPatch))
        #expect(schema.problems(of: empty) == [])
        #expect(empty["digest"]?.stringValue?.hasSuffix("every document is the same.") == true)
        #expect(schema.problems(of: try parsed(ReportRenderer.bytes(of: diff, as: .json))) != [])
    }

    @Test func `the schemas refuse each other's documents`() throws {
        let night = try parsed(ReportRenderer.bytes(of: SampleReports.night, as: .json))
        let diff = try parsed(ReportRenderer.bytes(of: SampleReports.diff, as: .json))
        #expect(JSONSchema(try document("audit-report")).problems(of: diff) != [])
        #expect(JSONSchema(try document("audit-diff")).problems(of: night) != [])
    }

    /// Strict schemas know each member and require it: take any one away, rename it, or give it a wrong type, and they say so.
    @Test(arguments: ["audit-report", "audit-diff"])
    func `a document with any member missing, renamed or of a wrong type is refused`(name: String) throws {
        let schema = JSONSchema(try document(name))
        let bytes =
            name == "audit-diff"
            ? ReportRenderer.bytes(of: SampleReports.diff, as: .json)
            : ReportRenderer.bytes(of: SampleReports.night, as: .json)
        // Settings themselves (before, after, actual) may be anything, and labels may have any key.
        let tried = schema.alterationsAccepted(
            of: try parsed(bytes), free: ["before", "after", "actual", "labels"])
        #expect(tried.accepted == [])
        #expect(tried.count > 100)
    }

    @Test func `the definitions that both schemas have are the same`() throws {
        let one = try #require(try document("audit-report")["$defs"]?.objectValue)
        let other = try #require(try document("audit-diff")["$defs"]?.objectValue)
        let shared = one.keys.filter { other[$0] != nil }
        #expect(shared.count > 8)
        for key in shared { #expect(one[key] == other[key], "\(key)") }
    }

    @Test func `the enumerations of the schemas are those of the model`() throws {
        let report = try document("audit-report")
        func words(_ path: [String]) -> [SettingValue]? {
            path.reduce(Optional(report)) { $0?[$1] }?.arrayValue
        }
        func values(_ raw: [String]) -> [SettingValue] { raw.map(SettingValue.string) }
        #expect(words(["$defs", "transition", "enum"]) == values(Transition.allCases.map(\.rawValue)))
        #expect(words(["$defs", "severity", "enum"]) == values(Severity.allCases.map(\.rawValue)))
        #expect(words(["$defs", "verdict", "enum"]) == values(Verdict.allCases.map(\.rawValue)))
        #expect(words(["$defs", "group", "enum"]) == values(SettingsGroup.allCases.map(\.rawValue)))
        #expect(
            words(["$defs", "captureFailure", "properties", "reason", "enum"])
                == values(CaptureFailure.Reason.allCases.map(\.rawValue)))
        #expect(
            words(["$defs", "comparison", "properties", "reason", "enum"])
                == values(ComparisonReason.allCases.map(\.rawValue)))
        #expect(
            words(["$defs", "rosterChange", "properties", "kind", "enum"])
                == values(RosterChange.Kind.allCases.map(\.rawValue)))
        #expect(
            words(["$defs", "verdictChange", "properties", "causes", "items", "enum"])
                == values(TransitionCause.allCases.map(\.rawValue)))
        #expect(
            words(["$defs", "exitCode", "enum"])
                == ExitStatus.allCases.map { .integer(Int64($0.rawValue)) })
    }
}
