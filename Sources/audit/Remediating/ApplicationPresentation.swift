import AuditModel
import Remediator
import Reports

/// Shows what applying a plan came to.
struct ApplicationPresentation {
    let applied: AppliedRemediation
    let journal: String
    /// The digest of the journal's last record.
    let head: Digest

    private var plan: RemediationPlan { applied.plan }

    /// Prints it.
    func show(as format: WhyFormat) {
        switch format {
        case .text: showText()
        case .json: Console.result(MachineJSON.text(of: json))
        }
    }

    private func showText() {
        Console.result(VisibleText.of(sentence) + "\n\n")
        Listing.print(
            columns: ["write", "voice", "outcome", "for"],
            rows: zip(plan.actions, applied.outcomes).map { write, outcome in
                [
                    .string(write.kind.rawValue), .string(RemediationSheetWords.voice(write.voice)),
                    .string(words(outcome)), .string(write.reasons.map(\.rule).joined(separator: ", ")),
                ]
            }, as: .text)
        var lines = [""]
        if let before = applied.before { lines.append("pool before  \(RemediationSheetWords.pool(before))") }
        if let after = applied.after { lines.append("pool after   \(RemediationSheetWords.pool(after))") }
        lines.append("pool wanted  \(RemediationSheetWords.pool(plan.wanted.sorted()))")
        if case .appliedBefore = applied.result {
            lines.append("Nothing was read or written.")
        } else {
            if let voice = applied.defaultVoice, !(applied.after ?? applied.before ?? [voice]).contains(voice) {
                lines.append("The default voice \(voice) is not in the pool: choose another in the portal.")
            }
            lines.append(RemediationWords.campaigns)
        }
        lines.append("journal  \(journal), last record \(head.hex)")
        Console.result(lines.map { VisibleText.of($0) + "\n" }.joined())
    }

    /// One sentence that says it all.
    private var sentence: String {
        let mark = plan.isSynthetic ? "Synthetic data (emulator): " : ""
        let head = "\(mark)\(plan.code) (\(plan.environment)/\(plan.client)), plan \(plan.digest.short): "
        let recovery =
            applied.isRecovery ? "an earlier application was cut off or did not get to its end; " : ""
        return head + recovery + resultClause + "."
    }

    private var resultClause: String {
        let sent = applied.outcomes.count { outcome in
            switch outcome {
            case .written, .writtenThough, .failed, .withoutEffect, .unclear: true
            case .doneBefore, .doneByOthers, .notSent: false
            }
        }
        let left = applied.outcomes.count { $0 == .notSent }
        switch applied.result {
        case .applied:
            return sent == 0
                ? "the pool is as the plan wants it already; nothing was written"
                : "applied, \(count(sent, "write")); the pool, read again, is as the plan wants it"
        case .appliedBefore(let moment, let by): return "was applied at \(moment.rfc3339) by \(by); nothing was done"
        case .unfinished:
            let isRefused = applied.outcomes.contains(.withoutEffect)
            let cause =
                isRefused ? "the pool does not show what the platform accepted" : "a call failed and was not repeated"
            let rest = left == 0 ? "" : ", \(count(left, "write")) not sent"
            return "not finished: \(cause)\(rest); "
                + (isRefused ? "look at it in the portal" : "apply the plan again to go on")
        case .expired:
            return
                "it has expired meanwhile, so \(count(left, "write")) stay unsent; make a new plan after the next night"
        case .strayed:
            return
                "the pool, read again, is neither as wanted nor on the way: somebody else writes to it, too, or the platform did "
                + "not do what it accepted; look at it in the portal"
        case .unread(let failure):
            return
                "the pool could not be read again (\(RemediationWords.failure(failure))); apply the plan again to learn what "
                + "took effect"
        case .dryRun: return "dry run, \(count(left, "write")) would be sent; nothing was written"
        }
    }

    private func words(_ outcome: AppliedRemediation.Outcome) -> String {
        switch outcome {
        case .written: "written"
        case .writtenThough(let failure):
            "written: the pool has it, though the call failed (\(RemediationWords.failure(failure)))"
        case .failed(let failure): "failed: the pool does not have it (\(RemediationWords.failure(failure)))"
        case .withoutEffect: "accepted, but the pool does not have it"
        case .unclear(let failure): "unclear (\(RemediationWords.failure(failure)))"
        case .doneBefore: "took effect before"
        case .doneByOthers: "is there already, by others"
        case .notSent: applied.result == .dryRun ? "would be sent" : "not sent"
        }
    }

    private var json: SettingValue {
        func pool(_ voices: [Int]?) -> SettingValue {
            voices.map { voices in .array(voices.map(TrialJSON.integer)) } ?? .null
        }
        var object = SettingObject()
        object["plan"] = .string(plan.digest.hex)
        object["synthetic"] = .bool(plan.isSynthetic)
        object["client"] = .object(TrialJSON.id(Client.ID(environment: plan.environment, number: plan.client)))
        object["result"] = .string(resultName)
        object["sentence"] = .string(sentence)
        object["recovery"] = .bool(applied.isRecovery)
        object["writes"] = .array(
            zip(plan.actions, applied.outcomes).map { write, outcome in
                [
                    "do": .string(write.kind.rawValue), "voice": TrialJSON.integer(write.voice),
                    "outcome": .string(Self.name(outcome)), "words": .string(words(outcome)),
                ]
            })
        object["before"] = pool(applied.before)
        object["after"] = pool(applied.after)
        object["wanted"] = pool(plan.wanted.sorted())
        object["defaultVoice"] = applied.defaultVoice.map { TrialJSON.integer($0) } ?? SettingValue.null
        object["journalHead"] = .string(head.hex)
        object["exitStatus"] = .integer(Int64(applied.status.rawValue))
        object["notAssessed"] = [.string(RemediationWords.campaigns)]
        return .object(object)
    }

    private var resultName: String {
        switch applied.result {
        case .applied: "applied"
        case .appliedBefore: "appliedBefore"
        case .unfinished: "unfinished"
        case .expired: "expired"
        case .strayed: "strayed"
        case .unread: "unread"
        case .dryRun: "dryRun"
        }
    }

    private static func name(_ outcome: AppliedRemediation.Outcome) -> String {
        switch outcome {
        case .written: "written"
        case .writtenThough: "writtenThough"
        case .failed: "failed"
        case .withoutEffect: "withoutEffect"
        case .unclear: "unclear"
        case .doneBefore: "doneBefore"
        case .doneByOthers: "doneByOthers"
        case .notSent: "notSent"
        }
    }
}
