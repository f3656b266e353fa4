import AuditModel
import Evidence
import Reports
import ReviewPack

/// Tells what checking a pack came to.
struct PackPresentation {
    private let outcome: PackCheck.Outcome
    private let rebuilt: PackRebuild.Outcome
    private let hasKey: Bool
    /// What does not hold, each once.
    let findings: [PackCheck.Finding]

    init(check: PackCheck.Outcome, rebuilt: PackRebuild.Outcome, hasKey: Bool) {
        outcome = check
        self.rebuilt = rebuilt
        self.hasKey = hasKey
        var seen: Set<PackCheck.Finding> = []
        findings = (check.findings + rebuilt.findings).filter { seen.insert($0).inserted }
    }

    var text: String {
        var lines: [String] = []
        lines.append(
            findings.isEmpty
                ? outcome.isVouchedFor
                    ? "Everything in this pack that was checked holds."
                    : Unvouched.sentence(of: "pack", isHeldGiven: !outcome.compared.isEmpty)
                : "\(count(findings.count, "finding")): this pack is not what was made.")
        lines += findings.map { "  \(VisibleText.of($0.file)): \(VisibleText.of($0.clause))" }
        if let manifest = outcome.manifest {
            let mark = manifest.isSynthetic ? "SYNTHETIC (an emulator's data): " : ""
            let client = manifest.client.map { ", client \($0.number)" } ?? ""
            lines.append(
                VisibleText.of(
                    "\(mark)\(manifest.environment)\(client), run of \(manifest.from.day) to run of \(manifest.to.day), made by audit \(manifest.toolVersion)."
                ))
        }
        lines.append(
            "Checked: \(count(outcome.files, "file")), \(count(runs, "run")) in the log, \(count(rebuilt.verdicts, "verdict")), "
                + "\(count(rebuilt.settingsChanges, "settings change")), \(count(outcome.settingProofs, "setting proof")), "
                + "\(count(rebuilt.renderings, "file")) for people rendered again.")
        if let checkpoint = outcome.checkpoint {
            lines.append(
                VisibleText.of("Log: \(checkpoint.origin), \(entries(checkpoint.size)), root \(checkpoint.root.hex)"))
        }
        lines.append(VisibleText.of(signature))
        lines += outcome.compared.compactMap(sentence).map { VisibleText.of($0) }
        lines.append("SHA-256 of the pack: \(outcome.digest.hex)")
        lines += notChecked.map { VisibleText.of("Not checked: \($0).") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A period from a night to itself has one run.
    private var runs: Int { outcome.manifest.map { $0.from.run == $0.to.run } ?? false ? 1 : 2 }

    private func sentence(on comparison: PackCheck.Comparison) -> String? {
        switch comparison {
        case .same(let name): "The checkpoint is the one that you hold (\(name))."
        case .goesOn(let name, let size):
            "The log goes on from the checkpoint that you hold (\(name), \(entries(size))), which vouches for no entry after these."
        case .cannotBeTold: nil
        }
    }

    private func entries(_ size: UInt64) -> String { size == 1 ? "1 entry" : "\(size) entries" }

    private var signature: String {
        if !outcome.signedBy.isEmpty {
            return
                "The checkpoint is signed by \(outcome.signedBy.map(\.identity.description).joined(separator: ", "))."
        }
        if !outcome.isSigned {
            return outcome.isVouchedFor
                ? "The checkpoint is not signed."
                : "The checkpoint is not signed: compare it with one that you hold from elsewhere (--checkpoint FILE)."
        }
        return hasKey
            ? "The checkpoint's signature does not hold."
            : "The checkpoint is signed; give --key to check by whom."
    }

    private var notChecked: [String] {
        var sentences = rebuilt.notChecked
        if !rebuilt.otherRenderings.isEmpty {
            let version = outcome.manifest?.toolVersion ?? "another version"
            sentences.append(
                "\(rebuilt.otherRenderings.joined(separator: ", ")): audit \(version) rendered them, and this is "
                    + "\(ToolVersion.current), which renders them otherwise; check them with that version")
        }
        sentences.append(
            "since when a rule fails, what moved before the first night here and why a verdict moved, which rest on nights that "
                + "are not in the pack: 'audit verify' and 'audit why' tell them on the database")
        for case .cannotBeTold(let name, let size) in outcome.compared {
            sentences.append(
                "whether the log is that of the checkpoint that you hold (\(name), \(entries(size))): the pack has too little of that "
                    + "time. 'audit verify --checkpoint' tells it on the database; or get the checkpoint of this pack's time"
            )
        }
        if outcome.checkpoint != nil, !outcome.hasEarlierCheckpoint {
            sentences.append("the log's root of the time of the earlier run: no checkpoint of then is in the pack")
        }
        return sentences
    }

    var json: String {
        var object = SettingObject()
        object["sound"] = .bool(findings.isEmpty)
        object["vouchedFor"] = .bool(findings.isEmpty && outcome.isVouchedFor)
        object["goesOnFromHeld"] = .bool(
            outcome.compared.contains { comparison in
                if case .goesOn = comparison { true } else { false }
            })
        object["findings"] = .array(
            findings.map { ["file": .string($0.file), "finding": .string($0.clause)] })
        object["sha256"] = .string(outcome.digest.hex)
        object["files"] = .integer(Int64(outcome.files))
        object["verdicts"] = .integer(Int64(rebuilt.verdicts))
        object["settingsChanges"] = .integer(Int64(rebuilt.settingsChanges))
        object["renderings"] = .integer(Int64(rebuilt.renderings))
        object["settingProofs"] = .integer(Int64(outcome.settingProofs))
        object["signed"] = .bool(outcome.isSigned)
        object["signedBy"] = .array(outcome.signedBy.map { .string($0.identity.description) })
        object["synthetic"] = outcome.manifest.map { .bool($0.isSynthetic) } ?? .null
        object["notChecked"] = .array(notChecked.map { .string($0) })
        return MachineJSON.text(of: .object(object))
    }
}
