import AuditModel
import AuditTestSupport
import Policies
import SnapshotStore
import Testing

@testable import AuditPipeline

/// A trend says of each night what that night's own report said, from the store alone.
struct TrendTests {
    private func waivers(_ clients: String, from: String, expires: String, condition: String? = nil) throws -> WaiverSet
    {
        let text = """
            waivers:
              - {id: W-1, rule: R-LOCK, clients: [\(clients)], reason: r, owner: o, approver: a, from: \(from), expires: \(expires)\
            \(condition.map { ", while: {internal.maxFailedCcsLoginAttempts: {\($0)}}" } ?? "")}

            """
        return try #require(WaiverLoader.load([PolicyFile(name: "w.yaml", text: text)]).waiverSet)
    }

    /// Runs the night of a day of November 2025, in which the second is day 1.
    private func night(
        _ day: Int, in fixture: PipelineFixture, limit: Int = 5, waivers: WaiverSet? = nil, isFetchOnly: Bool = false
    ) async throws -> AuditReport {
        let now = Timestamp(milliseconds: 1_761_955_200_000 + Int64(day) * 86_400_000)
        return try await NightlyAudit(
            store: fixture.store, environment: PipelineFixture.environment,
            address: EnvironmentAddress(baseURL: "https://api.example.com", isSynthetic: false),
            roster: fixture.clients, policies: isFetchOnly ? nil : try PipelineFixture.policySet(limit: limit),
            waivers: waivers ?? WaiverSet.none, toolVersion: "test"
        ).run(from: fixture.source, clock: { now }).report
    }

    @Test func `whatever happened, each night is told as its own report told it`() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        print("seed \(seed)")
        var fixture = try PipelineFixture(clients: [1, 2, 3, 4, 5])
        var told: [TrendPoint] = []
        for day in 1...24 {
            let number = Int.random(in: 1...5, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: fixture.source.bodies[number]?[.internal] = .failure(CaptureFailure(.timedOut))
            default:
                fixture.source.bodies[number] = PipelineFixture.answers(
                    code: "C\(number)", encrypted: Bool.random(using: &random),
                    lockout: Int.random(in: 0...12, using: &random))
            }
            let limit = Int.random(in: 0..<6, using: &random) == 0 ? 8 : 5
            let report = try await night(
                day, in: fixture, limit: limit,
                waivers: try waivers(
                    "2, 3", from: "2025-11-06", expires: "2025-11-19",
                    condition: Bool.random(using: &random) ? "atMost: 10" : nil))
            told.append(report.trendPoint)
            #expect(report.trend == told, "day \(day)")
        }
        #expect(told.contains { $0.counts.waived > 0 } && told.contains { $0.state == .partial })
        #expect(Set(told.map(\.policySet)).count == 2)
        // A stored run is told again as it was told then.
        let run = try #require(try fixture.store.runs().dropLast(4).last)
        let again = try Chronicle(store: fixture.store, zone: .utc).report(of: run, judgedBy: .recorded)
        #expect(again.trend == Array(told.dropLast(4)))
    }

    @Test func `a client that was never asked for is no collected one`() async throws {
        var fixture = try PipelineFixture()
        fixture.source.stopsAfter = 1
        _ = try? await night(1, in: fixture)
        fixture.source.stopsAfter = .max
        // The next night seals the one that broke off, as it was.
        let report = try await night(2, in: fixture)
        #expect(report.trend.map(\.clientsCollected) == [1, 3])
        #expect(report.trend.map(\.clientsExpected) == [3, 3])
        #expect(report.trend.map(\.state) == [.partial, .complete])
        #expect(report.trend[0].counts.unknown == 4)
    }

    @Test func `it is of thirty nights at most, of those that were judged alone, and of no assumption`() async throws {
        let fixture = try PipelineFixture(clients: [1])
        for day in 1...31 { _ = try await night(day, in: fixture) }
        let fetched = try await night(32, in: fixture, isFetchOnly: true)
        #expect(fetched.trend.isEmpty)
        let report = try await night(33, in: fixture)
        #expect(report.trend.count == 30)
        #expect(report.trend.map(\.day) == report.trend.map(\.day).sorted())
        #expect(!report.trend.contains { $0.runID == fetched.run.id })
        let assumed = try Chronicle(store: fixture.store, zone: .utc).report(
            of: report.run,
            judgedBy: .policies(
                try PipelineFixture.policySet(),
                assuming: [try SettingPath(dotted: "internal.maxFailedCcsLoginAttempts"): 9]))
        #expect(assumed.trend.isEmpty && !assumed.failures.isEmpty)
    }

    @Test func `waivers are looked up within a limit, for the newest nights first, and the others say so`() async throws
    {
        var fixture = try PipelineFixture()
        fixture.source.bodies[2] = PipelineFixture.answers(code: "C2", lockout: 9)
        let waivers = try waivers("1, 2", from: "2025-11-01", expires: "2025-11-30")
        for day in 1...4 { _ = try await night(day, in: fixture, waivers: waivers) }
        let last = try await night(5, in: fixture, waivers: waivers)
        let reader = TrendReader(store: fixture.store, zone: .utc, waiverLimit: 5) { run in
            WaiversOnDay(waivers, on: DayZone.utc.day(of: run.startedAt))
        }
        let points = try reader.points(before: last.run)
        #expect(points.map(\.isWaivedApart) == [false, false, true, true])
        #expect(points.map(\.counts.waived) == [0, 0, 1, 1])
        #expect(points.map { $0.counts.fail + $0.counts.waived } == [1, 1, 1, 1])
    }
}
