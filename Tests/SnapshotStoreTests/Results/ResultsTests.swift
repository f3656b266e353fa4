import AuditModel
import GRDB
import Testing

@testable import SnapshotStore

struct ResultsTests {
    private let vector = [
        RuleResult(ruleID: "LV-INT-001", verdict: .pass),
        RuleResult(
            ruleID: "LV-INT-002", verdict: .fail,
            comparisons: [
                Comparison(
                    path: SettingPath(.internal, key: "maxFailedCcsLoginAttempts"), expected: "at most 5", actual: 10,
                    reason: .violated),
                Comparison(
                    path: SettingPath(.internal, key: "odd \"key\""), expected: "", actual: nil, reason: .absent,
                    isNegated: true, note: "0 may mean off"),
                Comparison(
                    path: SettingPath(.internal, key: "x"), expected: "true", actual: .null, reason: .null, note: ""),
                Comparison(
                    path: SettingPath(
                        .messaging,
                        [
                            .key("property"), .selected(key: "key", value: "requeue_limit", occurrence: 1),
                            .selected(key: "id", value: 2.5, occurrence: nil), .index(3), .each, .key("value"),
                        ]), expected: "e\u{301}", actual: ["a": [1, nil, 1e300]], reason: .wrongType),
            ], message: "é\u{0}"),
        RuleResult(ruleID: "LV-INT-003", verdict: .unknown, missing: [.internal, .countries]),
        RuleResult(ruleID: "LV-INT-004", verdict: .notApplicable, notApplicableReason: "out of scope"),
        RuleResult(ruleID: "LV-INT-005", verdict: .pass, message: ""),
        RuleResult(
            ruleID: "LV-INT-006", verdict: .pass,
            comparisons: [
                Comparison(path: SettingPath(.settings), expected: "", actual: true, reason: .satisfied, note: "n")
            ]),
    ]

    @Test func `any result reads back as it was, whatever its path and values`() throws {
        #expect(try ResultsCode.results(of: ResultsCode.value(of: vector)) == vector)
        let text = CanonicalJSON.text(of: ResultsCode.value(of: vector))
        #expect(text.hasPrefix(#"["LV-INT-001",{"comparisons":[{"actual":10,"#))
        #expect(try ResultsCode.results(of: JSONReader.value(of: text)) == vector)
    }

    @Test(arguments: [
        "{}", "[1]", "[{}]", #"[{"rule":"a","verdict":"maybe"}]"#,
        #"[{"rule":"a","verdict":"fail","comparisons":[{}]}]"#,
    ])
    func `results that cannot be read are an error, never a pass`(json: String) throws {
        let value = try JSONReader.value(of: json)
        #expect(throws: StoreError.self) { try ResultsCode.results(of: value) }
    }

    @Test func `equal vectors are stored once, whatever they were computed for`() throws {
        let store = try SnapshotStore.withEnvironment()
        let keys = (0..<3).map { Digest(of: "key \($0)") }
        let ids = try store.store([
            (key: keys[0], results: vector), (key: keys[1], results: vector),
            (key: keys[2], results: Array(vector.prefix(1))),
        ])
        #expect(ids[0] == ids[1])
        #expect(ids[0] != ids[2])
        #expect(try store.resultsIDs(forEvaluations: [keys[2], Digest(of: "x"), keys[0]]) == [ids[2], nil, ids[0]])
        #expect(try store.results(ids[0]) == vector)
        #expect(try store.results(of: ids) == [ids[0]: vector, ids[2]: Array(vector.prefix(1))])
        #expect(try store.statistics().results == 2)
    }

    @Test func `a key keeps its first results`() throws {
        let store = try SnapshotStore.withEnvironment()
        let key = Digest(of: "key")
        let first = try store.store([(key: key, results: vector)])
        #expect(try store.store([(key: key, results: [])]) == first)
        #expect(try store.resultsID(forEvaluation: key) == first[0])
    }

    @Test func `a night carries its results`() throws {
        let store = try SnapshotStore.withEnvironment()
        let id = try store.store([(key: Digest(of: "key"), results: vector)])[0]
        let run = newRun(night: 0, clients: 1)
        try store.beginRun(run, roster: [client(1)])
        var night = ClientNight(
            number: 1, captures: try store.documents(marked: 0), times: PerGroup(repeating: nil), results: id)
        try store.append([night], to: run.id)
        #expect(try store.nights(of: run.id).map(\.results) == [id])
        night.results = ResultsID(id.rawValue + 1)
        #expect(storeError { try store.append([night], to: run.id) } != nil)
        #expect(try store.nights(of: run.id).map(\.results) == [id])
    }

    @Test func `policy texts come back by the digest of their set`() throws {
        let store = try SnapshotStore.withEnvironment()
        let texts = [
            PolicyText(name: "b.yaml", text: "policy: b\n"), PolicyText(name: "a.yaml", text: "policy: é\u{0}"),
            PolicyText(name: "c.yaml", text: "policy: b\n"),
        ]
        let set = try store.save(texts)
        #expect(set == PolicyText.setDigest(of: texts.reversed()))
        #expect(try store.save(texts.reversed()) == set)
        #expect(try store.policyTexts(ofSet: set) == [texts[1], texts[0], texts[2]])
        #expect(try store.policyTexts(ofSet: Digest(of: "x")) == nil)
        let edited = try store.save([texts[0]])
        #expect(edited != set)
        #expect(try store.save([PolicyText(name: "d.yaml", text: texts[0].text)]) != edited)
        #expect(try store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM policy_text") } == 2)
    }
}
