import AuditModel
import AuditTestSupport
import Testing

@testable import Reports

/// What the standard's prose and GitHub ask for beyond the schema.
struct SARIFTests {
    private func run(
        _ report: AuditReport, selection: SARIFLog.Selection = .all, limits: SARIFLog.Limits = .init(),
        isLocated: Bool = true
    ) throws -> SettingValue {
        let locations = isLocated ? try SampleSnapshots.locations(of: report) : nil
        let log = SARIFLog(report, locations: locations, selection: selection, limits: limits)
        return try #require(try JSONReader.value(of: log.bytes)["runs"]?[0])
    }

    private func results(_ run: SettingValue) -> [SettingValue] { run["results"]?.arrayValue ?? [] }

    private func result(_ run: SettingValue, _ code: String, _ rule: String) throws -> SettingValue {
        let client = SampleFleet.client(code).id.description
        return try #require(
            results(run).first {
                $0["ruleId"]?.stringValue == rule && $0["properties"]?["audit/client"]?.stringValue == client
            })
    }

    @Test func `a kind other than fail has the level none, and a rule's index leads to it`() throws {
        let run = try run(SampleReports.night)
        let rules = try #require(run["tool"]?["driver"]?["rules"]?.arrayValue)
        #expect(results(run).count == 250)
        for result in results(run) {
            #expect((result["kind"] == "fail") == (result["level"] != "none"))
            let index = try #require(result["ruleIndex"]?.integerValue)
            #expect(rules[Int(index)]["id"] == result["ruleId"])
            if result["kind"] == "fail" {
                #expect(result["level"] == rules[Int(index)]["defaultConfiguration"]?["level"])
            }
        }
    }

    @Test func `a region is the very setting in the exported file`() throws {
        let run = try run(SampleReports.night)
        for (code, rule, marked) in [
            ("BETA", "LV-INT-003", "\"maxFailedCcsLoginAttempts\": 10"),
            ("ACME", "LV-INT-001", "\"encryptCcsPassword\": false"),
            ("UMBRA", "LV-MSG-001", "\"value\": \"12\""), ("XENON", "LV-VOX-001", "\"id\": 9"),
            // A group that failed: the line where it says so.
            ("EPSI", "LV-INT-001", "\"internal\": {"), ("TAU", "LV-SET-001", "\"failure\": {"),
        ] {
            let result = try result(run, code, rule)
            let place = try #require(result["locations"]?[0]?["physicalLocation"])
            #expect(place["artifactLocation"]?["uri"] == .string("na3/\(SampleFleet.client(code).id.number).json"))
            #expect(place["artifactLocation"]?["uriBaseId"] == "SNAPSHOTS")
            let file = SampleSnapshots.file(of: SampleSnapshots.snapshot(of: SampleFleet.client(code)))
            #expect(try self.marked(place["region"], in: file) == marked, "\(code) \(rule)")
            let index = try #require(place["artifactLocation"]?["index"]?.integerValue)
            let artifact = try #require(run["artifacts"]?[Int(index)])
            #expect(artifact["location"]?["uri"] == place["artifactLocation"]?["uri"])
            #expect(artifact["hashes"]?["sha-256"] == .string(Digest(of: file).hex))
        }
        // Two voices, two places of one result.
        #expect(try result(run, "XENON", "LV-VOX-001")["locations"]?.arrayValue?.count == 2)
    }

    @Test
    func `an absent setting is marked where it would stand, and without snapshots every place is a file's beginning`()
        throws
    {
        var report = SampleReports.night
        report.failures = report.failures.filter { $0.client.code == "ACME" }
        report.failures[0].result.comparisons[0].path = SettingPath(.internal, key: "notThere")
        let place = try result(run(report), "ACME", "LV-INT-001")["locations"]?[0]?["physicalLocation"]
        let file = SampleSnapshots.file(of: SampleSnapshots.snapshot(of: SampleFleet.client("ACME")))
        #expect(try marked(place?["region"], in: file) == "\"document\": {")
        for result in results(try run(SampleReports.night, isLocated: false)) {
            for location in result["locations"]?.arrayValue ?? [] {
                #expect(location["physicalLocation"]?["region"]?["startLine"] == 1)
            }
        }
    }

    private func marked(_ region: SettingValue?, in file: [UInt8]) throws -> String {
        func number(_ key: String) throws -> Int { Int(try #require(region?[key]?.integerValue)) }
        let line = try number("startLine")
        #expect(try number("endLine") == line)
        let units = Array(
            String(decoding: file, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)[line - 1]
                .utf16)
        return String(decoding: units[(try number("startColumn") - 1)..<(try number("endColumn") - 1)], as: UTF16.self)
    }

    @Test func `fingerprints stay the same in another night with other values, and differ between results`() throws {
        func prints(_ report: AuditReport, _ key: String) throws -> [String: String] {
            Dictionary(
                results(try run(report)).map {
                    (
                        "\($0["properties"]?["audit/client"]?.stringValue ?? "") \($0["ruleId"]?.stringValue ?? "")",
                        $0["partialFingerprints"]?[key]?.stringValue ?? ""
                    )
                }, uniquingKeysWith: { $1 })
        }
        var later = SampleReports.night
        later.run = SampleFleet.run("2026-11-02T02:00:00Z")
        for index in later.failures.indices {
            later.failures[index].result.comparisons[0].actual = "another value"
            later.failures[index].result.message = "another message"
            later.failures[index].transition = .still
        }
        for key in ["auditFinding/v1", "primaryLocationLineHash"] {
            let first = try prints(SampleReports.night, key)
            #expect(first == (try prints(later, key)))
            #expect(Set(first.values).count == 250)
        }
        let hash = try #require(try prints(later, "primaryLocationLineHash").values.first)
        #expect(hash.wholeMatch(of: /[0-9a-f]{16}:1/) != nil)
    }

    @Test func `a waiver is an accepted suppression from outside, with who and until when`() throws {
        let result = try result(run(SampleReports.night), "CORAL", "LV-INT-004")
        let suppression = try #require(result["suppressions"]?[0])
        #expect(result["suppressions"]?.arrayValue?.count == 1)
        #expect(suppression["kind"] == "external" && suppression["status"] == "accepted")
        let words = try #require(suppression["justification"]?.stringValue)
        for part in [
            "until 2026-11-25", "W-2026-014", "Agents sign in by single sign-on.", "identity@example.com",
            "ciso@example.com", "SEC-1182",
        ] {
            #expect(words.contains(part))
        }
        #expect(suppression["properties"]?["audit/expires"] == "2026-11-25")
        #expect(try self.result(run(SampleReports.night), "ACME", "LV-INT-001")["suppressions"] == nil)
    }

    @Test func `the baseline state tells news from what was there, what changed and what is gone`() throws {
        let run = try run(SampleReports.night)
        for (code, rule, state) in [
            ("ACME", "LV-INT-001", "new"), ("MARS", "LV-INT-001", "unchanged"), ("VEGA", "LV-INT-005", "absent"),
            ("EPSI", "LV-INT-001", "updated"), ("CORAL", "LV-INT-004", "updated"), ("DELTA", "LV-INT-004", "unchanged"),
            ("SIGMA", "LV-INT-001", "unchanged"),
        ] {
            #expect(try result(run, code, rule)["baselineState"]?.stringValue == state, "\(code) \(rule)")
        }
        #expect(run["baselineGuid"] == .string(try #require(SampleReports.night.previousRun).id.rawValue))
        // A setting that changed and fails still.
        var report = SampleReports.night
        report.settingsChanges.append(
            SharedChange(
                change: Change(path: SampleFleet.path("internal.encryptCcsPassword"), before: "x", after: nil),
                clients: [SampleFleet.client("MARS")]))
        #expect(try result(self.run(report), "MARS", "LV-INT-001")["baselineState"] == "updated")
        for result in results(try self.run(SampleReports.quietBaseline)) { #expect(result["baselineState"] == nil) }
    }

    @Test func `a failure whose rule or client is gone is told as absent, and as no result of this run`() throws {
        var report = SampleReports.night
        for (code, rule, transition) in [
            ("YUMA", "LV-INT-001", Transition.clientLeft), ("BETA", "LV-OLD", .ruleRetired),
        ] {
            report.verdictChanges.append(
                VerdictChange(
                    client: SampleFleet.client(code), ruleID: rule, before: .fail, after: nil, transition: transition,
                    causes: [.rule], paths: []))
        }
        let gone = results(try run(report)).filter { $0["properties"]?["audit/verdict"] == nil }
        #expect(gone.count == 2 && gone.allSatisfy { $0["baselineState"] == "absent" && $0["level"] == "none" })
    }

    @Test func `what is beyond the limits is cut from the least urgent end, and the log says so`() throws {
        let whole = try run(SampleReports.night)
        #expect(
            whole["invocations"]?[0]?["toolExecutionNotifications"]?.arrayValue?.contains {
                $0["descriptor"]?["id"] == "results-left-out"
            } == false)
        let size = SARIFLog(SampleReports.night, locations: nil).bytes.count
        for limits in [SARIFLog.Limits(results: 40), SARIFLog.Limits(bytes: size / 2)] {
            let log = SARIFLog(SampleReports.night, locations: nil, limits: limits)
            #expect(log.bytes.count <= limits.bytes)
            let run = try #require(try JSONReader.value(of: log.bytes)["runs"]?[0])
            let kept = results(run)
            #expect(kept.count <= limits.results && kept.count > 31)
            #expect(kept.count { $0["kind"] == "fail" } == 25 && kept.count { $0["kind"] == "open" } == 6)
            let notice = try #require(
                run["invocations"]?[0]?["toolExecutionNotifications"]?.arrayValue?.first {
                    $0["descriptor"]?["id"] == "results-left-out"
                }?["message"]?["text"]?.stringValue)
            #expect(notice.hasPrefix("\(250 - kept.count) results left out ("), "\(notice)")
            #expect(notice.contains("20 not applicable"))
        }
    }

    @Test func `gaps are errors of the invocation, and the run does not count as executed well`() throws {
        let invocation = try #require(try run(SampleReports.night)["invocations"]?[0])
        #expect(invocation["executionSuccessful"] == false && invocation["exitCode"] == 3)
        let errors = invocation["toolExecutionNotifications"]?.arrayValue?.filter { $0["level"] == "error" } ?? []
        let failed = errors.filter { $0["descriptor"]?["id"] == "capture-failed" }
        #expect(
            failed.compactMap { $0["message"]?["text"]?.stringValue } == [
                "EPSI (na3/4128): internal, settings, messaging: HTTP 403, forbidden: the user 'auditor' lacks the role"
            ])
        #expect(errors.count { $0["descriptor"]?["id"] == "client-vanished" } == 1)
        #expect(try run(SampleReports.quietBaseline)["invocations"]?[0]?["executionSuccessful"] == true)
    }

    @Test func `a night in which everything failed leaves room for the results, and says what it does not tell`() throws
    {
        var report = SampleReports.night
        report.notAssessed = (1...1_000).map { "Sentence \($0)." }
        let notifications = try run(report)["invocations"]?[0]?["toolExecutionNotifications"]?.arrayValue ?? []
        #expect(notifications.count == 201)
        #expect(
            notifications.last?["message"]?["text"]?.stringValue
                == "804 notifications more left out. The JSON and NDJSON reports have all.")
    }

    @Test func `an environment's name is no path, and its address is escaped`() throws {
        var report = SampleReports.night
        let environment = EnvironmentName("../e v/ü%")
        let id = Client.ID(environment: environment, number: 7)
        report.failures = [
            Finding(
                client: Client(id: id, code: "X"), result: RuleResult(ruleID: "LV-INT-001", verdict: .fail),
                transition: .new)
        ]
        report.waived = []
        report.unknowns = []
        report.verdicts = VerdictGrid()
        let uri = results(try run(report, isLocated: false))[0]["locations"]?[0]?["physicalLocation"]?[
            "artifactLocation"]?["uri"]
        // The folder's own name has percent signs, which are escaped in their turn.
        #expect(uri == "%252E.%252Fe%2520v%252F%25C3%25BC%2525/7.json")
    }

    @Test(arguments: [
        ("{0} and {x}", "{{0}} and {{x}}"), ("[link](https://example.com)", "[link] (https://example.com)"),
        ("a\nb\u{202E}", "a\\nb\\u{{202e}}"), ("voice[id=9]", "voice[id=9]"),
    ])
    func `a message holds no placeholder, no link and nothing invisible that came from outside`(
        untrusted: String, text: String
    ) {
        #expect(SARIFText.escaped(untrusted) == text)
    }
}
