import AuditModel
import AuditTestSupport
import Foundation
import Testing

@testable import Reports

struct RunNotificationTests {
    private let all = RunNotification.Event.allCases

    private func message(_ report: AuditReport, attempt: Int = 1) -> RunNotification {
        RunNotification(
            report: report, events: RunNotification.events(of: report, among: all),
            standing: RunNotification.Standing(
                run: SampleFleet.run("2026-10-29T02:00:00Z").id, day: SampleFleet.day("2026-10-29"), nights: 4),
            attempt: attempt)
    }

    private func schema() throws -> JSONSchema {
        let file = packageRoot.appending(path: "Sources/Reports/Schemas/audit-notification.schema.json")
        return JSONSchema(try JSONReader.value(of: Array(Data(contentsOf: file))))
    }

    // MARK: Events

    @Test func `a night's events are those that hold and are asked for`() {
        let night = SampleReports.night
        #expect(RunNotification.events(of: night, among: all) == [.new, .fixed, .incomplete])
        #expect(RunNotification.events(of: night, among: [.alive, .fixed]) == [.fixed])
        #expect(RunNotification.events(of: night, among: []) == [])
    }

    @Test func `a baseline has no news, and a sign of life where nothing else is told`() {
        let baseline = SampleReports.quietBaseline
        #expect(RunNotification.events(of: baseline, among: [.new, .fixed, .incomplete]) == [])
        #expect(RunNotification.events(of: baseline, among: all) == [.alive])
        var failing = baseline
        failing.failures = SampleReports.failures.map { finding in
            var finding = finding
            finding.transition = .firstSeen
            return finding
        }
        #expect(RunNotification.events(of: failing, among: all) == [.alive])
    }

    @Test func `only what is missing or cannot be trusted makes a night incomplete`() {
        var report = SampleReports.quietBaseline
        for status in ExitStatus.allCases {
            report.conditions = [ExitCondition(status, "…")]
            let isGap = status != .success && status != .findings
            #expect(RunNotification.events(of: report, among: [.incomplete]) == (isGap ? [.incomplete] : []))
        }
    }

    @Test func `a failure whose waiver has ended is news, though it failed before`() throws {
        var report = SampleReports.night
        report.verdictChanges = report.verdictChanges.filter { $0.waiverBefore != nil }
        report.failures = report.failures.filter { $0.client.code == "PAX" }
        #expect(report.failures.map(\.transition) == [.still])
        let news = RunNotification(report: report, events: [.new]).newFailures
        #expect(news.map(\.cause) == [.waiverEnded])
        #expect(RunNotification.events(of: report, among: [.new]) == [.new])
    }

    @Test func `findings below the least severity are no news`() {
        let report = SampleReports.night
        func count(_ severity: Severity?) -> [Int] {
            let message = RunNotification(report: report, events: [], minimumSeverity: severity)
            return [message.newFailures.count, message.fixed.count]
        }
        #expect(count(nil) == [4, 2])
        #expect(count(.info) == [4, 2])
        let severities = RunNotification(report: report, events: []).newFailures.compactMap(\.severity)
        for severity in Severity.allCases {
            #expect(count(severity)[0] == severities.count { $0 >= severity })
        }
    }

    @Test func `what a run says is the same by content, whatever its order and day`() {
        let night = SampleReports.night
        var other = night
        other.failures.reverse()
        other.conditions.reverse()
        other.completeness.failures.reverse()
        other.run = SampleFleet.run("2026-11-02T02:00:00Z")
        for event in all {
            #expect(message(night).content(of: event) == message(other).content(of: event))
        }
        #expect(Set(all.map { message(night).content(of: $0) }).count == all.count)
        other.completeness.failures.removeLast()
        #expect(message(night).content(of: .incomplete) != message(other).content(of: .incomplete))
    }

    // MARK: JSON

    @Test func `a message is as its schema says, whatever strings a run has`() throws {
        let schema = try schema()
        let reports =
            [SampleReports.night, SampleReports.quietBaseline, SampleReports.nothing]
            + HostileReports.strings.map(HostileReports.shortNight)
        for report in reports {
            let value = try JSONReader.value(of: message(report).body(as: .json))
            #expect(schema.problems(of: value) == [])
            #expect(try JSONReader.value(of: message(report).text(as: .json)) == value)
        }
        var empty = message(SampleReports.night)
        empty.events = []
        #expect(schema.problems(of: try JSONReader.value(of: empty.body(as: .json))) != [])
    }

    @Test func `a message says what is told and how much is left out`() throws {
        var report = SampleReports.night
        report.failures = (0..<30).map { index in
            var finding = report.failures[0]
            finding.client.code = "C\(index)"
            return finding
        }
        let value = try JSONReader.value(of: message(report, attempt: 3).body(as: .json))
        #expect(value["events"] == ["new", "fixed", "incomplete"])
        #expect(value["new"]?["count"] == 30)
        #expect(value["new"]?["omitted"] == 10)
        #expect(value["new"]?["listed"]?.arrayValue?.count == 20)
        let first = try #require(value["new"]?["listed"]?.arrayValue?.first)
        let client = report.failures[0].client.id
        #expect(first["sentence"] == .string("C0 (\(client)): internal.encryptCcsPassword is false, expected true."))
        #expect(first["changedSettings"]?["listed"] == ["internal.encryptCcsPassword"])
        #expect(value["attempt"] == 3)
        #expect(value["incomplete"]?["since"]?["day"] == "2026-10-29")
        #expect(value["incomplete"]?["captures"]?["count"] == 3)
        #expect(value["exitStatus"] == 3)
        let other = RunNotification(report: report, events: [.fixed])
        #expect(try JSONReader.value(of: other.body(as: .json))["new"] == .null)
    }

    @Test func `the id is the message's, not the attempt's`() {
        let night = SampleReports.night
        #expect(message(night).id == message(night, attempt: 2).id)
        #expect(
            RunNotification(report: night, events: [.new]).id != RunNotification(report: night, events: [.fixed]).id)
        #expect(message(night).id != message(SampleReports.quietBaseline).id)
    }

    @Test func `the same run gives the same bytes, one line without anything invisible`() {
        for format in RunNotification.Format.allCases {
            for report in [SampleReports.night] + HostileReports.strings.map(HostileReports.shortNight) {
                let bytes = message(report).body(as: format)
                #expect(bytes == message(report).body(as: format))
                #expect(!String(decoding: bytes, as: UTF8.self).unicodeScalars.contains(where: VisibleText.isInvisible))
                #expect(bytes.count < 100_000)
            }
        }
    }
}
