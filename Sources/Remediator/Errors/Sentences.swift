public import AuditModel

extension RemediationError: CustomStringConvertible {
    /// The sentence: what happened, where, and how to mend it.
    public var description: String {
        switch self {
        case .noDigest(let text):
            "'\(text)' is no digest of a plan: write its 64 hexadecimal digits, or the first eight or more of them."
        case .unknownPlan(let text, let folder):
            "no plan in \(folder) has the digest \(text); 'audit remediate plan' makes plans and prints their digests."
        case .ambiguousPlan(let text, let count):
            "\(count) plans have a digest that begins with \(text); write more of it."
        case .planAltered(let path):
            "\(path) is not the plan that its name says: its bytes have another digest. Nothing was written to the platform. "
                + "Find out who changed the file, and make a new plan."
        case .planUnreadable(let path):
            "\(path) is no plan that this version can read; make a new one with 'audit remediate plan'."
        case .journalAltered(let path, let line):
            "line \(line) of the journal \(path) is not what the line before it, or its own number, says: the file was edited. "
                + "Nothing was written to the platform. Restore the journal from a backup, or move it away and look at the "
                + "voice pools by hand."
        case .busy(let holder):
            "another process applies a plan of this database: \(holder). Try again when it has ended."
        case .inputOutput(let path, let cause):
            "could not read or write \(path): \(cause). Without its journal nothing is written to the platform; check the "
                + "folder, its rights and its room, then apply again: it tells what has happened so far."
        case .expired(let moment):
            "the plan expired at \(moment.rfc3339); nothing was written. Make a new one with 'audit remediate plan'."
        case .otherEnvironment(let plan, let now, let name):
            "the plan is for environment '\(name)' at \(plan), and audit.yaml has it at \(now); nothing was written. Make a "
                + "new plan after the next night."
        case .login(let failure):
            "the login for remediation \(failure.reason == .loginRefused ? "was refused" : "could not be carried out")"
                + "\(Self.clause(failure)). Nothing was written. Check the credentials under 'remediation' in audit.yaml with "
                + "'audit doctor'."
        case .notReached(let cause): "the platform could not be reached: \(cause). Nothing was written."
        case .otherClient(let plan, let answered, let source):
            "the plan is for client \(plan), and \(source) answers for \(answered); nothing was written. The credentials under "
                + "'remediation' must be those of the client itself."
        case .notRead(let failure):
            "what must be read before any write could not be read\(Self.clause(failure)). Nothing was written."
                + Self.remedy(failure)
        case .defaultVoiceUnreadable:
            "settings.defaultVoiceId is no id, so nobody can tell which voice is the default; nothing was written."
        case .defaultVoiceMoved(let before, let after):
            "the default voice was \(Self.voice(before)) when the plan was made and is \(Self.voice(after)) now; nothing was "
                + "written. Make a new plan after the next night."
        case .moved(let has, let lacks, let isRecovery):
            "the voice pool is not the one that the plan saw\(isRecovery ? ", nor any on its way" : "")"
                + "\(Self.difference(has, lacks)); nothing was written"
                + "\(isRecovery ? " this time, and 'audit remediate journal' tells what was before" : ""). Somebody else changes "
                + "it, too: make a new plan after the next night."
        case .undone(let write):
            "\(write.text) was done when this plan was applied before, and is not in effect now; it is not done twice. Nothing "
                + "was written. Find out who took it back, then make a new plan after the next night."
        case .tooManyWrites(let count, let limit):
            "the plan has \(count) writes to make, and \(limit) \(limit == 1 ? "is" : "are") allowed; nothing was written. Read them again, then allow "
                + "them with --max-changes \(count)."
        case .removesDefaultVoice(let voice):
            "the plan removes voice \(voice), which is the client's default voice (settings.defaultVoiceId); nothing was "
                + "written. Choose another default in the portal first, or say --force: the platform would be left with a "
                + "default that is not in the pool."
        }
    }

    private static func clause(_ failure: CaptureFailure) -> String {
        let status = failure.status.map { "HTTP \($0) from " } ?? ""
        let request = failure.request.isEmpty ? failure.reason.rawValue : status + failure.request
        return ": \(request)\(failure.detail.isEmpty ? "" : ": \(failure.detail)")"
    }

    private static func remedy(_ failure: CaptureFailure) -> String {
        failure.reason == .forbidden ? " " + RemediationWords.roleNeeded : ""
    }

    private static func voice(_ voice: Int?) -> String { voice.map { "voice \($0)" } ?? "none" }

    private static func difference(_ has: [Int], _ lacks: [Int]) -> String {
        func list(_ voices: [Int]) -> String { voices.map(String.init).joined(separator: ", ") }
        let clauses = [
            has.isEmpty ? nil : "it has \(list(has)) more", lacks.isEmpty ? nil : "it lacks \(list(lacks))",
        ].compactMap { $0 }
        return clauses.isEmpty ? "" : ": " + clauses.joined(separator: ", and ")
    }
}

/// What is said in more than one place.
public enum RemediationWords {
    /// What nobody can see before a write.
    public static let campaigns =
        "Which campaigns use a voice is not visible through this API: look in the portal before you remove one."
    static let roleNeeded = "The user of remediation needs the role Sysadmin or IT User for this client."

    /// What a failed call came to, with what to do.
    public static func failure(_ failure: CaptureFailure) -> String {
        let status = failure.status.map { "HTTP \($0)" } ?? failure.reason.rawValue
        let detail = failure.detail.isEmpty ? "" : ": \(failure.detail)"
        let remedy =
            switch failure.reason {
            case .forbidden: ". " + roleNeeded
            case .notFound: ". The platform does not know such a voice"
            default: ""
            }
        return status + detail + remedy
    }
}

extension PlannedWrite {
    /// `adding voice 11`.
    var text: String {
        switch kind {
        case .add: "adding voice \(voice)"
        case .remove: "removing voice \(voice)"
        }
    }
}
