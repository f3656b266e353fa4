import AuditModel
import AuditTestSupport
import Testing

@testable import Reports

/// What OCSF says in prose, which its schema does not tie together.
struct OCSFTests {
    private func events(_ report: AuditReport) throws -> [SettingValue] {
        try FormatReading.lines(ReportRenderer.bytes(of: report, as: .ocsf))
    }

    private func event(_ code: String, _ rule: String) throws -> SettingValue {
        let uid = SampleFleet.client(code).id.description
        return try #require(
            events(SampleReports.night).first {
                $0["compliance"]?["control"]?.stringValue == rule && $0["resources"]?[0]?["uid"]?.stringValue == uid
            })
    }

    @Test func `ids belong together, and captions are those of their ids`() throws {
        let severities = [1: "Informational", 2: "Low", 3: "Medium", 4: "High", 5: "Critical"]
        let activities = [1: "Create", 2: "Update", 3: "Close"]
        let statuses = [1: "New", 3: "Suppressed", 4: "Resolved", 99: "Not applicable"]
        let compliance = [0: "Unknown", 1: "Pass", 3: "Fail", 99: "Not applicable"]
        for report in [SampleReports.night, SampleReports.quietBaseline] {
            for event in try events(report) {
                func id(_ value: SettingValue?) throws -> Int { Int(try #require(value?.integerValue)) }
                let activity = try id(event["activity_id"])
                #expect(event["class_uid"] == 2003 && event["category_uid"] == 2)
                #expect(try id(event["type_uid"]) == 200_300 + activity)
                #expect(event["activity_name"]?.stringValue == activities[activity])
                #expect(event["type_name"]?.stringValue == "Compliance Finding: " + (activities[activity] ?? ""))
                #expect(event["severity"]?.stringValue == severities[try id(event["severity_id"])])
                #expect(event["status"]?.stringValue == statuses[try id(event["status_id"])])
                #expect(
                    event["compliance"]?["status"]?.stringValue == compliance[try id(event["compliance"]?["status_id"])]
                )
                for (number, text) in [
                    ("time", "time_dt"), ("start_time", "start_time_dt"), ("end_time", "end_time_dt"),
                ] {
                    // Milliseconds: the text beside says the same moment.
                    #expect(
                        event[text]?.stringValue.flatMap { Timestamp(rfc3339: $0) }?.milliseconds
                            == event[number]?.integerValue)
                }
            }
        }
    }

    @Test func `an event's id is its own, and a finding's is the same in every run`() throws {
        let night = try events(SampleReports.night)
        let other = try events(SampleReports.quietBaseline)
        func ids(_ events: [SettingValue], _ path: [String]) -> Set<SettingValue> {
            Set(events.compactMap { event in path.reduce(Optional(event)) { $0?[$1] } })
        }
        #expect(ids(night, ["metadata", "uid"]).count == 250)
        #expect(ids(night, ["metadata", "uid"]).isDisjoint(with: ids(other, ["metadata", "uid"])))
        #expect(ids(night, ["finding_info", "uid"]).count == 250)
        #expect(ids(night, ["finding_info", "uid"]) == ids(other, ["finding_info", "uid"]))
    }

    @Test func `severity is the rule's where someone has to act, and informational elsewhere`() throws {
        #expect(try event("ACME", "LV-INT-001")["severity_id"] == 5)
        #expect(try event("EPSI", "LV-INT-001")["severity_id"] == 5)
        #expect(try event("CORAL", "LV-INT-004")["severity_id"] == 4)
        #expect(try event("SIGMA", "LV-INT-001")["severity_id"] == 1)
        #expect(try event("ACME", "LV-INT-002")["severity_id"] == 1)
    }

    @Test func `news create a finding, what was there updates it, and what is mended closes it`() throws {
        #expect(try event("ACME", "LV-INT-001")["activity_id"] == 1)
        #expect(try event("MARS", "LV-INT-001")["activity_id"] == 2)
        #expect(try event("VEGA", "LV-INT-005")["activity_id"] == 3)
    }

    @Test func `controls are standards and requirements, and what rests is kept under unmapped`() throws {
        let event = try event("ACME", "LV-INT-001")
        #expect(event["compliance"]?["standards"] == ["PCI-DSS-4.0", "NIST-800-53r5"])
        #expect(event["compliance"]?["requirements"] == ["PCI-DSS-4.0/8.3.2", "NIST-800-53r5/IA-5(1)"])
        #expect(event["unmapped"]?["verdict"] == "fail" && event["unmapped"]?["synthetic"] == false)
        #expect(event["unmapped"]?["comparisons"]?[0]?["actual"] == false)
        #expect(try self.event("CORAL", "LV-INT-004")["unmapped"]?["waiver"]?["approver"] == "ciso@example.com")
    }
}
