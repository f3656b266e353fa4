import AuditModel
import AuditPipeline
import Testing

struct RunSelectionTests {
    private let now = Timestamp(rfc3339: "2026-11-23T12:00:00Z")!  // a constant that is plainly a date

    private func run(_ start: String, state: AuditRun.State = .complete) throws -> AuditRun {
        let startedAt = try #require(Timestamp(rfc3339: start))
        let environment = EnvironmentName("na3")
        return AuditRun(
            id: AuditRun.ID(environment: environment, startedAt: startedAt), environment: environment, baseURL: "x",
            isSynthetic: false, kind: .full, state: state, startedAt: startedAt, sealedAt: nil, policySet: nil,
            waiverSet: nil, toolVersion: "1", clientCount: 1)
    }

    private func select(_ text: String, _ runs: [AuditRun]) throws(RunSelectionError) -> RunSelection {
        try RunSelection.resolve(text, among: runs, zone: .utc, now: now)
    }

    @Test func `a date stands for the latest sealed run that started on or before it`() throws {
        let runs = [
            try run("2026-10-29T02:00:00Z"), try run("2026-11-05T02:00:00Z"), try run("2026-11-05T20:00:00Z"),
            try run("2026-11-06T02:00:00Z", state: .open),
        ]
        #expect(try select("2026-10-29", runs).note == nil)
        let earlier = try select("2026-11-01", runs)
        #expect(earlier.run == runs[0])
        #expect(earlier.note == "3 days earlier")
        #expect(try select("2026-11-05", runs).run == runs[2])
        #expect(try select("2026-11-06", runs).run == runs[2])
        #expect(try select("2026-11-06", runs).note == "1 day earlier")
    }

    @Test func `words and the beginning of an id choose a run`() throws {
        let runs = [try run("2026-11-05T02:00:00Z"), try run("2026-11-04T02:00:00Z")]
        #expect(try select("latest", runs).run == runs[0])
        #expect(try select("previous", runs).run == runs[1])
        #expect(try select(runs[1].id.short, runs).run == runs[1])
        #expect(try select(runs[1].id.rawValue, runs).run == runs[1])
    }

    @Test func `two runs the wrong way round are told once, with their days where those are not what was asked`() throws
    {
        let runs = [try run("2026-11-04T02:00:00Z"), try run("2026-11-05T02:00:00Z")]
        func disorder(_ from: String, _ to: String) throws -> String? {
            RunSelection.disorder(from: try select(from, runs), to: try select(to, runs))
        }
        #expect(try disorder("2026-11-04", "latest") == nil)
        #expect(try disorder("latest", "latest") == nil)
        #expect(try disorder("2026-11-05", "2026-11-04") == "2026-11-05 is after 2026-11-04")
        #expect(
            try disorder("2026-11-09", "previous")
                == "2026-11-09 (the run of 2026-11-05) is after previous (the run of 2026-11-04)")
    }

    @Test func `what chooses no run says why and what to do`() throws {
        let only = try run("2026-11-05T02:00:00Z")
        func sentence(_ text: String, _ runs: [AuditRun]) -> String {
            do {
                return "found \(try select(text, runs).run.id)"
            } catch {
                return error.description
            }
        }
        #expect(sentence("latest", []) == "there is no sealed run in this database yet; 'audit run' makes one.")
        #expect(
            sentence("2026-11-01", [only])
                == "2026-11-01 is before the first run, which is of 2026-11-05; choose 2026-11-05 or a later day.")
        #expect(sentence("2026-11-24", [only]) == "2026-11-24 is in the future; today is 2026-11-23.")
        #expect(
            sentence("yesterday", [only])
                == "'yesterday' is no date (YYYY-MM-DD), no run id, and neither 'latest' nor 'previous'.")
        #expect(sentence("2026-02-30", [only]).hasPrefix("'2026-02-30' is no date"))
        #expect(sentence("0000", [only]).hasPrefix("no run has an id that begins with '0000'"))
        #expect(sentence("previous", [only]).hasPrefix("there is only one sealed run"))
    }
}
