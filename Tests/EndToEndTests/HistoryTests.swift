import AuditModel
import AuditTestSupport
import Emulator
import Foundation
import Testing

/// The histories of the demo's clients, whose drift is planted: each change lies between the two nights that it was planted
/// between.
@Suite(.serialized)
struct HistoryTests {
    private static let database = ["--database", "snapshots/demo.sqlite"]
    private static let planned = EmulatorScenario.plannedChanges(clients: 25, seed: 7)

    /// The day of a night; the demo's first is 2026-11-01.
    private static func day(_ night: Int) -> String { night < 9 ? "2026-11-0\(night + 1)" : "2026-11-\(night + 1)" }

    @Test func `histories and causes of the demo are what was planted`() async throws {
        try await withTemporaryFolder { folder in
            let audit = AuditProcess(folder: folder)
            let demo = try await audit.run(
                "demo", "--policies", shippedPolicies, "--last-night", "2026-11-14T02:00:00Z")
            #expect(demo.status == 0, "\(demo.errors)")
            try await tellsEveryChange(audit)
            try await tellsVerdictsAndExposure(audit)
            try await tellsMissedNights(audit)
            try await explains(audit)
            try await isHeldToStrictSchemas(audit)
            try await namesResets(audit)
            try await understandsItsIDs(audit)
            try await refuses(audit)
        }
    }

    private func history(_ audit: AuditProcess, _ arguments: String...) async throws -> SettingValue {
        let told = try await audit.run(["history"] + arguments + ["--format", "json"] + Self.database)
        #expect(told.status == 0, "\(told.errors)")
        let json = try told.json()
        #expect(try JSONSchema.ofReports("audit-history").problems(of: json) == [], "\(arguments)")
        return json
    }

    /// What `audit why` tells as JSON, which is as its schema says.
    private func why(_ audit: AuditProcess, _ arguments: String...) async throws -> SettingValue {
        let told = try await audit.run(["why"] + arguments + ["--format", "json"] + Self.database)
        #expect(told.status == 0, "\(arguments): \(told.errors)")
        let json = try told.json()
        #expect(try JSONSchema.ofReports("audit-why").problems(of: json) == [], "\(arguments)")
        return json
    }

    private func isHeldToStrictSchemas(_ audit: AuditProcess) async throws {
        let victim = try #require(Self.planned.first { $0.path == "internal.encryptCcsPassword" }?.clientID)
        let documents = [
            ("audit-history", try await history(audit, String(victim)), 150),
            ("audit-why", try await why(audit, String(victim), "SEC-ENC-CCS"), 60),
        ]
        for (name, document, least) in documents {
            // Values of settings may be anything.
            let tried = try JSONSchema.ofReports(name).alterationsAccepted(
                of: document, free: name == "audit-why" ? [] : ["value", "from", "to"])
            #expect(tried.accepted.filter { !$0.contains("/lastMove/settings/") } == [], "\(name)")
            #expect(tried.count > least, "\(name)")
        }
    }

    private func tellsEveryChange(_ audit: AuditProcess) async throws {
        let kinds: [PlannedChange.Kind] = [.modified, .added, .removed]
        for number in 4199...4223 {
            var told: Set<String> = []
            for setting in try await history(audit, String(number))["settings"]?.arrayValue ?? [] {
                for change in setting["changes"]?.arrayValue ?? [] {
                    let days = ["after", "before"].map { change["interval"]?[$0]?["day"]?.stringValue ?? "" }
                    let values = ["from", "to"].map { change[$0].map(CanonicalJSON.text(of:)) ?? "" }
                    told.insert("\(setting["path"]?.stringValue ?? "") \(values) \(days)")
                    #expect(change["changedBy"]?.stringValue == "not assessed")
                }
            }
            let expected = Self.planned.filter { $0.clientID == number && kinds.contains($0.kind) }.map { change in
                let values = [change.from ?? "null", change.to ?? "null"].map { text in
                    (try? JSONReader.value(of: Array(text.utf8))).map(CanonicalJSON.text(of:)) ?? text
                }
                return "\(change.path ?? "") \(values) \([Self.day(change.night - 1), Self.day(change.night)])"
            }
            #expect(told == Set(expected), "client \(number)")
        }
    }

