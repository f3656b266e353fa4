public import AuditModel

/// The verdicts that a report in some format tells, read by what the format itself says and not by our own additions: what
/// a reader who knows the standard alone would find.
public struct FormatReading: Sendable, Equatable {
    /// `environment/number rule` → `pass`, `fail`, `waived`, `unknown` or `notApplicable`.
    public var verdicts: [String: String] = [:]
    /// Pairs that were told twice.
    public var repeated: [String] = []

    /// How often each verdict is told.
    public var counts: [String: Int] { verdicts.values.reduce(into: [:]) { $0[$1, default: 0] += 1 } }

    /// The document says something that is none of the verdicts.
    public struct Unreadable: Error {
        /// What it says.
        public var what: String
    }

    /// Those with one of these verdicts.
    public func only(_ verdicts: Set<String>) -> FormatReading {
        var reading = self
        reading.verdicts = reading.verdicts.filter { verdicts.contains($0.value) }
        return reading
    }

    mutating func add(_ client: String?, _ rule: String?, _ verdict: String) throws {
        guard let client, let rule else { throw Unreadable(what: "a result without client or rule") }
        let pair = client + " " + rule
        if verdicts.updateValue(verdict, forKey: pair) != nil { repeated.append(pair) }
    }

    /// Reads a document.
    ///
    /// - Parameter format: the name of the format: json, csv, ndjson, sarif, code-scanning, junit, ocsf or oscal.
    public init(_ bytes: [UInt8], format: String) throws {
        switch format {
        case "json": try readJSON(bytes)
        case "ndjson": try readLines(bytes)
        case "sarif", "code-scanning": try readSARIF(bytes)
        case "junit": try readJUnit(bytes)
        case "ocsf": try readOCSF(bytes)
        case "oscal": try readOSCAL(bytes)
        default: throw Unreadable(what: "the format \(format)")
        }
    }

    /// Failures, waived failures and unknowns; the JSON report counts the others only.
    private mutating func readJSON(_ bytes: [UInt8]) throws {
        let report = try JSONReader.value(of: bytes)
        for (list, verdict) in [("failures", "fail"), ("waived", "waived"), ("unknowns", "unknown")] {
            for finding in report[list]?.arrayValue ?? [] {
                try add(finding["client"]?["id"]?.stringValue, finding["rule"]?.stringValue, verdict)
            }
        }
    }

    private mutating func readLines(_ bytes: [UInt8]) throws {
        for record in try Self.lines(bytes) where record["record"] == "result" {
            try add(
                record["client"]?.stringValue, record["rule"]?.stringValue, record["verdict"]?.stringValue ?? "nothing")
        }
    }

    private mutating func readSARIF(_ bytes: [UInt8]) throws {
        let log = try JSONReader.value(of: bytes)
        for result in log["runs"]?[0]?["results"]?.arrayValue ?? [] {
            // A rule or a client that is gone has no verdict in this run.
            if result["baselineState"] == "absent", result["properties"]?["audit/verdict"] == nil { continue }
            let uri = result["locations"]?[0]?["physicalLocation"]?["artifactLocation"]?["uri"]?.stringValue
            let client = uri.map { String($0.dropLast(".json".count)) }
            let isSuppressed = result["suppressions"]?.arrayValue?.isEmpty == false
            switch (result["kind"]?.stringValue, isSuppressed) {
            case ("pass", false): try add(client, result["ruleId"]?.stringValue, "pass")
            case ("fail", false): try add(client, result["ruleId"]?.stringValue, "fail")
            case ("fail", true): try add(client, result["ruleId"]?.stringValue, "waived")
            case ("open", false): try add(client, result["ruleId"]?.stringValue, "unknown")
            case ("notApplicable", false): try add(client, result["ruleId"]?.stringValue, "notApplicable")
            default: throw Unreadable(what: "\(result)")
            }
        }
    }

    private mutating func readJUnit(_ bytes: [UInt8]) throws {
        for suite in try JUnitDocument(bytes).suites {
            let client = suite.properties["client"]
            for entry in suite.cases {
                let rule = entry.name.split(separator: " ").first.map(String.init)
                switch (entry.element, entry.message?.hasPrefix("not applicable")) {
                case (nil, _): try add(client, rule, "pass")
                case ("failure", _): try add(client, rule, "fail")
                case ("error", _): try add(client, rule, "unknown")
                case ("skipped", true): try add(client, rule, "notApplicable")
                case ("skipped", _): try add(client, rule, "waived")
                default: throw Unreadable(what: "\(entry)")
                }
            }
        }
    }

    private mutating func readOCSF(_ bytes: [UInt8]) throws {
        for event in try Self.lines(bytes) {
            let client = event["resources"]?[0]?["uid"]?.stringValue
            let rule = event["compliance"]?["control"]?.stringValue
            switch (event["compliance"]?["status_id"], event["status_id"]) {
            case (1, 4): try add(client, rule, "pass")
            case (3, 1): try add(client, rule, "fail")
            case (3, 3): try add(client, rule, "waived")
            case (0, 1): try add(client, rule, "unknown")
            case (99, 99): try add(client, rule, "notApplicable")
            default: throw Unreadable(what: "\(event)")
            }
        }
    }

    private mutating func readOSCAL(_ bytes: [UInt8]) throws {
        let result = try JSONReader.value(of: bytes)["assessment-results"]?["results"]?[0] ?? .null
        func table(_ list: String, key: String = "uuid") -> [String: SettingValue] {
            Dictionary(
                (result[list]?.arrayValue ?? []).map { ($0[key]?.stringValue ?? "", $0) },
                uniquingKeysWith: { first, _ in first })
        }
        let risks = table("risks")
        let clients = Dictionary(
            (result["local-definitions"]?["inventory-items"]?.arrayValue ?? []).map {
                ($0["uuid"]?.stringValue ?? "", Self.property("client", of: $0))
            }, uniquingKeysWith: { first, _ in first })
        var findings: [String: SettingValue] = [:]
        for finding in result["findings"]?.arrayValue ?? [] {
            findings[finding["related-observations"]?[0]?["observation-uuid"]?.stringValue ?? ""] = finding
        }
        for observation in result["observations"]?.arrayValue ?? [] {
            let client = clients[observation["subjects"]?[0]?["subject-uuid"]?.stringValue ?? ""] ?? nil
            let rule = Self.property("rule", of: observation)
            let finding = findings[observation["uuid"]?.stringValue ?? ""]
            let status = finding?["target"]?["status"]
            let risk = finding?["related-risks"]?[0]?["risk-uuid"]?.stringValue.flatMap { risks[$0] }?["status"]
            switch (status?["state"]?.stringValue, status?["reason"]?.stringValue, risk?.stringValue) {
            case (nil, nil, nil): try add(client, rule, "notApplicable")
            case ("satisfied", "pass", nil): try add(client, rule, "pass")
            case ("not-satisfied", "fail", "open"): try add(client, rule, "fail")
            case ("not-satisfied", "fail", "deviation-approved"): try add(client, rule, "waived")
            case ("not-satisfied", "other", nil): try add(client, rule, "unknown")
            default: throw Unreadable(what: "\(observation)")
            }
        }
    }

    private static func property(_ name: String, of value: SettingValue) -> String? {
        value["props"]?.arrayValue?.first { $0["name"]?.stringValue == name }?["value"]?.stringValue
    }

    /// JSON lines as values.
    public static func lines(_ bytes: [UInt8]) throws -> [SettingValue] {
        try bytes.split(separator: UInt8(ascii: "\n")).map { try JSONReader.value(of: Array($0)) }
    }
}
