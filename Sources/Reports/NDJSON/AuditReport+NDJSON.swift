import AuditModel

/// JSON lines: a header, one record a line, and a trailer by which a reader knows that nothing is missing.
struct RecordLines {
    private(set) var bytes: [UInt8] = []
    private var count = 0

    /// What the lines call themselves; the number grows when a member changes its meaning or goes.
    static let schema = "audit-records/1"

    /// Begins with the header: what the records are of.
    init(header: [(String, SettingValue)]) {
        write([("record", "header"), ("schema", .string(Self.schema))] + header)
    }

    /// Adds a record.
    mutating func add(_ name: String, _ members: [(String, SettingValue?)]) {
        write([("record", .string(name))] + members)
        count += 1
    }

    /// The lines with the trailer: how many records there are between header and trailer, and the SHA-256 of all bytes before.
    func ended() -> [UInt8] {
        var lines = self
        lines.write([
            ("record", "trailer"), ("count", .count(count)), ("sha256", .string(Digest(of: bytes).hex)),
        ])
        return lines.bytes
    }

    private mutating func write(_ members: [(String, SettingValue?)]) {
        bytes += MachineJSON.line(of: .members(members)).utf8
        bytes.append(UInt8(ascii: "\n"))
    }
}

extension AuditReport {
    /// The report as JSON lines: the parts of the JSON report one by one, and besides them every pass and everything that
    /// does not apply.
    var records: [UInt8] {
        let facts = factsByID
        var lines = RecordLines(header: [
            ("of", "audit-report/1"), ("digest", .string(DigestSentence.text(for: self))),
            ("synthetic", .bool(run.isSynthetic)), ("run", run.json), ("day", .string(day.description)),
            ("timeZone", .string(timeZone)), ("previousRun", previousRun?.json ?? .null),
            ("lastCompleteRun", lastCompleteRun?.json ?? .null), ("exitStatus", .integer(Int64(exitStatus.rawValue))),
            ("hypothesis", .text(hypothesis)),
            (
                "completeness",
                .members([
                    ("clientsExpected", .count(completeness.clientsExpected)),
                    ("clientsCollected", .count(completeness.clientsCollected)),
                    ("groupsExpected", .count(completeness.groupsExpected)),
                    ("groupsCaptured", .count(completeness.groupsCaptured)),
                    ("groupsFailed", .count(completeness.groupsFailed)),
                    ("groupsNotCollected", .count(completeness.groupsNotCollected)),
                ])
            ),
        ])
        for condition in conditions {
            lines.add(
                "condition",
                [("status", .integer(Int64(condition.status.rawValue))), ("sentence", .string(condition.sentence))])
        }
        for policy in policies { lines.add("policy", [("policy", policy.json)]) }
        for rule in rules { lines.add("rule", [("facts", rule.facts.json), ("counts", rule.counts.json)]) }
        for failed in completeness.failures {
            lines.add(
                "captureFailure",
                [
                    ("client", failed.client.json), ("group", .string(failed.group.rawValue)),
                    ("failure", failed.failure.json), ("lastKnownAt", .time(failed.lastKnownAt)),
                ])
        }
        for client in completeness.vanishedClients { lines.add("vanishedClient", [("client", client.json)]) }
        for client in completeness.unassessedClients { lines.add("unassessedClient", [("client", client.json)]) }
        for result in results { lines.add(result, severity: result.severity(under: facts[result.ruleID])) }
        for change in verdictChanges { lines.add("verdictChange", [("change", change.json)]) }
        for change in settingsChanges { lines.add("settingsChange", [("change", change.json)]) }
        for change in rosterChanges { lines.add("rosterChange", [("change", change.json)]) }
        for deviation in deviations {
            lines.add(
                "deviation",
                [
                    ("kind", .string(deviation.kind.rawValue)), ("path", .string(deviation.path.dotted)),
                    ("clients", .list(deviation.clients) { .string($0.description) }),
                ])
        }
        for point in trend { lines.add("trendPoint", [("night", point.json)]) }
        for sentence in notAssessed { lines.add("notAssessed", [("sentence", .string(sentence))]) }
        for sentence in warnings { lines.add("warning", [("sentence", .string(sentence))]) }
        return lines.ended()
    }
}

extension RecordLines {
    /// A result: what failed or cannot be told with all that it rests on, the others in short.
    fileprivate mutating func add(_ result: ReportedResult, severity: Severity?) {
        add(
            "result",
            [
                ("verdict", .string(result.verdict.rawValue)), ("rule", .string(result.ruleID)),
                ("severity", .text(severity?.rawValue)), ("client", .string(result.client.id.description)),
                ("code", .string(result.client.code)), ("findingId", .string(result.findingID)),
                ("notApplicableReason", .text(result.notApplicableReason)),
                ("finding", result.finding.map { $0.json(severity: severity) }),
            ])
    }
}

extension DiffReport {
    /// The comparison as JSON lines.
    var records: [UInt8] {
        var lines = RecordLines(header: [
            ("of", "audit-diff/1"), ("digest", .string(DigestSentence.text(for: self))),
            ("synthetic", .bool(from.run.isSynthetic || to.run.isSynthetic)), ("from", from.json), ("to", to.json),
            ("timeZone", .string(timeZone)),
        ])
        for rule in rules { lines.add("rule", [("facts", rule.json)]) }
        for change in settingsChanges { lines.add("settingsChange", [("change", change.json)]) }
        for change in verdictChanges { lines.add("verdictChange", [("change", change.json)]) }
        for change in rosterChanges { lines.add("rosterChange", [("change", change.json)]) }
        for entry in incomparable {
            lines.add(
                "incomparable",
                [
                    ("client", entry.client.json), ("group", .string(entry.group.group.rawValue)),
                    ("before", entry.group.before.json), ("after", entry.group.after.json),
                ])
        }
        for note in notes { lines.add("note", [("sentence", .string(note))]) }
        return lines.ended()
    }
}