    /// One client's encryption is off from night 3 to night 5.
    private func tellsVerdictsAndExposure(_ audit: AuditProcess) async throws {
        let path = "internal.encryptCcsPassword"
        let victim = try #require(Self.planned.first { $0.path == path }?.clientID)
        let told = try await history(audit, String(victim), path)
        let setting = try #require(told["settings"]?.arrayValue?.first)
        #expect(setting["oscillations"]?.arrayValue?.first?["changes"]?.integerValue == 2)
        let rules = setting["changes"]?.arrayValue?.map { $0["verdicts"]?.arrayValue?.first?["rule"]?.stringValue }
        #expect(rules == ["SEC-ENC-CCS", "SEC-ENC-CCS"])
        let exposure = try #require(told["exposure"]?.arrayValue?.first)
        #expect(exposure["failingSecondsAtLeast"]?.integerValue == 172_800)
        #expect(exposure["failingSecondsAtMost"]?.integerValue == 345_600)
        let text = try await audit.run(["history", String(victim), path] + Self.database)
        #expect(text.output.contains("false and back"))
        #expect(text.output.contains("2 to 4"))
        let csv = try await audit.run(["history", String(victim), path, "--format", "csv"] + Self.database)
        #expect(csv.output.split(whereSeparator: \.isNewline).count == 3)
        let later = try await history(audit, String(victim), path, "--since", "2026-11-05")
        #expect(later["settings"]?.arrayValue?.first?["changes"]?.arrayValue?.count == 1)
    }

    /// One client is denied on night 8 alone.
    private func tellsMissedNights(_ audit: AuditProcess) async throws {
        let denied = try #require(Self.planned.first { $0.kind == .accessDenied }?.clientID)
        let told = try await history(audit, String(denied), "internal.callRecordingDays")
        let value = try #require(told["settings"]?.arrayValue?.first?["values"]?.arrayValue?.first)
        let missed = value["missedWithin"]?.arrayValue ?? []
        #expect(missed.map { $0["day"]?.stringValue } == ["2026-11-09"])
        #expect(missed.first?["reason"]?.stringValue == "forbidden")
        let text = try await audit.run(["history", String(denied)] + Self.database)
        #expect(text.output.contains("Not captured: all groups on 2026-11-09 (forbidden)."))
    }

    private func explains(_ audit: AuditProcess) async throws {
        let report = try await audit.run(["report", "--output", "json=-"] + Self.database).json()
        let findings = (report["failures"]?.arrayValue ?? []) + (report["unknowns"]?.arrayValue ?? [])
        #expect(findings.count > 5)
        // Every id that a report prints leads to its own client and rule.
        for finding in findings.prefix(8) {
            let id = try #require(finding["id"]?.stringValue)
            let story = try await why(audit, id)
            #expect(story["rule"] == finding["rule"])
            #expect(story["client"]?["number"] == finding["client"]?["number"])
            #expect(story["current"]?["verdict"]?.stringValue == "fail")
        }
        let expiry = try #require(Self.planned.first { $0.path == "internal.passwordExpirationDays" })
        let move = try #require(try await why(audit, String(expiry.clientID), "SEC-EXP-ON")["lastMove"])
        #expect(move["causes"] == ["setting"])
        #expect(move["settings"]?.arrayValue?.map { $0["path"] } == [.string("internal.passwordExpirationDays")])
        #expect(move["before"]?["day"]?.stringValue == Self.day(expiry.night - 1))
        #expect(move["after"]?["day"]?.stringValue == Self.day(expiry.night))
        // A client that is gone: its verdicts are unknown, since nothing could be read.
        let gone = try #require(Self.planned.first { $0.kind == .clientRemoved })
        let lost = try await audit.run(["why", String(gone.clientID), "CHG-COUNTRIES"] + Self.database)
        #expect(lost.output.contains("Cause: evidence."))
        _ = try await why(audit, String(gone.clientID), "CHG-COUNTRIES")
        #expect(lost.output.contains("countries: captured → not captured (loginRefused)"))
    }

