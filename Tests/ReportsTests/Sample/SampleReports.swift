import AuditModel

/// The report values that these tests render.
enum SampleReports {
    /// A night with failures old and new, a client that answered 403, shared changes and a roster that moved.
    static var night: AuditReport {
        let before = SampleFleet.run("2026-10-31T02:00:00Z")
        let run = SampleFleet.run("2026-11-01T02:00:00.250Z", state: .partial)
        let forbidden = CaptureFailure(
            .forbidden, status: 403, request: "GET /configuration/clients/4128/internal",
            detail: "the user 'auditor' lacks the role")
        return AuditReport(
            run: run, day: SampleFleet.day("2026-11-01"), timeZone: "UTC", previousRun: before,
            completeness: Completeness(
                clientsExpected: 25, clientsCollected: 24, groupsExpected: 125, groupsCaptured: 98, groupsFailed: 3,
                groupsNotCollected: 24,
                failures: [.internal, .settings, .messaging].map { group in
                    Completeness.FailedCapture(
                        client: SampleFleet.client("EPSI"), group: group, failure: forbidden,
                        lastKnownAt: before.startedAt)
                }, vanishedClients: [SampleFleet.client("YUMA")], unassessedClients: []),
            policies: SampleFleet.policies, rules: summaries(failures, unknowns), failures: failures,
            unknowns: unknowns,
            verdictChanges: verdictChanges, settingsChanges: settingsChanges, rosterChanges: rosterChanges,
            deviations: [
                KeyDeviation(
                    kind: .undocumented, path: SampleFleet.path("settings.newDialerMode"),
                    clients: SampleFleet.clients.prefix(9).map(\.id)),
                KeyDeviation(
                    kind: .mandatoryMissing, path: SampleFleet.path("settings.scrubWireless"),
                    clients: [SampleFleet.client("TAU").id]),
            ],
            notAssessed: [
                "Countries of 24 clients: the API gives those of the session's own client alone.",
                "Settings of Services, which may override a client's: not visible through this API.",
            ],
            warnings: ["The password of account fleet expires in 9 days."],
            conditions: [
                ExitCondition(.findings, "17 failures at or above high."),
                ExitCondition(.incomplete, "3 groups of 1 client could not be read, and client na3/4268 vanished."),
            ], waived: waived, waivers: waivers, lastCompleteRun: before,
            log: LogFacts(
                index: 14, size: 15, root: Digest(of: "log"), origin: "audit.example/acme",
                signedBy: "audit.example/acme+17e66c4d", places: ["file /mnt/auditor/checkpoint"]),
            verdicts: grid(failures + waived + unknowns), trend: trend)
    }

    static var failures: [Finding] {
        var findings: [Finding] = []
        func add(
            _ code: String, _ rule: String, _ path: String, _ expected: String, _ actual: SettingValue?,
            _ reason: ComparisonReason = .violated, _ transition: Transition = .still, note: String? = nil,
            message: String? = nil
        ) {
            let path = SampleFleet.path(path)
            findings.append(
                Finding(
                    client: SampleFleet.client(code),
                    result: RuleResult(
                        ruleID: rule, verdict: .fail,
                        comparisons: [
                            Comparison(path: path, expected: expected, actual: actual, reason: reason, note: note)
                        ], message: message), transition: transition,
                    flippedBy: transition == .new ? [path] : [],
                    failingSince: transition == .new ? nil : SampleFleet.time("2026-09-14T02:00:00Z")))
        }
        let ccs = "internal.encryptCcsPassword"
        add("ACME", "LV-INT-001", ccs, "true", false, .violated, .new)
        add("MARS", "LV-INT-001", ccs, "true", nil, .absent)
        let lockout = "internal.maxFailedCcsLoginAttempts"
        for code in ["BETA", "QUARTZ"] {
            add(
                code, "LV-INT-003", lockout, "at most 5", 10, .violated, .new,
                message: "10 failed logins allowed; at most 5")
        }
        add("RHO", "LV-INT-003", lockout, "at most 5", "5", .wrongType)
        add(
            "VEGA", "LV-INT-003", lockout, "at most 5", 0, .zero,
            note: "0 may mean that no limit is enforced (the vendor does not say; its portal offers 1 to 9)")
        for code in [
            "CORAL", "DELTA", "FJORD", "GAMMA", "HELIO", "IRIS", "JUNO", "KAPPA", "LUNA", "NOVA", "ORION", "PAX",
            "SIGMA", "WREN",
        ] {
            add(code, "LV-INT-005", "internal.passwordExpirationDays", "between 1 and 90", 0, .zero)
        }
        add("TAU", "LV-SET-001", "settings.scrubWireless", "true", nil, .absent)
        add("UMBRA", "LV-MSG-001", "messaging.property[key=requeue_limit].value", "at most 3", "12")
        add("XENON", "LV-VOX-001", "voicePool.voice[id=9].id", "one of 1, 2, 3, 4, 5", 9)
        // One finding of two elements.
        findings[findings.count - 1].result.comparisons.append(
            Comparison(
                path: SampleFleet.path("voicePool.voice[id=11].id"), expected: "one of 1, 2, 3, 4, 5", actual: 11,
                reason: .violated))
        return findings
    }

