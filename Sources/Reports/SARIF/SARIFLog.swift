import AuditModel

/// A run's report as SARIF 2.1.0 (OASIS, errata 01): one run with every result.
///
/// GitHub code scanning takes at most 25,000 results a run and 10 MB a file. What would go beyond is left out, from the
/// end of the order failures, waived, unknown, gone, pass, not applicable; the log then says itself how much is missing.
struct SARIFLog {
    /// Which results are written.
    enum Selection: Sendable {
        /// Every one.
        case all
        /// What is to be an alert, for viewers that take each result for one whatever its kind and suppressions: failures
        /// that no waiver covers, and what cannot be told.
        case alerts
    }

    /// What a log may be.
    struct Limits: Sendable {
        /// The most results.
        var results = 25_000
        /// The most bytes. GitHub measures the compressed file; the plain one is never smaller, so this is on the safe side.
        var bytes = 10_000_000
    }

    let report: AuditReport
    let locations: SnapshotLocations?
    let selection: Selection
    let limits: Limits
    let facts: [String: RuleFacts]
    let ruleIndices: [String: Int]
    let joined: Set<Client.ID>
    let changes: ChangeIndex

    init(
        _ report: AuditReport, locations: SnapshotLocations?, selection: Selection = .all, limits: Limits = Limits()
    ) {
        self.report = report
        self.locations = locations
        self.selection = selection
        self.limits = limits
        facts = report.factsByID
        ruleIndices = Dictionary(
            report.rules.enumerated().map { ($1.facts.id, $0) }, uniquingKeysWith: { first, _ in first })
        joined = Set(report.rosterChanges.filter { $0.kind == .joined }.map(\.client.id))
        changes = ChangeIndex(report.settingsChanges)
    }

    /// The log in UTF-8, with one result a line.
    var bytes: [UInt8] {
        let kept = keptResults()
        var notifications = notifications
        if kept.left > 0 { notifications.insert(cut(kept), at: 0) }
        let members: [(String, SettingValue)] = [
            ("tool", tool), ("automationDetails", automationDetails), ("invocations", [invocation(notifications)]),
            ("originalUriBaseIds", ["SNAPSHOTS": ["description": SARIFText.message(Self.baseDescription)]]),
            ("columnKind", "utf16CodeUnits"), ("defaultEncoding", "utf-8"), ("properties", properties),
        ]
        var run = members.map { ($0.0, MachineJSON.line(of: $0.1)) }
        if let previous = report.previousRun {
            run.append(("baselineGuid", MachineJSON.line(of: .string(previous.id.rawValue))))
        }
        run.append(("artifacts", JSONLayout.list(kept.artifacts)))
        run.append(("results", JSONLayout.list(kept.results)))
        let log = JSONLayout.object([
            (
                "$schema",
                "\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\""
            ),
            ("version", "\"2.1.0\""), ("runs", "[" + JSONLayout.object(run) + "]"),
        ])
        return Array((log + "\n").utf8)
    }

    private static let baseDescription = "The folder that 'audit snapshot export' wrote."

    // MARK: What fits

    private struct Kept {
        var results: [String] = []
        var artifacts: [String] = []
        var left = 0
        var leftVerdicts: [ReportedVerdict: Int] = [:]
    }

    private func keptResults() -> Kept {
        var kept = Kept()
        // Rules and notifications are counted as they will be written, with room for the words on what was cut.
        var size = 4_000 + MachineJSON.line(of: tool).utf8.count
        size += MachineJSON.line(of: .array(notifications)).utf8.count
        var artifacts: [Client.ID: Int] = [:]
        var isFull = false
        for entry in entries {
            var artifact: String?
            if !isFull {
                let index = artifacts[entry.client.id] ?? artifacts.count
                if index == artifacts.count { artifact = MachineJSON.line(of: self.artifact(of: entry.client.id)) }
                let result = MachineJSON.line(of: json(of: entry, artifact: index))
                let added = result.utf8.count + 2 + (artifact.map { $0.utf8.count + 2 } ?? 0)
                if kept.results.count < limits.results, size + added <= limits.bytes {
                    size += added
                    kept.results.append(result)
                    if let artifact {
                        kept.artifacts.append(artifact)
                        artifacts[entry.client.id] = index
                    }
                    continue
                }
            }
            // What comes later is less urgent: nothing of it jumps the queue because it happens to be shorter.
            isFull = true
            kept.left += 1
            if let verdict = entry.result?.verdict { kept.leftVerdicts[verdict, default: 0] += 1 }
        }
        return kept
    }

