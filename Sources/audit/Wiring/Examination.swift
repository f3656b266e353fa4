import AuditModel
import Collector
import Foundation
import LiveVoxAPI
import Policies
import SnapshotStore

/// What `audit doctor` looks at, one finding after another.
struct Examination {
    /// One thing that was looked at.
    struct Finding {
        enum Grade: String {
            case ok, warning, wrong
        }
        var grade: Grade
        var subject: String
        var sentence: String
        var status: ExitStatus
    }

    let workspace: Workspace
    private(set) var findings: [Finding] = []

    init(workspace: Workspace) { self.workspace = workspace }

    /// Looks at everything; nothing is changed, and no login is tried.
    mutating func examine() async {
        guard let configuration = workspace.configuration else { return }
        ok("configuration", "\(configuration.file ?? "") is readable and has no mistakes.")
        examinePolicies(configuration)
        examineWaivers()
        examineRoster(configuration)
        await examineCredentials(configuration)
        await examineRemediation(configuration)
        for environment in configuration.environments { await examine(environment) }
        examineDisk()
        examineStore()
        await examineEvidence(configuration.evidence)
        await examineNotifications(configuration.notify)
    }

    mutating func ok(_ subject: String, _ sentence: String) {
        findings.append(Finding(grade: .ok, subject: subject, sentence: sentence, status: .success))
    }

    mutating func warn(_ subject: String, _ sentence: String) {
        findings.append(Finding(grade: .warning, subject: subject, sentence: sentence, status: .success))
    }

    mutating func wrong(_ subject: String, _ sentence: String, _ status: ExitStatus) {
        findings.append(Finding(grade: .wrong, subject: subject, sentence: sentence, status: status))
    }

    private mutating func examinePolicies(_ configuration: AuditConfiguration) {
        do {
            let loaded = PolicyLoader.load(
                try PolicyFiles.files(at: configuration.policies), timeZones: .system)
            guard let set = loaded.policySet else {
                let first = loaded.diagnostics.first { $0.severity == .error }
                return wrong(
                    "policies", "\(first?.message ?? "no policy") ('audit policy check' shows every mistake).", .usage)
            }
            guard !set.facts.isEmpty else {
                return wrong(
                    "policies", "there is no rule, so nothing would be judged; name policy files under 'policies'.",
                    .usage)
            }
            ok("policies", "\(count(set.facts.count, "rule")) in \(count(set.policies.count, "policy file")).")
        } catch {
            wrong(
                "policies", Explanation.end(for: error)?.message ?? (error as? CommandEnd)?.message ?? "\(error)",
                .usage)
        }
    }

    private mutating func examineWaivers() {
        do {
            guard let set = try WaiverFiles.load(nil, workspace) else { return }
            ok(
                "waivers",
                "\(count(set.waivers.count, "waiver")) ('audit waiver check' holds them against rules and roster).")
        } catch {
            wrong("waivers", (error as? CommandEnd)?.message ?? "\(error)", .usage)
        }
    }

    private mutating func examineRoster(_ configuration: AuditConfiguration) {
        for environment in configuration.environments {
            guard case .platform = environment.kind else { continue }
            let roster = configuration.roster(of: environment.name)
            if roster.isEmpty {
                wrong(
                    "clients of \(environment.name)",
                    "there is none, so nothing would be audited; add clients to audit.yaml.", .usage)
            } else {
                ok("clients of \(environment.name)", "\(count(roster.count, "client")) on the roster.")
            }
        }
    }

    private mutating func examineCredentials(_ configuration: AuditConfiguration) async {
        for environment in configuration.environments {
            guard case .platform = environment.kind else { continue }
            do {
                let accounts = try configuration.resolvedAccounts(of: environment.name)
                for (name, account) in accounts.sorted(by: { $0.key < $1.key }) {
                    let codes = configuration.roster(of: environment.name).filter { $0.account == name }.map(\.code)
                    await examine(account.login, named: name, codes: codes, in: environment.name)
                }
            } catch {
                wrong("credentials", (error as? CommandEnd)?.message ?? "\(error)", .usage)
            }
        }
    }

