import AuditModel
import AuditTestSupport
import Foundation
import Testing

@testable import Reports

/// The formats of others are held to their own schemas, whatever the names and settings are.
@Suite(.enabled(if: skipWithoutConformanceFolder("FormatSchemaConformanceTests")))
struct FormatSchemaConformanceTests {
    /// Reports that differ in everything that matters: news, gaps, waivers, a first run, nothing at all, hostile strings.
    private static let reports: [(name: String, report: AuditReport)] =
        [
            ("night", SampleReports.night), ("baseline", SampleReports.quietBaseline), ("empty", SampleReports.nothing),
        ] + HostileReports.strings.map { ("hostile \($0.prefix(20).debugDescription)", HostileReports.shortNight($0)) }

    private func problems(_ format: ReportFormat, _ schema: String, isLines: Bool = false) throws {
        let schema = try #require(try JSONSchema(conformance: schema))
        var valid = 0
        for (name, report) in Self.reports {
            let bytes = ReportRenderer.bytes(
                of: report, as: format, options: ReportOptions(locations: try SampleSnapshots.locations(of: report)))
            let documents = isLines ? bytes.split(separator: UInt8(ascii: "\n")).map(Array.init) : [bytes]
            let problems = try documents.flatMap { schema.problems(of: try JSONReader.value(of: $0)) }
            #expect(problems == [], "\(name)")
            if problems.isEmpty { valid += 1 }
        }
        print("schemas, \(format.rawValue): \(valid) of \(Self.reports.count) reports valid")
    }

    @Test(arguments: [ReportFormat.sarif, .codeScanning])
    func `SARIF is as its schema says`(format: ReportFormat) throws {
        try problems(format, "sarif-schema-2.1.0.json")
    }

    @Test func `OCSF is as its schema says`() throws {
        try problems(.ocsf, "ocsf-compliance_finding-1.8.0.json", isLines: true)
    }

    @Test func `OSCAL is as its schema says`() throws {
        try problems(.oscal, "oscal_assessment-results_schema-1.2.1.json")
    }

    @Test(.enabled(if: hasXMLLint()))
    func `JUnit is as both schemas say`() throws {
        let folder = try #require(conformanceFolder?.appending(path: "schemas"))
        let xmllint = try #require(xmllint)
        for schema in ["junit-windyroad.xsd", "junit-10.xsd"] {
            var valid = 0
            for (name, report) in Self.reports {
                let problems = try xmlProblems(
                    ReportRenderer.bytes(of: report, as: .junit), schema: folder.appending(path: schema), by: xmllint)
                #expect(problems == "", "\(name)")
                if problems.isEmpty { valid += 1 }
            }
            print("schemas, \(schema): \(valid) of \(Self.reports.count) reports valid")
        }
    }

    private static func hasXMLLint() -> Bool {
        if xmllint == nil { print("skipped JUnit's schemas: no xmllint (Debian: libxml2-utils)") }
        return xmllint != nil
    }

    /// A schema that takes everything would prove nothing.
    @Test func `the schemas refuse what is wrong`() throws {
        for (format, name, spoiled, replacement) in [
            (ReportFormat.sarif, "sarif-schema-2.1.0.json", "\"kind\":\"fail\"", "\"kind\":\"failed\""),
            (.sarif, "sarif-schema-2.1.0.json", "\"startLine\":1", "\"startLine\":0"),
            (.oscal, "oscal_assessment-results_schema-1.2.1.json", "\"not-satisfied\"", "\"unsatisfied\""),
            (.oscal, "oscal_assessment-results_schema-1.2.1.json", "\"objective-id\":\"LV", "\"objective-id\":\"1V"),
        ] {
            let schema = try #require(try JSONSchema(conformance: name))
            let text = String(decoding: ReportRenderer.bytes(of: SampleReports.night, as: format), as: UTF8.self)
            #expect(text.contains(spoiled))
            #expect(schema.problems(of: try JSONReader.value(of: text.replacing(spoiled, with: replacement))) != [])
        }
        let schema = try #require(try JSONSchema(conformance: "ocsf-compliance_finding-1.8.0.json"))
        let line = try #require(
            ReportRenderer.bytes(of: SampleReports.night, as: .ocsf).split(separator: UInt8(ascii: "\n")).first)
        let event = try JSONReader.value(of: Array(line))
        #expect(schema.problems(of: event) == [])
        guard case .object(let members) = event else { return }
        for key in ["class_uid", "metadata", "compliance", "time", "severity_id"] {
            var spoiled = members
            spoiled[key] = nil
            #expect(schema.problems(of: .object(spoiled)) != [], "\(key)")
        }
    }
}
