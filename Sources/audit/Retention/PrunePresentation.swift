import AuditModel
import AuditPipeline
import Reports
import SnapshotStore

/// Tells what was pruned, or would be.
struct PrunePresentation: TablePresentation {
    let isTrial: Bool
    let olderThan: String
    let zone: DayZone
    var tallies: [PruneTally] = []
    var holds: [LegalHold] = []
    /// The size of the database in bytes, before and, where something was done, after.
    var sizes: (before: Int, after: Int?)?

    func showText() { Console.result(text) }

    var rows: [[SettingValue]] { tallies.map(row) }

    // MARK: Text

    private var text: String {
        if tallies.isEmpty { return "The database has no runs yet, so there is nothing to prune.\n" }
        var lines: [String] = []
        for tally in tallies {
            lines.append(sentence(tally))
            let kept = KeptNight.allCases.compactMap { reason in
                tally.kept[reason].map { [.integer(Int64($0)), .string(Self.words(reason))] as [SettingValue] }
            }
            if !kept.isEmpty {
                let table = Table(columns: ["kept", "why"], rows: kept).bytes(as: .text, usesColor: false)
                lines.append("\n" + String(decoding: table, as: UTF8.self))
            }
        }
        for hold in holds {
            lines.append(
                "On hold: \(hold.client) since \(zone.day(of: hold.notedAt)), by \(hold.notedBy): \(hold.reason)")
        }
        if let sizes {
            let after = sizes.after.map { " before, \(Self.megabytes($0)) after" } ?? ""
            lines.append("The database: \(Self.megabytes(sizes.before))\(after).")
        }
        if isTrial { lines.append("This was a trial: nothing was changed.") }
        return lines.map { line in
            // A table has its own line ends, and has made its texts visible.
            line.hasPrefix("\n") ? line : VisibleText.of(line) + "\n"
        }.joined()
    }

    private func sentence(_ tally: PruneTally) -> String {
        let mark = tally.isSynthetic ? "Synthetic data (emulator): " : ""
        // The moment, and not its day: a run of that day may be on either side.
        let head = "\(mark)\(tally.environment), \(count(tally.runs, "run")) started before \(tally.cutoff.rfc3339): "
        let before =
            tally.prunedBefore == 0 ? "" : "; \(count(tally.prunedBefore, "client-night")) pruned before"
        guard tally.rows > 0, let oldest = tally.oldest, let newest = tally.newest else {
            return head + "nothing to prune" + before + "."
        }
        let days = [zone.day(of: oldest), zone.day(of: newest)].map(\.description)
        let rows = count(tally.rows, "row") + " of " + count(tally.clients.count, "client")
        return head + (isTrial ? "\(rows) would go" : "\(rows) pruned")
            + ", of \(count(tally.runsPruned, "night")) \(days[0] == days[1] ? days[0] : "\(days[0]) → \(days[1])")"
            + ", about \(Self.megabytes(tally.bytes))" + before + "."
    }

    /// Why a row stays.
    static func words(_ reason: KeptNight) -> String {
        switch reason {
        case .hold: "its client is on legal hold"
        case .failure: "a group could not be read, or an attempt failed"
        case .firstOfValue: "the first capture of a value"
        case .lastOfValue: "the last capture of a value"
        case .resultsDiffer: "verdicts differ from those of the night before or after"
        case .newest: "the newest night of its client"
        case .besidePruned: "the end of what was pruned before, or put in between later"
        }
    }

    /// `1.5 MB`, `12 kB`.
    static func megabytes(_ bytes: Int) -> String {
        if bytes < 1_000_000 { return "\((bytes + 500) / 1000) kB" }
        let tenths = (bytes + 50_000) / 100_000
        return "\(tenths / 10).\(tenths % 10) MB"
    }

    // MARK: Machines

    static let columns =
        [
            "environment", "synthetic", "startedBefore", "runs", "rows", "bytes", "clients", "nights", "oldest",
            "newest",
            "prunedBefore",
        ] + KeptNight.allCases.map { "kept.\($0.rawValue)" }

    private func row(_ tally: PruneTally) -> [SettingValue] {
        [
            .string(tally.environment.rawValue), .bool(tally.isSynthetic), .string(tally.cutoff.rfc3339),
            .integer(Int64(tally.runs)), .integer(Int64(tally.rows)), .integer(Int64(tally.bytes)),
            .integer(Int64(tally.clients.count)), .integer(Int64(tally.runsPruned)),
            tally.oldest.map { .string($0.rfc3339) } ?? .null, tally.newest.map { .string($0.rfc3339) } ?? .null,
            .integer(Int64(tally.prunedBefore)),
        ] + KeptNight.allCases.map { .integer(Int64(tally.kept[$0] ?? 0)) }
    }

    var json: SettingValue {
        var object = SettingObject()
        object["dryRun"] = .bool(isTrial)
        object["olderThan"] = .string(olderThan)
        object["environments"] = .array(
            tallies.map { tally in
                let columns = zip(Self.columns, row(tally)).filter { !$0.0.hasPrefix("kept.") }
                var members = SettingObject(columns.map { SettingObject.Member(key: $0.0, value: $0.1) })
                members["kept"] = .object(
                    SettingObject(
                        KeptNight.allCases.map {
                            SettingObject.Member(key: $0.rawValue, value: .integer(Int64(tally.kept[$0] ?? 0)))
                        }))
                return .object(members)
            })
        object["holds"] = .array(holds.map(HoldPresentation.json))
        object["database"] = [
            "bytesBefore": sizes.map { .integer(Int64($0.before)) } ?? .null,
            "bytesAfter": sizes?.after.map { .integer(Int64($0)) } ?? .null,
        ]
        return .object(object)
    }
}
