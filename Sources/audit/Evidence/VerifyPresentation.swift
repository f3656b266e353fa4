import AuditModel
import AuditPipeline
import Evidence
import Reports
import SnapshotStore

/// Tells what checking a store came to.
struct VerifyPresentation {
    let outcome: EvidenceCheck.Outcome

    private var verification: StoreVerification { outcome.verification }

    var text: String {
        var lines: [String] = []
        let findings = verification.findings.count + verification.findingsLeftOut
        lines.append(
            findings == 0
                ? "Everything that was checked holds."
                : "\(count(findings, "finding")): this database is not what was recorded.")
        for finding in verification.findings {
            lines.append("  \(visible(finding.table)): \(visible(finding.key)): \(visible(finding.clause))")
        }
        if verification.findingsLeftOut > 0 {
            lines.append("  and \(verification.findingsLeftOut) more of the same tables")
        }
        lines.append("")
        lines.append(checked)
        let size = verification.log.size
        let name = verification.origin.map { ", " + visible($0) } ?? ""
        lines.append("Log: \(size) \(size == 1 ? "entry" : "entries"), root \(verification.log.root.hex)\(name)")
        lines += outcome.notChecked.map { "Not checked: \($0)." }
        return lines.joined(separator: "\n") + "\n"
    }

    private var checked: String {
        let contents = [
            count(verification.documents, "document"), count(verification.results, "result vector"),
            count(verification.runs, "sealed run") + " with " + count(verification.clientNights, "client-night"),
        ]
        let signed = "\(outcome.signedCheckpoints) with a known signature, \(outcome.heldCheckpoints) held elsewhere"
        let verdicts = [
            count(outcome.keysDerived, "evaluation key") + " derived",
            count(outcome.judgedAgain, "client-night") + " judged again",
        ]
        let checkpoints = count(verification.checkpoints.count, "checkpoint") + " (\(signed))"
        let pruned =
            verification.prunedCaptures == 0
            ? "" : " \(count(verification.prunedCaptures, "capture")) hash-only (pruned)."
        return "Checked: " + (contents + [checkpoints]).joined(separator: ", ") + "; "
            + verdicts.joined(separator: ", ") + "." + pruned
    }

    var json: String {
        let findings = verification.findings.map { finding -> SettingValue in
            ["table": .string(finding.table), "key": .string(finding.key), "finding": .string(finding.clause)]
        }
        let counts: [(String, Int)] = [
            ("documents", verification.documents), ("results", verification.results), ("runs", verification.runs),
            ("clientNights", verification.clientNights), ("hashOnlyCaptures", verification.prunedCaptures),
            ("checkpoints", verification.checkpoints.count),
            ("signedCheckpoints", outcome.signedCheckpoints), ("heldCheckpoints", outcome.heldCheckpoints),
            ("evaluationKeys", outcome.keysDerived), ("judgedAgain", outcome.judgedAgain),
        ]
        let log: SettingValue = [
            "size": .integer(Int64(verification.log.size)), "root": .string(verification.log.root.hex),
            "origin": verification.origin.map { .string($0) } ?? .null,
        ]
        var object = SettingObject()
        object["sound"] = .bool(outcome.isSound)
        object["findings"] = .array(findings)
        object["findingsLeftOut"] = .integer(Int64(verification.findingsLeftOut))
        object["checked"] = .object(SettingObject(counts.map { .init(key: $0.0, value: .integer(Int64($0.1))) }))
        object["log"] = log
        object["notChecked"] = .array(outcome.notChecked.map { .string($0) })
        return MachineJSON.text(of: .object(object))
    }

    /// Bytes that were altered may be anything; a terminal must not act on them.
    private func visible(_ text: String) -> String { VisibleText.of(text) }
}

/// Draws how far a check is, on a terminal alone: it takes seconds.
struct VerifyProgress {
    private let isDrawn: Bool

    init(isQuiet: Bool) { isDrawn = !isQuiet && Console.errorIsTerminal }

    func update(_ what: String, _ part: Double) {
        guard isDrawn else { return }
        Console.draw("\r\u{1B}[Kchecking \(what): \(Int(part * 100)) %")
    }

    func finish() {
        if isDrawn { Console.draw("\r\u{1B}[K") }
    }
}
