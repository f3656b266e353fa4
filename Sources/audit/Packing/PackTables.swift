import AuditModel
import AuditPipeline
import Reports

/// The tables of a pack.
struct PackTables {
    let record: ReviewRecord

    /// Each night of the period with what was read, and the days without a run.
    var nights: Table {
        let rows = record.nights.map { night -> [SettingValue] in
            let run = night.run
            return [
                .string(night.day.description), .string(run.id.rawValue), .string(run.kind.rawValue),
                .string(run.state.rawValue), .string(run.startedAt.rfc3339),
                run.sealedAt.map { .string($0.rfc3339) } ?? .null, integer(night.clients), integer(night.documents),
                integer(night.failures), integer(night.notCollected), night.logIndex.map(integer) ?? .null,
                run.policySet.map { .string($0.hex) } ?? .null, run.waiverSet.map { .string($0.hex) } ?? .null,
                .string(run.toolVersion),
            ]
        }
        let gaps = record.daysWithoutRun.map { day -> [SettingValue] in
            [.string(day.description), .null, .null, "no run"] + Array(repeating: .null, count: 10)
        }
        return Table(
            columns: [
                "day", "run", "kind", "state", "startedAt", "sealedAt", "clients", "groupsCaptured", "groupsFailed",
                "groupsNotCollected", "logEntry", "policySet", "waiverSet", "toolVersion",
            ],
            rows: (rows + gaps).sorted { ($0[0].stringValue ?? "") < ($1[0].stringValue ?? "") })
    }

    /// The waivers that either run recorded.
    var waivers: Table {
        Table(
            columns: [
                "waiver", "recorded", "state", "on", "from", "expires", "rules", "clients", "while", "owner",
                "approver", "ticket", "reason",
            ],
            rows: record.waivers.map { waiver in
                let recorded =
                    waiver.isInEarlier && waiver.isInLater
                    ? "both runs" : waiver.isInLater ? "later run" : "earlier run"
                return [
                    .string(waiver.id), .string(recorded), .string(waiver.state.rawValue),
                    .string(waiver.day.description), .string(waiver.from.description),
                    .string(waiver.expires.description), .string(waiver.ruleIDs.joined(separator: ", ")),
                    .string(waiver.subject), .string(waiver.condition ?? ""), .string(waiver.owner ?? ""),
                    .string(waiver.approver), .string(waiver.ticket ?? ""), .string(waiver.reason),
                ]
            })
    }

    /// The settings that are proven, by the numbers of their files.
    var settingProofs: Table {
        Table(
            columns: ["number", "client", "run", "path", "value"],
            rows: record.proven.enumerated().map { place, proven in
                [
                    integer(place + 1), .string(proven.client.description), .string(proven.run.rawValue),
                    .string(proven.path), proven.value.map { .string(CanonicalJSON.text(of: $0)) } ?? .null,
                ]
            })
    }

    private func integer(_ number: Int) -> SettingValue { .integer(Int64(number)) }
}
