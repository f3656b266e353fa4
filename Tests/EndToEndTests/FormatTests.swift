import AuditModel
import AuditTestSupport
import Foundation
import Reports
import Testing

/// Every format of a night of 100 clients, written by the built command: valid, of one mind, and true to the exported files.
@Suite(.serialized)
struct FormatTests {
    /// The formats that tell of every result.
    private static let whole = ["ndjson", "sarif", "junit", "ocsf", "oscal"]

    /// A demonstration of 100 clients whose first two failures are waived, its report in every format, and its snapshots.
    private func withNight(_ body: (DemoStore) async throws -> Void) async throws {
        try await DemoStore.with(nights: 3, clients: 100) { demo in
            let report = try await demo.check("--database", demo.database).json()
            let failures = try #require(report["failures"]?.arrayValue?.prefix(2))
            try #require(failures.count == 2)
            var waivers = "waivers:\n"
            for (index, failure) in failures.enumerated() {
                waivers += """
                      - {id: W-\(index), rule: \(failure["rule"]?.stringValue ?? ""), clients: [\(failure["client"]?["id"]?.stringValue ?? "")],
                         reason: "accepted <for now>", owner: a@example.com, approver: b@example.com, from: 2000-01-01, expires: 2099-12-31}

                    """
            }
            try Data(waivers.utf8).write(to: demo.folder.appending(path: "waivers.yaml"))
            let outputs = ReportFormat.allCases.flatMap { ["--output", "\($0.rawValue)=out/night.\($0.rawValue)"] }
            let written = try await demo.audit.run(
                ["check", "--policies", shippedPolicies, "--waivers", "waivers.yaml", "--database", demo.database]
                    + outputs)
            try #require([0, 1, 3].contains(written.status), "\(written.errors)")
            try await demo.export(to: "snapshots")
            try await body(demo)
        }
    }

