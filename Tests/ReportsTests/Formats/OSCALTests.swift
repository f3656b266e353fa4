import AuditModel
import AuditTestSupport
import Testing

@testable import Reports

/// What ties the parts of OSCAL assessment results together, which the schema does not check.
struct OSCALTests {
    private func document(_ report: AuditReport) throws -> SettingValue {
        try #require(try JSONReader.value(of: ReportRenderer.bytes(of: report, as: .oscal))["assessment-results"])
    }

    private func list(_ document: SettingValue, _ name: String) -> [SettingValue] {
        document["results"]?[0]?[name]?.arrayValue ?? []
    }

    @Test func `ids are unique, and every reference leads somewhere`() throws {
        for report in [SampleReports.night, SampleReports.quietBaseline] {
            let document = try document(report)
            let items = document["results"]?[0]?["local-definitions"]?["inventory-items"]?.arrayValue ?? []
            let observations = list(document, "observations")
            let risks = list(document, "risks")
            let findings = list(document, "findings")
            let ids = (items + observations + risks + findings).compactMap { $0["uuid"]?.stringValue }
            #expect(
                Set(ids).count == ids.count
                    && ids.count == items.count + observations.count + risks.count + findings.count)
            func known(_ values: [SettingValue]) -> Set<SettingValue> { Set(values.compactMap { $0["uuid"] }) }
            for observation in observations {
                #expect(known(items).contains(try #require(observation["subjects"]?[0]?["subject-uuid"])))
            }
            for finding in findings + risks {
                let related = try #require(finding["related-observations"]?[0]?["observation-uuid"])
                #expect(known(observations).contains(related))
                if let risk = finding["related-risks"]?[0]?["risk-uuid"] { #expect(known(risks).contains(risk)) }
            }
            let objectives = document["results"]?[0]?["reviewed-controls"]?["control-objective-selections"]?[0]?[
                "include-objectives"]?.arrayValue?.compactMap { $0["objective-id"] }
            for finding in findings {
                #expect(objectives?.contains(try #require(finding["target"]?["target-id"])) == true)
            }
        }
    }

    @Test func `a client is the same item in every run, a finding's id is its run's own`() throws {
        let night = try document(SampleReports.night)
        let baseline = try document(SampleReports.quietBaseline)
        func ids(_ document: SettingValue, _ path: [String]) -> Set<SettingValue> {
            let values = path.reduce(document["results"]?[0]) { $0?[$1] }?.arrayValue ?? []
            return Set(values.compactMap { $0["uuid"] })
        }
        let items = ["local-definitions", "inventory-items"]
        #expect(ids(night, items) == ids(baseline, items) && ids(night, items).count == 25)
        #expect(ids(night, ["observations"]).isDisjoint(with: ids(baseline, ["observations"])))
        #expect(night["uuid"] != baseline["uuid"])
    }

    @Test func `a waived failure is a risk with an approved deviation, until the waiver's last day`() throws {
        let risks = list(try document(SampleReports.night), "risks")
        #expect(risks.count == 25)
        let waived = risks.filter { $0["status"] == "deviation-approved" }
        #expect(waived.count == 2 && waived.allSatisfy { $0["deadline"] == "2026-11-25T23:59:59Z" })
        let names = waived[0]["props"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
        for name in ["waiver", "waiver-reason", "waiver-owner", "waiver-approver", "waiver-ticket", "waiver-expires"] {
            #expect(names.contains(name))
        }
        var report = SampleReports.night
        report.waived[0].waiver?.expires = SampleFleet.day("9999-12-31")
        #expect(list(try document(report), "risks").count { $0["deadline"] != nil } == 1)
    }

    @Test func `controls are selected by standard`() throws {
        let selections = try document(SampleReports.night)["results"]?[0]?["reviewed-controls"]?["control-selections"]
        let ids = (selections?.arrayValue ?? []).flatMap { $0["include-controls"]?.arrayValue ?? [] }
            .compactMap { $0["control-id"]?.stringValue }
        #expect(selections?.arrayValue?.count == 3)
        #expect(ids.contains("PCI-DSS-4.0_8.3.4") && ids.contains("NIST-800-53r5_IA-5_1_"))
    }

    @Test(arguments: [
        ("PCI-DSS-4.0/8.3.4", "PCI-DSS-4.0_8.3.4"), ("47-CFR-64.1200(c)(1)", "_47-CFR-64.1200_c__1_"), ("", "_"),
        ("ä b", "ä_b"), ("-x", "_-x"), ("/", "_"),
    ])
    func `an id is made a token`(id: String, token: String) {
        #expect(OSCALText.token(id) == token)
    }

    /// Titles and descriptions are Markdown: what came from outside must show as it is.
    @Test func `nothing untrusted is Markdown`() throws {
        let text = String(
            decoding: ReportRenderer.bytes(
                of: HostileReports.night("**bold** [x](https://e.x) <img> | `c`"), as: .oscal),
            as: UTF8.self)
        let document = try JSONReader.value(of: text)
        let descriptions = list(try #require(document["assessment-results"]), "observations").compactMap {
            $0["description"]?.stringValue
        }
        #expect(descriptions.count == 250)
        for description in descriptions {
            #expect(!description.contains("**bold") && !description.contains("[x](") && !description.contains("<img"))
        }
    }
}
