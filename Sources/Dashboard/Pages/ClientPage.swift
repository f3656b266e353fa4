import AuditModel
import Reports

/// One client: what it is, how rules judge it now, when its settings changed, and what they are.
struct ClientPage {
    let context: PageContext
    let id: Client.ID

    func view() throws -> View {
        let environment = try Self.environment(of: id, context)
        let history = try context.source.history(of: id, path: nil)
        let settings = try context.source.settings(of: id)
        let report = try context.presentReport(of: environment)
        let verdicts = verdicts(report)
        let changed = Set(history.settings.map(\.path))
        let unchanged = settings.filter { !changed.contains($0.path) }
        let client = history.client
        return View(
            title: client.code.isEmpty ? client.id.description : client.code, place: .clients,
            crumbs: [("Clients", Link(route: .clients, query: context.state.query(of: id.environment)))],
            overline: [client.id.description], isSynthetic: environment.isSynthetic,
            headline: Self.name(client), lead: HTML("p", [.class("muted")]) { sentence(history, verdicts) },
            content: .joined([
                facts(client, report), judgements(verdicts, report), timelines(history),
                flips(history), exposures(history), current(unchanged, known: !settings.isEmpty),
                Components.section("not-assessed", "Not assessed") { Components.list(history.notes) },
            ]),
            json: { json(history, verdicts, unchanged) })
    }

    /// The environment of a client.
    static func environment(of id: Client.ID, _ context: PageContext) throws -> EnvironmentState {
        guard let environment = context.state.environment(id.environment.rawValue) else {
            throw DashboardProblem.notFound("The database has no environment '\(id.environment)'.")
        }
        return environment
    }

    /// `Demo (ACME)`, or what there is of it.
    static func name(_ client: Client) -> String {
        client.name.isEmpty
            ? client.code.isEmpty ? client.id.description : client.code
            : client.code.isEmpty ? client.name : "\(client.name) (\(client.code))"
    }

    /// The labels of a client.
    static func labels(_ client: Client) -> HTML {
        guard !client.labels.isEmpty else { return Components.muted("–") }
        return HTML("span", [.class("labels")]) {
            client.labels.sorted { $0.key.precedesInUTF16($1.key) }.map { label in
                HTML("span", [.class("label")]) { "\(label.key)=\(label.value)" }
            }
        }
    }

    private struct RuleVerdict {
        var facts: RuleFacts
        var verdict: Verdict
        var finding: Finding?
        var reason: String?

        var isWaived: Bool { finding?.waiver != nil }
    }

