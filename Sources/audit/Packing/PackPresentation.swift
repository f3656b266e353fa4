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
                ? "Everything in this pack that was checked holds."
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
            "Checked: \(count(outcome.files, "file")), 2 runs in the log, \(count(rebuilt.verdicts, "verdict")), "
                + "\(count(rebuilt.settingsChanges, "settings change")), \(count(outcome.settingProofs, "setting proof")), "
                + "\(count(rebuilt.renderings, "file")) for people rendered again.")
        if let checkpoint = outcome.checkpoint {
            let size = checkpoint.size == 1 ? "1 entry" : "\(checkpoint.size) entries"
            lines.append(VisibleText.of("Log: \(checkpoint.origin), \(size), root \(checkpoint.root.hex)"))
        }
        lines.append(VisibleText.of(signature))
        lines.append("SHA-256 of the pack: \(outcome.digest.hex)")
        lines += notChecked.map { VisibleText.of("Not checked: \($0).") }
        return lines.joined(separator: "\n") + "\n"
    }

    private var signature: String {
        if !outcome.signedBy.isEmpty {
            return
                "The checkpoint is signed by \(outcome.signedBy.map(\.identity.description).joined(separator: ", "))."
        }
        if !outcome.isSigned {
            return "The checkpoint is not signed: compare it with one that you hold from elsewhere."
        }
        return hasKey
            ? "The checkpoint's signature does not hold."
            : "The checkpoint is signed; give --key to check by whom. Without it, whoever wrote this file may have made all of it."
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
        if outcome.checkpoint != nil, !outcome.hasEarlierCheckpoint {
            sentences.append("the log's root of the time of the earlier run: no checkpoint of then is in the pack")
        }
        return sentences
    }

    var json: String {
        var object = SettingObject()
        object["sound"] = .bool(findings.isEmpty)
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