    private mutating func examine(
        _ login: AccountLogin, named name: String, codes: [String], in environment: EnvironmentName
    ) async {
        var problems: [String: String] = [:]
        var refused: [String] = []
        // Read only; a store that cannot be opened is told of elsewhere.
        let store = try? SnapshotStore.open(at: workspace.database, access: .readOnly)
        var warnings: Set<String> = []
        // An account with one session needs one look, whatever the number of its clients.
        for code in login.isPerClient ? codes : Array(codes.prefix(1)) {
            do {
                let resolved = try await login.resolved(forCode: code)
                warnings.formUnion(resolved.warnings.map(\.description))
                if isRefused(resolved, in: environment, by: store) { refused.append(code) }
            } catch {
                problems[code] = error.description
            }
        }
        for warning in warnings.sorted() { warn("account \(name)", "\(warning).") }
        if let (code, problem) = problems.min(by: { $0.key < $1.key }) {
            let more = problems.count > 1 ? " (and \(count(problems.count - 1, "other client")))" : ""
            wrong("account \(name)", "\(problem), for client \(code)\(more).", .usage)
        } else if let code = refused.first {
            let more = refused.count > 1 ? " and \(count(refused.count - 1, "other client"))" : ""
            wrong(
                "account \(name)",
                "its login to \(code)\(more) was refused by the platform and is not tried again; change the credential, or run "
                    + "with --retry-login.", .authentication)
        } else if !codes.isEmpty {
            ok("account \(name)", "its credentials can be had; they were not tried.")
        }
    }

    private func isRefused(_ login: ResolvedLogin, in environment: EnvironmentName, by store: SnapshotStore?) -> Bool {
        guard let store, let key = try? store.key() else { return false }
        let fingerprint = key.fingerprint(of: login.fingerprintInput)
        let known = try? store.refusal(
            in: environment, sessionKey: CollectorSource.sessionKey(login), fingerprint: fingerprint)
        return known != nil
    }

    private mutating func examine(_ environment: AuditConfiguration.EnvironmentEntry) async {
        let subject = "environment \(environment.name)"
        guard case .platform(let settings) = environment.kind else {
            return ok(subject, "an embedded emulator; its data prove nothing about a real platform.")
        }
        do {
            let probe = try await PlatformProbe.probe(settings)
            ok(
                subject,
                "\(settings.baseURL) answers (HTTP \(probe.status))\(probe.isEmulator ? "; it is the emulator" : "").")
            if let date = probe.date.flatMap(HTTPDate.timestamp(of:)) {
                let skew = abs(date.milliseconds - Workspace.clock().milliseconds) / 1000
                if skew > 60 {
                    warn(
                        "clock",
                        "this machine's clock and that of \(settings.baseURL) differ by \(skew) s; runs are dated by this one."
                    )
                } else {
                    ok("clock", "within \(max(1, skew)) s of \(settings.baseURL).")
                }
            }
        } catch {
            wrong(
                subject, "\(settings.baseURL) does not answer: \(error). Check the URL, the network and any proxy.",
                .incomplete)
        }
    }

    private mutating func examineDisk() {
        let folder = URL(filePath: workspace.database).deletingLastPathComponent()
        var existing = folder
        while !FileManager.default.fileExists(atPath: existing.path), existing.path != "/" {
            existing = existing.deletingLastPathComponent()
        }
        guard FileManager.default.isWritableFile(atPath: existing.path) else {
            return wrong("disk", "\(existing.path) is not writable, and the database belongs below it.", .inputOutput)
        }
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: existing.path)
        let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
        let megabytes = free / 1_000_000
        if megabytes < 200 {
            warn("disk", "only \(megabytes) MB are free at \(existing.path).")
        } else {
            ok("disk", "\(megabytes) MB are free at \(existing.path).")
        }
    }
}