    /// Two failures under one waiver that ends in ten days.
    static var waived: [Finding] {
        let waiver = WaiverFacts(
            id: "W-2026-014", reason: "Agents sign in by single sign-on.", owner: "identity@example.com",
            approver: "ciso@example.com", ticket: "SEC-1182", from: SampleFleet.day("2026-09-01"),
            expires: SampleFleet.day("2026-11-25"), on: SampleFleet.day("2026-11-15"),
            condition: "internal.maxFailedAcdLoginAttempts: {atMost: 9, zero: satisfies}")
        return ["CORAL", "DELTA"].map { code in
            Finding(
                client: SampleFleet.client(code),
                result: RuleResult(
                    ruleID: "LV-INT-004", verdict: .fail,
                    comparisons: [
                        Comparison(
                            path: SampleFleet.path("internal.maxFailedAcdLoginAttempts"), expected: "at most 5",
                            actual: 9, reason: .violated)
                    ]), transition: .still, waiver: waiver)
        }
    }

    static var unknowns: [Finding] {
        ["LV-INT-001", "LV-INT-002", "LV-INT-003", "LV-INT-004", "LV-INT-005", "LV-INT-006"].map { rule in
            Finding(
                client: SampleFleet.client("EPSI"),
                result: RuleResult(ruleID: rule, verdict: .unknown, missing: [.internal]), transition: .sightLost)
        }
    }

    static var settingsChanges: [SharedChange] {
        [
            SharedChange(
                change: Change(
                    path: SampleFleet.path("countries[id=44]"), before: nil,
                    after: ["id": 44, "countryCode": "44", "name": "United Kingdom"]),
                clients: Array(SampleFleet.clients[3..<17])),
            SharedChange(
                change: Change(path: SampleFleet.path("internal.maxFailedCcsLoginAttempts"), before: 5, after: 10),
                clients: [SampleFleet.client("BETA"), SampleFleet.client("QUARTZ")], flippedRules: ["LV-INT-003"]),
            SharedChange(
                change: Change(path: SampleFleet.path("internal.encryptCcsPassword"), before: true, after: false),
                clients: [SampleFleet.client("ACME")], flippedRules: ["LV-INT-001"]),
            SharedChange(
                change: Change(
                    path: SampleFleet.path("messaging.property[key=store_wireless].value"), before: "phone_2",
                    after: "phone_3"), clients: [SampleFleet.client("ACME")]),
            SharedChange(
                change: Change(path: SampleFleet.path("voicePool.voice[id=5]"), before: ["id": 5], after: nil),
                clients: [SampleFleet.client("NOVA")]),
            SharedChange(
                change: Change(path: SampleFleet.path("internal.passwordExpirationDays"), before: 0, after: 90),
                clients: [SampleFleet.client("VEGA")], flippedRules: ["LV-INT-005"]),
        ]
    }