    /// The verdict of every rule, those that need attention first.
    private func verdicts(_ report: AuditReport) -> [RuleVerdict] {
        let findings = (report.failures + report.waived + report.unknowns).filter { $0.client.id == id }
        let byRule = Dictionary(findings.map { ($0.result.ruleID, $0) }, uniquingKeysWith: { first, _ in first })
        guard let row = report.verdicts.clients.firstIndex(where: { $0.id == id }) else { return [] }
        let columns = Dictionary(
            report.verdicts.ruleIDs.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let all = report.rules.compactMap { rule -> RuleVerdict? in
            guard let column = columns[rule.facts.id], let cell = report.verdicts[row, column] else { return nil }
            return RuleVerdict(
                facts: rule.facts, verdict: cell.verdict, finding: byRule[rule.facts.id],
                reason: cell.notApplicableReason)
        }
        func rank(_ entry: RuleVerdict) -> Int {
            switch entry.verdict {
            case .fail: entry.isWaived ? 1 : 0
            case .unknown: 2
            case .pass: 3
            case .notApplicable: 4
            }
        }
        return all.sorted {
            (rank($0), $0.facts.severity.rank, $0.facts.id) < (rank($1), $1.facts.severity.rank, $1.facts.id)
        }
    }

    private func sentence(_ history: ClientHistory, _ verdicts: [RuleVerdict]) -> String {
        let failing = verdicts.count { $0.verdict == .fail && !$0.isWaived }
        let changes = history.settings.reduce(0) { $0 + $1.changeCount }
        let first = history.nights.first?.day.description ?? ""
        let clauses = [
            verdicts.isEmpty ? "not judged in the latest run" : "\(Words.countOrNo(failing, "rule")) failing",
            changes == 0
                ? "no setting changed"
                : "\(Words.count(changes, "change")) of \(Words.count(history.settings.count, "setting"))",
        ]
        return clauses.joined(separator: "; ") + " in \(Words.count(history.nights.count, "night")) since \(first)."
    }

    private func facts(_ client: Client, _ report: AuditReport) -> HTML {
        HTML("dl", [.class("facts")]) {
            HTML("dt") { "Client" }
            HTML("dd") { "\(client.id.number) in \(client.id.environment)" }
            if !client.account.isEmpty {
                HTML("dt") { "Account" }
                HTML("dd") { client.account }
            }
            HTML("dt") { "Labels" }
            HTML("dd") { Self.labels(client) }
            HTML("dt") { "Judged in" }
            HTML("dd") {
                Parts.run(report.run)
                " of \(report.day)"
            }
        }
    }

    private func judgements(_ verdicts: [RuleVerdict], _ report: AuditReport) -> HTML {
        let rows = FindingRows(report, context.state)
        let needy = verdicts.filter { $0.verdict == .fail || $0.verdict == .unknown }
        let others = verdicts.filter { $0.verdict == .pass || $0.verdict == .notApplicable }
        return Components.section("verdicts", "Verdicts", count: verdicts.count) {
            if verdicts.isEmpty { Parts.empty("The latest run did not judge this client.") }
            if !verdicts.isEmpty, needy.isEmpty {
                HTML("p", [.class("remark")]) { "No rule fails, and none is unknown." }
            }
            if !needy.isEmpty {
                Components.table(
                    "Rules that fail or cannot be told", ["Rule", "Severity", "Verdict", "What is so", "State"],
                    needy.map { entry in
                        [
                            rule(entry.facts), Components.pill(entry.finding?.result.severity ?? entry.facts.severity),
                            Parts.verdict(entry.verdict, isWaived: entry.isWaived),
                            entry.finding.map(rows.reasons) ?? .empty, entry.finding.map(rows.standing) ?? .empty,
                        ]
                    })
            }
            if !others.isEmpty {
                HTML("details") {
                    HTML("summary") {
                        "\(Words.count(others.count { $0.verdict == .pass }, "rule")) that pass, "
                            + "\(Words.number(others.count { $0.verdict == .notApplicable })) that do not apply"
                    }
                    Components.table(
                        "Rules that pass or do not apply", ["Rule", "Verdict", "Why"],
                        others.map { entry in
                            [
                                rule(entry.facts), Parts.verdict(entry.verdict),
                                entry.reason.map(Components.muted) ?? Components.muted("–"),
                            ]
                        })
                }
            }
        }
    }

    private func rule(_ facts: RuleFacts) -> HTML {
        HTML("div") {
            Parts.rule(facts.id, in: id.environment, context.state)
            HTML("div", [.class("muted")]) { VisibleText.prose(facts.title) }
        }
    }

    private func timelines(_ history: ClientHistory) -> HTML {
        Components.section("timelines", "Settings that changed", count: history.settings.count) {
            if history.settings.isEmpty {
                HTML("p", [.class("remark")]) { "No setting changed between two nights that captured it." }
            }
            if !history.settings.isEmpty {
                Components.table(
                    "Each from \(history.nights.first?.day.description ?? "") to \(history.nights.last?.day.description ?? "")",
                    ["Setting", "Timeline", "Now", "Changes", "Last change"],
                    history.settings.map { setting in
                        [
                            Parts.setting(setting.path, of: id),
                            TimelineStrip.svg(setting, nights: history.nights.count),
                            Components.code(ValueText.of(setting.spans.last?.value)),
                            Parts.number(setting.changeCount), lastChange(setting),
                        ]
                    })
            }
        }
    }

    private func lastChange(_ setting: ClientHistory.Setting) -> HTML {
        guard setting.spans.count > 1, let after = setting.spans.last else { return Components.muted("–") }
        return Self.interval(after: setting.spans[setting.spans.count - 2].last.run, before: after.first.run)
    }

    /// An interval in which something became what it is: a night is a sample.
    static func interval(after: DatedRun, before: DatedRun) -> HTML {
        HTML("span", [.class("interval")]) {
            HTML("span") {
                Components.muted("after ")
                Parts.day(after)
            }
            " "
            HTML("span") {
                Components.muted("by ")
                Parts.day(before)
            }
        }
    }

    private func flips(_ history: ClientHistory) -> HTML {
        guard !history.flips.isEmpty else { return .empty }
        return Components.section("moves", "Verdicts that moved", count: history.flips.count) {
            Components.table(
                "The newest first", ["Rule", "Move", "When"],
                history.flips.reversed().map { flip in
                    [
                        Parts.rule(flip.ruleID, in: id.environment, context.state), Self.move(flip),
                        Self.interval(after: flip.lastBefore, before: flip.firstAfter),
                    ]
                })
        }
    }

    /// A verdict before and after.
    static func move(_ flip: ClientHistory.Flip) -> HTML {
        HTML("span") {
            Parts.verdict(flip.before)
            " → "
            Parts.verdict(flip.after)
        }
    }

    private func exposures(_ history: ClientHistory) -> HTML {
        guard !history.exposures.isEmpty else { return .empty }
        return Components.section(
            "exposure", "How long rules failed", count: history.exposures.count,
            remark: "Two bounds, since a night is a sample; waived failures are failures here."
        ) {
            Components.table(
                "By rule", ["Rule", "Days failing", "Nights", "Now"],
                history.exposures.map { exposure in
                    [
                        Parts.rule(exposure.ruleID, in: id.environment, context.state),
                        Components.text(Self.days(exposure)), Parts.number(exposure.nights),
                        exposure.isOpen ? Parts.verdict(.fail) : Components.muted("over"),
                    ]
                })
        }
    }

    private static func days(_ exposure: ClientHistory.Exposure) -> String {
        func text(_ duration: Duration) -> String {
            let tenths = Int((duration / .seconds(86_400) * 10).rounded())
            return tenths % 10 == 0 ? Words.number(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
        }
        let (least, most) = (text(exposure.atLeast), text(exposure.atMost))
        return least == most ? least : "\(least) to \(most)"
    }

    private func current(_ settings: [CurrentSetting], known: Bool) -> HTML {
        Components.section("settings", "All other settings", count: settings.count) {
            if !known { Parts.empty("The latest run has no settings of this client.") }
            SettingsGroup.allCases.map { group in
                let own = settings.filter { $0.path.group == group }
                guard !own.isEmpty else { return HTML.empty }
                return HTML("details") {
                    HTML("summary") { "\(group.rawValue): \(Words.count(own.count, "setting"))" }
                    Components.table(
                        "Settings of \(group.rawValue) that never changed", ["Setting", "Value"],
                        own.map { setting in
                            [
                                HTML("div") {
                                    Parts.setting(setting.path, of: id)
                                    if let meaning = Components.meaning(of: setting.path) { HTML("div") { meaning } }
                                }, Components.code(ValueText.of(setting.value)),
                            ]
                        })
                }
            }
        }
    }

    private func json(
        _ history: ClientHistory, _ verdicts: [RuleVerdict], _ unchanged: [CurrentSetting]
    ) -> [UInt8] {
        Twin.document(
            "client",
            [
                .init(key: "client", value: history.client.json),
                .init(key: "nights", value: .count(history.nights.count)),
                .init(
                    key: "verdicts",
                    value: .list(verdicts) { entry in
                        [
                            "rule": .string(entry.facts.id), "severity": .string(entry.facts.severity.rawValue),
                            "verdict": .string(entry.verdict.rawValue), "waived": .bool(entry.isWaived),
                            "finding": entry.finding.map { $0.json(severity: entry.facts.severity) } ?? .null,
                        ]
                    }),
                .init(key: "settingsThatChanged", value: .list(history.settings, Twin.setting)),
                .init(key: "verdictsThatMoved", value: .list(history.flips, Twin.flip)),
                .init(
                    key: "exposure",
                    value: .list(history.exposures) { exposure in
                        [
                            "rule": .string(exposure.ruleID),
                            "failingSecondsAtLeast": .integer(exposure.atLeast.components.seconds),
                            "failingSecondsAtMost": .integer(exposure.atMost.components.seconds),
                            "failingNow": .bool(exposure.isOpen), "nights": .count(exposure.nights),
                        ]
                    }),
                .init(
                    key: "otherSettings",
                    value: .list(unchanged) { ["path": .string($0.path.dotted), "value": $0.value] }),
                .init(key: "notAssessed", value: .list(history.notes, SettingValue.string)),
            ])
    }
}
