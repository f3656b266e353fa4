package import AuditModel

/// A run's report as gauges, in text that both OpenMetrics 1.0 and Prometheus' own format take: for the textfile collector
/// of node_exporter.
///
/// The labels are environments, severities, verdicts and other closed sets, never a client, a rule or a value: a large
/// fleet has as many series as a small one. There are no timestamps, which the textfile collector refuses.
package struct OpenMetricsText {
    let report: AuditReport

    package init(_ report: AuditReport) { self.report = report }

    /// One sample: labels besides the environment, and the value.
    private typealias Sample = (labels: [(String, String)], value: String)

    /// The exposition in UTF-8.
    var bytes: [UInt8] { MetricFamily.exposition(of: families) }

    /// The gauges, each with the environment as its first label.
    package var families: [MetricFamily] {
        (runFamilies + resultFamilies).map { family in
            MetricFamily(
                name: family.name, kind: .gauge, help: family.help,
                samples: family.samples.map { sample in
                    MetricFamily.Sample(
                        labels: [("environment", report.run.environment.rawValue)] + sample.labels, value: sample.value)
                })
        }
    }

    private struct Family {
        var name: String
        var help: String
        var samples: [Sample]
    }

    private var runFamilies: [Family] {
        let run = report.run
        let completeness = report.completeness
        var families = [
            Family(
                name: "audit_run_info", help: "The run that the other figures are of; always 1.",
                samples: [
                    (
                        [
                            ("run", run.id.rawValue), ("kind", run.kind.rawValue), ("state", run.state.rawValue),
                            ("synthetic", run.isSynthetic ? "true" : "false"),
                            ("hypothetical", report.hypothesis == nil ? "false" : "true"),
                            ("tool_version", run.toolVersion),
                        ], "1"
                    )
                ]),
            Family(
                name: "audit_run_start_timestamp_seconds", help: "When the run began, since 1970-01-01T00:00:00Z.",
                samples: [([], Self.seconds(run.startedAt.milliseconds))]),
        ]
        if let sealedAt = run.sealedAt {
            families.append(
                Family(
                    name: "audit_run_duration_seconds", help: "How long the run took.",
                    samples: [([], Self.seconds(sealedAt.milliseconds - run.startedAt.milliseconds))]))
        }
        if let last = report.lastCompleteRun {
            families.append(
                Family(
                    name: "audit_last_complete_run_timestamp_seconds",
                    help: "When the last complete run began, since 1970-01-01T00:00:00Z; absent where there is none.",
                    samples: [([], Self.seconds(last.startedAt.milliseconds))]))
        }
        let isComplete = run.state == .complete && !report.conditions.contains { $0.status == .incomplete }
        return families + [
            Family(
                name: "audit_complete", help: "1 where everything that was expected was captured and judged, else 0.",
                samples: [([], isComplete ? "1" : "0")]),
            Family(
                name: "audit_exit_status", help: "The exit status of the run; 'audit exit-codes' lists their meanings.",
                samples: [([], "\(report.exitStatus.rawValue)")]),
            Family(
                name: "audit_clients", help: "Clients of the run by what became of them.",
                samples: [
                    ([("state", "expected")], "\(completeness.clientsExpected)"),
                    ([("state", "collected")], "\(completeness.clientsCollected)"),
                    ([("state", "vanished")], "\(completeness.vanishedClients.count)"),
                    ([("state", "unassessed")], "\(completeness.unassessedClients.count)"),
                ]),
            Family(
                name: "audit_groups", help: "Groups of settings by what became of them.",
                samples: [
                    ([("state", "expected")], "\(completeness.groupsExpected)"),
                    ([("state", "captured")], "\(completeness.groupsCaptured)"),
                    ([("state", "failed")], "\(completeness.groupsFailed)"),
                    ([("state", "not_collected")], "\(completeness.groupsNotCollected)"),
                ]),
        ]
    }

    private var resultFamilies: [Family] {
        let facts = report.factsByID
        func count(_ findings: [Finding], _ severity: Severity) -> String {
            "\(findings.count { ($0.result.severity ?? facts[$0.result.ruleID]?.severity ?? .info) == severity })"
        }
        let shown: [(ReportedVerdict, [Finding])] = [
            (.fail, report.failures), (.waived, report.waived), (.unknown, report.unknowns),
        ]
        return [
            Family(
                name: "audit_results", help: "Results of rules by verdict: one for each rule and client.",
                samples: ReportedVerdict.allCases.map { verdict in
                    let count = report.rules.reduce(0) { $0 + $1.counts.count(of: verdict) }
                    return ([("verdict", VerdictMapping.of(verdict).openMetrics)], "\(count)")
                }),
            Family(
                name: "audit_findings", help: "Failures, waived failures and unknown results by the rule's severity.",
                samples: shown.flatMap { verdict, findings in
                    Severity.allCases.map { severity in
                        (
                            [("severity", severity.rawValue), ("verdict", VerdictMapping.of(verdict).openMetrics)],
                            count(findings, severity)
                        )
                    }
                }),
            Family(
                name: "audit_new_failures", help: "Failures that the run before did not have, by the rule's severity.",
                samples: Severity.allCases.map { ([("severity", $0.rawValue)], count(report.newFailures, $0)) }),
            Family(
                name: "audit_verdict_changes",
                help: "Verdicts that moved since the run before, by the name of the move.",
                samples: Transition.allCases.filter { $0 != .still }.map { transition in
                    (
                        [("transition", transition.rawValue)],
                        "\(report.verdictChanges.count { $0.transition == transition })"
                    )
                }),
            Family(
                name: "audit_settings_changes", help: "Settings of clients that changed since the run before.",
                samples: [([], "\(report.settingsChanges.reduce(0) { $0 + $1.clients.count })")]),
        ]
    }

    private static func seconds(_ milliseconds: Int64) -> String { MetricFamily.number(Double(milliseconds) / 1000) }
}

extension VerdictCounts {
    /// How often a verdict was given.
    func count(of verdict: ReportedVerdict) -> Int {
        switch verdict {
        case .pass: pass
        case .fail: fail
        case .waived: waived
        case .unknown: unknown
        case .notApplicable: notApplicable
        }
    }
}