    static var verdictChanges: [VerdictChange] {
        func change(
            _ code: String, _ rule: String, _ before: Verdict?, _ after: Verdict?, _ transition: Transition?,
            _ causes: [TransitionCause], _ paths: [String] = []
        ) -> VerdictChange {
            VerdictChange(
                client: SampleFleet.client(code), ruleID: rule, before: before, after: after, transition: transition,
                causes: causes, paths: paths.map(SampleFleet.path))
        }
        let lockout = "internal.maxFailedCcsLoginAttempts"
        return [
            change("ACME", "LV-INT-001", .pass, .fail, .new, [.setting], ["internal.encryptCcsPassword"]),
            change("BETA", "LV-INT-003", .pass, .fail, .new, [.setting], [lockout]),
            change("QUARTZ", "LV-INT-003", .pass, .fail, .new, [.setting], [lockout]),
            change("VEGA", "LV-INT-005", .fail, .pass, .fixed, [.setting], ["internal.passwordExpirationDays"]),
            change("LUNA", "LV-INT-006", .fail, .pass, .fixed, [.rule]),
            change("RHO", "LV-SET-002", .pass, .notApplicable, nil, [.rule, .tool]),
            VerdictChange(
                client: SampleFleet.client("CORAL"), ruleID: "LV-INT-004", before: .fail, after: .fail,
                transition: nil, causes: [.waiver], paths: [], waiverAfter: "W-2026-014"),
            VerdictChange(
                client: SampleFleet.client("PAX"), ruleID: "LV-INT-005", before: .fail, after: .fail,
                transition: nil, causes: [.waiver], paths: [], waiverBefore: "W-2026-013"),
        ]
            + unknowns.map { change("EPSI", $0.result.ruleID, .pass, .unknown, .sightLost, [.evidence]) }
    }

    static var rosterChanges: [RosterChange] {
        [
            RosterChange(kind: .left, client: SampleFleet.client("YUMA"), before: "YUMA (Yuma County), account fleet"),
            RosterChange(
                kind: .renamed, client: SampleFleet.client("WREN"), before: "WREN (Wren Lettings)",
                after: "WREN (Wren Property)"),
        ]
    }

    static func summaries(_ failures: [Finding], _ unknowns: [Finding]) -> [RuleSummary] {
        SampleFleet.rules.map { facts in
            var counts = VerdictCounts()
            counts.fail = Set(failures.filter { $0.result.ruleID == facts.id }.map(\.client.id)).count
            counts.waived = failures.isEmpty ? 0 : waived.count { $0.result.ruleID == facts.id }
            counts.unknown = unknowns.count { $0.result.ruleID == facts.id }
            counts.notApplicable = 2
            counts.pass = 25 - counts.fail - counts.waived - counts.unknown - counts.notApplicable
            return RuleSummary(facts: facts, counts: counts)
        }
    }

    /// The first run of a synthetic environment, in which all is well.
    static var quietBaseline: AuditReport {
        AuditReport(
            run: SampleFleet.run("2026-10-18T02:00:00Z", isSynthetic: true), day: SampleFleet.day("2026-10-18"),
            timeZone: "America/New_York", previousRun: nil,
            completeness: Completeness(
                clientsExpected: 25, clientsCollected: 25, groupsExpected: 125, groupsCaptured: 101, groupsFailed: 0,
                groupsNotCollected: 24, failures: []), policies: SampleFleet.policies, rules: summaries([], []),
            failures: [], unknowns: [], verdictChanges: [], settingsChanges: [], rosterChanges: [], deviations: [],
            notAssessed: [], warnings: [], conditions: [],
            lastCompleteRun: SampleFleet.run("2026-10-18T02:00:00Z", isSynthetic: true),
            log: LogFacts(index: 0, size: 1, root: Digest(of: "log"), origin: "audit/1", places: []), verdicts: grid([])
        )
    }

