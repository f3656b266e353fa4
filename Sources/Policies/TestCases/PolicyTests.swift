public import AuditModel

/// The test cases of a policy: a base client, and cases that change it and state the verdicts they expect.
public struct PolicyTests: Sendable {
    /// One case.
    public struct Case: Sendable {
        /// Its name, unique in the file.
        public var name: String
        /// Where it starts.
        public var place: SourcePlace
        /// The client that it judges: the base with the case's changes.
        public var snapshot: Snapshot
        /// The day that the case plays on; nil where it does not matter, and no waiver holds.
        public var today: CalendarDay?
        /// The expected verdicts, by rule id.
        public var expected: [ExpectedVerdict]
    }

    /// What a case states about one rule.
    public struct ExpectedVerdict: Sendable, Hashable {
        /// The rule.
        public var ruleID: String
        /// The computed verdict.
        public var verdict: Verdict
        /// Whether a waiver must lie over it; where not, none may.
        public var isWaived: Bool
    }

    /// The file's name, as it was given.
    public let file: String
    /// The cases, in the order of the file.
    public let cases: [Case]
    /// The waivers that stand with the cases; they hold in cases with a `today`.
    public let waivers: WaiverSet

    /// One expectation, held against what came out.
    public struct Expectation: Sendable, Hashable {
        /// The rule.
        public var ruleID: String
        /// What the case states.
        public var expected: Verdict
        /// What came out, with its comparisons.
        public var actual: RuleResult
        /// Whether the case expects a waiver over the failure.
        public var expectsWaiver = false
        /// The id of the waiver that lies over the failure; nil where none does.
        public var waiver: String?

        /// Whether both agree.
        public var isMet: Bool { actual.verdict == expected && expectsWaiver == (waiver != nil) }
        /// `fail`, or `waived`.
        public var expectedWord: String { expectsWaiver ? "waived" : expected.rawValue }
        /// `fail`, or `waived (W-2026-014)`.
        public var actualWord: String { waiver.map { "waived (\($0))" } ?? actual.verdict.rawValue }
    }

    /// What came of one case.
    public struct CaseResult: Sendable, Hashable {
        /// The case's name.
        public var name: String
        /// Where the case starts.
        public var place: SourcePlace
        /// Its expectations, by rule id.
        public var expectations: [Expectation]

        /// Whether all expectations are met.
        public var hasPassed: Bool { expectations.allSatisfy(\.isMet) }
    }

    /// What came of all cases.
    public struct Report: Sendable, Hashable {
        /// The file's name.
        public var file: String
        /// One for each case, in the order of the file.
        public var cases: [CaseResult]
        /// The rules that no case makes fail as it expects to, by id: nothing shows that they can fail at all.
        public var rulesNeverFailing: [String]

        /// Whether every case has passed.
        public var hasPassed: Bool { cases.allSatisfy(\.hasPassed) }
    }

    /// Judges every case.
    public func run(on policySet: PolicySet) -> Report {
        var failing: Set<String> = []
        let results = cases.map { test in
            let results = Dictionary(
                policySet.results(for: test.snapshot, now: test.today?.startInUTC).map { ($0.ruleID, $0) },
                uniquingKeysWith: { first, _ in first })
            let expectations = test.expected.compactMap { expected in
                results[expected.ruleID].map { result in
                    Expectation(
                        ruleID: expected.ruleID, expected: expected.verdict, actual: result,
                        expectsWaiver: expected.isWaived, waiver: waiver(over: result, in: test)?.id)
                }
            }
            for expectation in expectations where expectation.isMet && expectation.expected == .fail {
                failing.insert(expectation.ruleID)
            }
            return CaseResult(name: test.name, place: test.place, expectations: expectations)
        }
        return Report(
            file: file, cases: results,
            rulesNeverFailing: policySet.facts.map(\.id).filter { !failing.contains($0) })
    }

    private func waiver(over result: RuleResult, in test: Case) -> Waiver? {
        guard result.verdict == .fail, let today = test.today else { return nil }
        return waivers.waiver(over: result.ruleID, of: test.snapshot.client, on: today) { test.snapshot }
    }

    /// What came of loading.
    public struct Loaded: Sendable {
        /// The cases; nil where there is an error.
        public var tests: PolicyTests?
        /// Errors and warnings, by place.
        public var diagnostics: [Diagnostic]
    }

    /// Reads a file of test cases for a policy set.
    ///
    /// A group that the base does not have, or that a case unsets whole, was not captured; one named under
    /// `notCollected:` is not collected by configuration. Paths in `set` and `unset` are dotted, `client.id` and
    /// `client.labels.NAME` included.
    public static func load(_ file: PolicyFile, for policySet: PolicySet) -> Loaded {
        let reading = YAMLReader.reading(of: file.bytes, file: file.name)
        guard let root = reading.node else { return Loaded(tests: nil, diagnostics: reading.diagnostics) }
        var reader = PolicyTestsReader(
            file, ruleIDs: policySet.facts.map(\.id), reading: reading.diagnostics)
        let cases = reader.cases(of: root)
        let diagnostics = reader.log.diagnostics.sorted()
        guard !reader.log.hasErrors else { return Loaded(tests: nil, diagnostics: diagnostics) }
        return Loaded(
            tests: PolicyTests(file: file.name, cases: cases, waivers: reader.waivers), diagnostics: diagnostics)
    }
}