    private func cut(_ kept: Kept) -> SettingValue {
        let parts = ReportedVerdict.allCases.compactMap { verdict in
            kept.leftVerdicts[verdict].map { "\(Words.number($0)) \(VerdictMapping.of(verdict).words)" }
        }
        let text =
            "\(Words.count(kept.left, "result")) left out (\(parts.joined(separator: ", "))): this log holds the "
            + "\(Words.number(kept.results.count)) most urgent, since a reader may refuse more than "
            + "\(Words.number(limits.results)) results or \(Words.number(limits.bytes)) bytes. The JSON and NDJSON reports have all."
        return notification("results-left-out", "warning", text)
    }

    // MARK: Parts of the run

    private var automationDetails: SettingValue {
        [
            "id": .string("audit/\(SARIFText.reference(report.run.environment.rawValue))/\(report.run.id)"),
            "guid": .string(report.run.id.rawValue),
            "correlationGuid": .string(DerivedUUID.text(of: "sarif\n\(report.run.environment)")),
            "description": SARIFText.message(DigestSentence.text(for: report)),
        ]
    }

    private var properties: SettingValue {
        var counts = VerdictCounts()
        for rule in report.rules {
            counts.pass += rule.counts.pass
            counts.fail += rule.counts.fail
            counts.waived += rule.counts.waived
            counts.unknown += rule.counts.unknown
            counts.notApplicable += rule.counts.notApplicable
        }
        return [
            "audit/synthetic": .bool(report.run.isSynthetic), "audit/day": .string(report.day.description),
            "audit/environment": .string(report.run.environment.rawValue), "audit/counts": counts.json,
            "audit/selection": .string(selection == .all ? "all" : "alerts"),
            "audit/hypothesis": .text(report.hypothesis),
        ]
    }

    private func invocation(_ notifications: [SettingValue]) -> SettingValue {
        .members([
            ("executionSuccessful", .bool(report.run.state == .complete && !hasGaps)),
            ("startTimeUtc", .string(report.run.startedAt.rfc3339)),
            ("endTimeUtc", report.run.sealedAt.map { .time($0) }),
            ("exitCode", .integer(Int64(report.exitStatus.rawValue))),
            ("exitCodeDescription", .string(report.exitStatus.meaning)),
            ("toolExecutionNotifications", .array(notifications)),
        ])
    }

    private var hasGaps: Bool { report.conditions.contains { $0.status == .incomplete } }

    /// The most notifications of a log; a night in which everything failed must not leave no room for the results.
    private static let notificationLimit = 200

    private var notifications: [SettingValue] {
        let all = allNotifications
        guard all.count > Self.notificationLimit else { return all }
        let left = all.count - Self.notificationLimit
        return all.prefix(Self.notificationLimit) + [
            notification(
                "notifications-left-out", "warning",
                "\(Words.count(left, "notification")) more left out. The JSON and NDJSON reports have all.")
        ]
    }

    private var allNotifications: [SettingValue] {
        let failed = FailedGroups.grouped(report.completeness.failures).map { failed in
            let groups = failed.groups.map(\.rawValue).joined(separator: ", ")
            return notification(
                "capture-failed", "error",
                "\(ValueText.shortened(Words.clients(failed.clients, limit: 6))): \(groups): \(failed.words)")
        }
        let vanished = report.completeness.vanishedClients.map {
            notification(
                "client-vanished", "error", "\(Words.label($0)) is not on the roster any more, and not marked retired.")
        }
        let unassessed = report.completeness.unassessedClients.map {
            notification("client-not-assessed", "error", "\(Words.label($0)): no rule assesses this client.")
        }
        let gaps = report.conditions.filter { $0.status != .findings }.map {
            notification("exit-condition", "error", VisibleText.prose($0.sentence))
        }
        return gaps + failed + vanished + unassessed
            + report.warnings.map { notification("warning", "warning", VisibleText.prose($0)) }
            + report.notAssessed.map { notification("not-assessed", "note", VisibleText.prose($0)) }
    }

    private func notification(_ id: String, _ level: String, _ text: String) -> SettingValue {
        ["descriptor": ["id": .string(id)], "level": .string(level), "message": SARIFText.message(text)]
    }

    private func artifact(of client: Client.ID) -> SettingValue {
        let file = locations?.files[client]
        return .members([
            ("location", artifactLocation(of: client)), ("length", file.map { .count($0.size) }),
            ("hashes", file.map { ["sha-256": .string($0.digest.hex)] }), ("mimeType", "application/json"),
        ])
    }

    func artifactLocation(of client: Client.ID, index: Int? = nil) -> SettingValue {
        let place = ExportedSnapshot.folder(of: client.environment) + "/" + ExportedSnapshot.fileName(of: client.number)
        return .members([
            ("uri", .string(SARIFText.reference(place))), ("uriBaseId", "SNAPSHOTS"),
            ("index", index.map { .count($0) }),
        ])
    }
}