    /// HARROW01's scope of strategies goes back to what the vendor documents as the default.
    private func namesResets(_ audit: AuditProcess) async throws {
        let text = try await audit.run(["history", "4206"] + Self.database)
        #expect(text.output.contains("true  false (the vendor's default)"), "\(text.output)")
        let csv = try await audit.run(["history", "4206", "--format", "csv"] + Self.database)
        #expect(csv.output.contains("settings.restrictStrategiesScope,1,true,false,false,false,true,"), "\(csv.output)")
        let json = try await history(audit, "4206")
        #expect(json["settings"]?[0]?["changes"]?[0]?["toIsDefault"] == true)
        let other = try await history(audit, "4200")
        #expect(other["settings"]?[0]?["changes"]?[0]?["toIsDefault"] == false)
    }

    /// What a report prints is understood wherever it can be meant.
    private func understandsItsIDs(_ audit: AuditProcess) async throws {
        let runs = try await audit.run(["snapshot", "list", "--format", "json"] + Self.database).json()
        let short = try #require(runs[4]?["run"]?.stringValue).prefix(8)
        let since = try await history(audit, "4210", "--since", String(short))
        #expect(since["nights"]?["first"]?["day"]?.stringValue == Self.day(4))
        let until = try await audit.run(["why", "4210", "SEC-ENC-CCS", "--until", String(short)] + Self.database)
        #expect(until.status == 0 && until.output.contains("(\(short)"), "\(until.output)\(until.errors)")
        let report = try await audit.run(
            ["report", String(short), "--quiet", "--output", "ocsf=-", "--all"] + Self.database)
        let event = try #require(
            report.output.split(separator: "\n").first { $0.contains("SEC-ENC-CCS") && $0.contains("4210") })
        let uuid = try #require(event.firstMatch(of: /"uid":"([0-9a-f-]{36})","uid_alt":"(F-[0-9a-f]{8})"/))
        #expect(uuid.1.hasPrefix(uuid.2.dropFirst(2)))
        for id in [String(uuid.1), uuid.1.uppercased(), String(uuid.2)] {
            let why = try await audit.run(["why", id] + Self.database)
            #expect(why.status == 0 && why.output.contains(", demo/4210 TAMARACK01, SEC-ENC-CCS"), "\(why.errors)")
            let told = try await history(audit, id)
            #expect(told["client"]?["number"] == 4210 && told["settings"]?.arrayValue?.count == 1)
            #expect(told["settings"]?[0]?["path"] == "internal.encryptCcsPassword", "\(told)")
        }
    }

    private func refuses(_ audit: AuditProcess) async throws {
        for (arguments, sentence) in [
            (["history", "nobody"], "no client 'nobody'"), (["history", "4199", "internl.x"], "PATH internl.x"),
            (["history", "4199", "--since", "2026-11-31"], "--since 2026-11-31"),
            (["why", "F-00000000"], "no finding 'F-00000000'"),
            (["history", "4199", "--until", "00000000"], "no run has an id"), (["why", "4199"], "write a rule, too"),
            (["why", "4199", "SEC-EXP-OM"], "Did you mean 'SEC-EXP-ON'?"),
            (["history", "4199", "internal.nope"], "no document of demo/4199 in these nights has it"),
            (
                ["history", "4199", "internal.paswordExpirationDay"],
                "Did you mean 'internal.passwordExpirationDays'?"
            ),
            (
                ["history", "4199", "internal.restrictStrategiesScope"],
                "Did you mean 'settings.restrictStrategiesScope'?"
            ),
            (["diff", "previous", "latest", "--path", "internal.nope"], "no document of the two runs has it"),
            (["prove", "--client", "4199", "--path", "internal.nope"], "no setting 'internal.nope' is known"),
        ] {
            let result = try await audit.run(arguments + Self.database)
            #expect(result.status == 2, "\(arguments)")
            #expect(result.errors.contains(sentence), "\(result.errors)")
        }
    }
}
