import AuditModel
import AuditPipeline
import Testing

struct StoredNightsTests {
    private func run(_ day: Int, _ state: AuditRun.State = .complete, kind: AuditRun.Kind = .full) -> AuditRun {
        let start = Timestamp(milliseconds: 1_761_955_200_000 + Int64(day - 1) * 86_400_000)
        return AuditRun(
            id: AuditRun.ID(environment: PipelineFixture.environment, startedAt: start),
            environment: PipelineFixture.environment, baseURL: "https://api.example.com", isSynthetic: false,
            kind: kind,
            state: state, startedAt: start, sealedAt: nil, policySet: nil, waiverSet: nil, toolVersion: "test",
            clientCount: 0)
    }

    private func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }

    private func days(_ runs: [AuditRun], _ since: String?, _ until: String?) throws -> [String] {
        try StoredNights(
            among: runs, since: since.map { try day($0) }, until: until.map { try day($0) }, zone: .utc
        ).days.map(\.description)
    }

    @Test func `sealed runs between two days count, both days included, by start`() throws {
        let runs = [run(4, .partial), run(2, kind: .fetchOnly), run(3), run(5, .open)]
        #expect(try days(runs, nil, nil) == ["2025-11-02", "2025-11-03", "2025-11-04"])
        #expect(try days(runs, "2025-11-03", "2025-11-03") == ["2025-11-03"])
        #expect(try days(runs, "2025-11-03", nil) == ["2025-11-03", "2025-11-04"])
        #expect(try days(runs, nil, "2025-11-02") == ["2025-11-02"])
        #expect(try StoredNights(among: runs, zone: .utc).last.days.map(\.description) == ["2025-11-04"])
    }

    private static let refusals: [(since: String?, until: String?, sentence: String)] = [
        (
            "2025-11-10", nil,
            "there is no sealed run since 2025-11-10; the stored ones are of 2025-11-02 to 2025-11-04."
        ),
        (
            nil, "2025-11-01",
            "there is no sealed run until 2025-11-01; the stored ones are of 2025-11-02 to 2025-11-04."
        ),
        (
            "2025-10-01", "2025-10-31",
            "there is no sealed run since 2025-10-01 until 2025-10-31; the stored ones are of 2025-11-02 to 2025-11-04."
        ), ("2025-11-04", "2025-11-02", "--since 2025-11-04 is after --until 2025-11-02; swap them."),
    ]

    @Test(arguments: refusals)
    func `no night between the days has its sentence`(since: String?, until: String?, sentence: String) throws {
        let error = #expect(throws: StoredNightsError.self) { try days([run(2), run(4)], since, until) }
        #expect(error?.description == sentence)
    }

    @Test func `an open run alone is no night`() {
        let error = #expect(throws: StoredNightsError.self) { try days([run(2, .open)], nil, nil) }
        #expect(error == .noRuns)
        #expect(error?.description == "there is no sealed run in this database yet; 'audit run' makes one.")
    }
}