    /// The verdicts that ``summaries(_:_:)`` counts: of each rule, the first two clients without a finding are out of its
    /// scope, and it holds for the others.
    static func grid(_ findings: [Finding]) -> VerdictGrid {
        var rows = SampleFleet.clients.map { _ in [RuleResult]() }
        for rule in SampleFleet.rules {
            var outOfScope = 2
            for (row, client) in SampleFleet.clients.enumerated() {
                if let finding = findings.first(where: { $0.client.id == client.id && $0.result.ruleID == rule.id }) {
                    rows[row].append(finding.result)
                } else if outOfScope > 0 {
                    outOfScope -= 1
                    rows[row].append(
                        RuleResult(ruleID: rule.id, verdict: .notApplicable, notApplicableReason: "out of scope"))
                } else {
                    rows[row].append(RuleResult(ruleID: rule.id, verdict: .pass))
                }
            }
        }
        var grid = VerdictGrid(clients: SampleFleet.clients, ruleIDs: SampleFleet.rules.map(\.id))
        for (row, results) in rows.enumerated() { grid.record(results, row: row) }
        return grid
    }

    /// A night on which there was nobody to audit and nothing to judge by.
    static var nothing: AuditReport {
        AuditReport(
            run: SampleFleet.run("2026-10-18T02:00:00Z", kind: .fetchOnly), day: SampleFleet.day("2026-10-18"),
            timeZone: "UTC", previousRun: nil,
            completeness: Completeness(
                clientsExpected: 0, clientsCollected: 0, groupsExpected: 0, groupsCaptured: 0, groupsFailed: 0,
                groupsNotCollected: 0, failures: []), policies: [], rules: [], failures: [], unknowns: [],
            verdictChanges: [], settingsChanges: [], rosterChanges: [], deviations: [], notAssessed: [], warnings: [],
            conditions: [ExitCondition(.incomplete, "No client is on the roster.")])
    }

    /// The difference between two nights, the earlier of which was asked for by a date three days later.
    static var diff: DiffReport {
        var counts = VerdictCounts()
        counts.pass = 198
        counts.fail = 23
        counts.unknown = 6
        counts.notApplicable = 23
        let failure = CaptureFailure(.timedOut, request: "GET /configuration/clients/4128/settings")
        return DiffReport(
            from: DiffReport.Side(
                asked: "2026-11-01", run: SampleFleet.run("2026-10-29T02:00:00Z"), day: SampleFleet.day("2026-10-29"),
                note: "3 days earlier", clientCount: 25, counts: counts),
            to: DiffReport.Side(
                asked: "2026-11-15", run: SampleFleet.run("2026-11-15T02:00:00Z"), day: SampleFleet.day("2026-11-15"),
                note: nil, clientCount: 25, counts: counts), timeZone: "UTC", settingsChanges: settingsChanges,
            verdictChanges: verdictChanges.filter { $0.transition != .sightLost }, rosterChanges: rosterChanges,
            incomparable: [
                DiffReport.Incomparable(
                    client: SampleFleet.client("EPSI"),
                    group: IncomparableGroup(
                        group: .settings, before: .document(Digest(of: "settings")), after: .failure(failure))),
                DiffReport.Incomparable(
                    client: SampleFleet.client("ACME"),
                    group: IncomparableGroup(
                        group: .countries, before: .document(Digest(of: "countries")),
                        after: .notCollected(.countriesOfAnotherClient))),
            ], rules: SampleFleet.rules.filter { rule in verdictChanges.contains { $0.ruleID == rule.id } }, notes: [])
    }

    /// Two sides with nothing between them.
    static var emptyDiff: DiffReport {
        var report = diff
        report.settingsChanges = []
        report.verdictChanges = []
        report.rosterChanges = []
        report.incomparable = []
        report.notes = ["Both dates stand for the same run."]
        return report
    }
}