    private func bytes(_ format: String, _ demo: DemoStore) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: demo.folder.appending(path: "out/night.\(format)")))
    }

    @Test func `all formats of a night of 100 clients tell the same verdicts, and the same counts as the rules`()
        async throws
    {
        try await withNight { demo in
            let json = try JSONReader.value(of: bytes("json", demo))
            var counts: [String: Int] = [:]
            for rule in json["rules"]?.arrayValue ?? [] {
                for verdict in ["pass", "fail", "waived", "unknown", "notApplicable"] {
                    counts[verdict, default: 0] += Int(rule["counts"]?[verdict]?.integerValue ?? 0)
                }
            }
            #expect(counts["waived"] == 2 && (counts["fail"] ?? 0) > 2 && (counts["pass"] ?? 0) > 1_000)
            let total = counts.values.reduce(0, +)
            counts = counts.filter { $0.value > 0 }
            let first = try FormatReading(bytes("ndjson", demo), format: "ndjson")
            #expect(first.counts == counts && first.verdicts.count == total && first.repeated == [])
            for format in Self.whole {
                #expect(try FormatReading(bytes(format, demo), format: format) == first, "\(format)")
            }
            #expect(
                try FormatReading(bytes("json", demo), format: "json") == first.only(["fail", "waived", "unknown"]))
            #expect(
                try FormatReading(bytes("code-scanning", demo), format: "code-scanning")
                    == first.only(["fail", "unknown"]))
            let metrics = String(decoding: try bytes("openmetrics", demo), as: UTF8.self)
            for (verdict, count) in counts {
                let label = verdict == "notApplicable" ? "not_applicable" : verdict
                #expect(metrics.contains("audit_results{environment=\"demo\",verdict=\"\(label)\"} \(count)\n"))
            }
            let rows = String(decoding: try bytes("csv", demo), as: UTF8.self).unicodeScalars.count { $0 == "\n" }
            #expect(rows - 1 == first.only(["fail", "waived", "unknown"]).verdicts.count)

            // The last night of the trend is this one, and the page's grid and trend say the same.
            let night = try #require(json["trend"]?.arrayValue?.last?["counts"])
            for verdict in ["pass", "fail", "waived", "unknown", "notApplicable"] {
                #expect(night[verdict] == .integer(Int64(counts[verdict] ?? 0)), "\(verdict)")
            }
            #expect(json["trend"]?.arrayValue?.count == 3)
            let page = String(decoding: try bytes("html", demo), as: UTF8.self)
            #expect(page.contains(" · \(counts["fail"] ?? 0) fail · 2 waived"))
            for (verdict, cell) in [("fail", "f"), ("waived", "w"), ("unknown", "u")] {
                let clients = page.components(separatedBy: "<td class=\"\(cell)\"").count - 1
                // Clients with the same verdicts share a row.
                #expect((clients > 0) == (counts[verdict] != nil) && clients <= counts[verdict] ?? 0, "\(verdict)")
            }

            try pointsAtTheExportedFiles(demo)
            try isValid(demo)
            try await isTheSameFromFiles(demo)
        }
    }

    /// Every region lies in the exported file that it names, and marks the setting; the digest is that file's.
    private func pointsAtTheExportedFiles(_ demo: DemoStore) throws {
        let run = try #require(try JSONReader.value(of: bytes("sarif", demo))["runs"]?[0])
        var marked = 0
        for result in run["results"]?.arrayValue ?? [] where result["kind"] == "fail" {
            for location in result["locations"]?.arrayValue ?? [] {
                let place = try #require(location["physicalLocation"])
                let uri = try #require(place["artifactLocation"]?["uri"]?.stringValue)
                let data = try Data(contentsOf: demo.folder.appending(path: "snapshots/\(uri)"))
                let index = Int(try #require(place["artifactLocation"]?["index"]?.integerValue))
                #expect(run["artifacts"]?[index]?["hashes"]?["sha-256"] == .string(Digest(of: [UInt8](data)).hex))
                let lines = String(decoding: data, as: UTF8.self).split(
                    separator: "\n", omittingEmptySubsequences: false)
                let line = lines[Int(try #require(place["region"]?["startLine"]?.integerValue)) - 1]
                let column = Int(try #require(place["region"]?["startColumn"]?.integerValue))
                let text = String(decoding: Array(line.utf16)[(column - 1)...], as: UTF16.self)
                let name = try #require(location["logicalLocations"]?[0]?["name"]?.stringValue)
                let path = try SettingPath(dotted: name)
                guard case .key(let key)? = path.steps.last else { continue }
                // What is absent is marked by what it would stand in.
                if text.hasPrefix("\"\(key)\": ") { marked += 1 }
                #expect(
                    text.hasPrefix("\"\(key)\": ") || text.hasPrefix("\"document\": {") || text.hasPrefix("{"),
                    "\(name)")
            }
        }
        #expect(marked > 2)
    }

    private func isValid(_ demo: DemoStore) throws {
        let records = packageRoot.appending(path: "Sources/Reports/Schemas/audit-records.schema.json")
        let own = JSONSchema(try JSONReader.value(of: [UInt8](Data(contentsOf: records))))
        for record in try FormatReading.lines(bytes("ndjson", demo)) { #expect(own.problems(of: record) == []) }
        guard let folder = conformanceFolder?.appending(path: "schemas") else {
            print("skipped the schemas of others: no conformance folder")
            return
        }
        for (format, schema) in [
            ("sarif", "sarif-schema-2.1.0.json"), ("code-scanning", "sarif-schema-2.1.0.json"),
            ("oscal", "oscal_assessment-results_schema-1.2.1.json"),
        ] {
            let schema = try #require(try JSONSchema(conformance: schema))
            #expect(schema.problems(of: try JSONReader.value(of: bytes(format, demo))) == [], "\(format)")
        }
        let ocsf = try #require(try JSONSchema(conformance: "ocsf-compliance_finding-1.8.0.json"))
        for event in try FormatReading.lines(bytes("ocsf", demo)) { #expect(ocsf.problems(of: event) == []) }
        guard let xmllint else {
            print("skipped JUnit's schemas: no xmllint (Debian: libxml2-utils)")
            return
        }
        for schema in ["junit-windyroad.xsd", "junit-10.xsd"] {
            #expect(try xmlProblems(bytes("junit", demo), schema: folder.appending(path: schema), by: xmllint) == "")
        }
    }

    /// Exported files that are judged by themselves point at their own lines, as they are laid out.
    private func isTheSameFromFiles(_ demo: DemoStore) async throws {
        func places(_ log: SettingValue) -> [SettingValue: SettingValue] {
            Dictionary(
                (log["runs"]?[0]?["results"]?.arrayValue ?? []).map {
                    (
                        $0["partialFingerprints"]?["auditFinding/v1"] ?? .null,
                        $0["locations"]?[0]?["physicalLocation"]?["region"] ?? .null
                    )
                }, uniquingKeysWith: { first, _ in first })
        }
        let arguments = ["--policies", shippedPolicies, "--output", "sarif=-"]
        let fromFiles = try await demo.audit.run(["check", "--from", "snapshots"] + arguments).json()
        let fromStore = try await demo.audit.run(["check", "--database", demo.database] + arguments).json()
        #expect(places(fromFiles) == places(fromStore))
        // One line more at the top of a file, and its regions are one line further down.
        let name = try #require(try demo.files("snapshots").keys.sorted().first)
        try demo.edit("snapshots/\(name)", "{\n  \"client\"", "{\n\n  \"client\"")
        let moved = try await demo.audit.run(["check", "--from", "snapshots"] + arguments).json()
        #expect(places(moved) != places(fromFiles))
    }

    @Test func `a comparison says which formats it has no form in`() async throws {
        try await DemoStore.with(nights: 2) { demo in
            for format in ["sarif", "code-scanning", "junit", "ocsf", "oscal", "openmetrics"] {
                let result = try await demo.audit.run(
                    "diff", "previous", "latest", "--database", demo.database, "--output", "\(format)=-")
                #expect(result.status == 2 && result.output.isEmpty)
                #expect(
                    result.errors.contains(
                        "'\(format)' tells of one run, and a comparison has no form in it; write text, json, html, markdown, csv, ndjson"
                    ), "\(result.errors)")
            }
            let lines = try await demo.audit.run(
                "diff", "previous", "latest", "--database", demo.database, "--output", "ndjson=-")
            #expect(lines.status == 0 && lines.output.hasPrefix("{\"digest\":"))
            let wide = AuditProcess(folder: demo.folder, environment: ["COLUMNS": "60"])
            let text = try await wide.run("report", "--database", demo.database, "--all")
            #expect(text.output.contains("\nPASSES  "))
            #expect(
                text.output.split(separator: "\n").dropFirst().allSatisfy {
                    $0.count <= 60 || !$0.drop { $0 == " " }.contains(" ")
                })
        }
    }
}
