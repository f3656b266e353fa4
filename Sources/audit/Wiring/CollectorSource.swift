import AuditModel
import AuditPipeline
import Collector
import LiveVoxAPI
import Logging
import SnapshotStore
import Synchronization

/// The network as the pipeline wants it: the collector behind the port ``SettingsSource``.
struct CollectorSource: SettingsSource {
    let settings: EnvironmentSettings
    let logins: [String: AuditConfiguration.ResolvedAccount]
    let store: SnapshotStore
    let clock: CollectorClock
    let logger: Logger
    /// Whether logins are tried again that were refused before with the same credential.
    let retriesRefusedLogins: Bool
    let progress: ProgressDrawing
    var policy = RetryPolicy()

    func collect(
        _ requests: [SourceRequest], deliver: @escaping @Sendable (SourceAnswer) async throws -> Void
    ) async throws -> SourceSummary {
        let collector = Collector(environment: settings, policy: policy, clock: clock, logger: logger)
        let key = try store.key()
        // One set for all clients, most of which are asked for everything.
        let everything = Set(SettingsGroup.allCases)
        let asked = requests.compactMap { request -> ClientRequest? in
            guard let account = logins[request.client.account] else { return nil }
            return ClientRequest(
                client: request.client,
                groups: request.groups.count == everything.count ? everything : Set(request.groups),
                login: account.login,
                sharesCountries: account.sharesCountries)
        }
        let remembered = RememberedSessions()
        let summary = try await collector.collect(
            asked,
            wasRefusedBefore: { login in
                guard !retriesRefusedLogins else { return false }
                let fingerprint = key.fingerprint(of: login.fingerprintInput)
                // A store that cannot be asked is no reason to risk the account.
                do throws(StoreError) {
                    return try remembered.fingerprint(of: Self.sessionKey(login)) { () throws(StoreError) in
                        try store.refusals(in: settings.name)
                    } == fingerprint
                } catch {
                    remembered.keep(error)
                    return true
                }
            },
            refused: { session in
                // Told again at the end where the store could not be written now.
                guard (try? remember(session, key: key)) != nil else { return }
                remembered.insert(
                    Self.sessionKey(session.login), fingerprint: key.fingerprint(of: session.login.fingerprintInput))
            },
            progress: { state in
                progress.update(
                    done: state.clientsDone, total: state.clientsTotal, failed: state.clientsWithFailures,
                    requestsPerSecond: state.requestsPerSecond, timeLeft: state.timeLeft)
            },
            deliver: { answer in try await deliver(Self.sourceAnswer(answer)) })
        // Not asking is no refusal: a store that cannot be read ends the night with its own sentence.
        if let error = remembered.error { throw error }
        for session in summary.refusedSessions where !remembered.contains(Self.sessionKey(session.login)) {
            try remember(session, key: key)
        }
        return SourceSummary(
            everyLoginWasRefused: !requests.isEmpty && summary.logins + summary.refusedSessions.count > 0
                && summary.clients == summary.clientsRefused(asked),
            warnings: warnings(of: summary))
    }

    func interpret(
        _ body: [UInt8], of group: SettingsGroup, for client: Client, request: String
    ) -> Result<SettingValue, CaptureFailure> {
        AnswerInterpreter.document(group, status: 200, body: body, client: client, request: request)
    }

    /// What the store remembers a refused login by.
    static func sessionKey(_ login: ResolvedLogin) -> String { login.account + "/" + login.clientName }

    /// A refused login is remembered by a keyed fingerprint, and not sent again until the credential changes.
    private func remember(_ session: RefusedSession, key: StoreKey) throws {
        guard session.wasSent else { return }
        try store.rememberRefusedLogin(
            in: settings.name, sessionKey: Self.sessionKey(session.login),
            fingerprint: key.fingerprint(of: session.login.fingerprintInput), at: clock.now())
    }

    private func warnings(of summary: CollectionSummary) -> [String] {
        let expiring = summary.daysUntilPasswordExpires.filter { $0.value <= 14 }.sorted { $0.key < $1.key }
        return expiring.map { account, days in
            PasswordNotice(account: account, days: days).note
        } + summary.credentialWarnings.map { "Credentials: \($0)." }
            + summary.refusedSessions.map { session in
                session.wasSent
                    ? "The login of account '\(session.account)' to \(session.login.clientName) was refused; it is not tried "
                        + "again until the credential changes (or --retry-login)."
                    : "The login of account '\(session.account)' to \(session.login.clientName) was refused in an earlier run; "
                        + "it was not tried again, since the credential is the same. Change it, or run with --retry-login."
            } + traffic(summary)
    }

    private func traffic(_ summary: CollectionSummary) -> [String] {
        var sentences: [String] = []
        // One "too many" is the everyday talk of rate limits; two in a row are worth a word.
        if summary.lowestConcurrency < max(2, settings.concurrency) / 2 {
            sentences.append(
                "The platform asked for fewer requests: at times no more than \(summary.lowestConcurrency) of "
                    + "\(settings.concurrency) at a time were sent. Lower 'concurrency' or 'requestsPerSecond' of environment "
                    + "'\(settings.name)' if this stays.")
        }
        if summary.requestsHeldBack > 0 {
            sentences.append(
                "The platform failed for so many clients in a row that \(count(summary.requestsHeldBack, "request")) "
                    + "\(summary.requestsHeldBack == 1 ? "was" : "were") not sent any more; run again when it is back.")
        }
        return sentences
    }

    private static func sourceAnswer(_ answer: ClientAnswer) -> SourceAnswer {
        SourceAnswer(
            client: answer.client,
            groups: answer.answers.mapValues { group in
                let outcome: SourceAnswer.Outcome =
                    switch group.outcome {
                    case .body(let bytes, _): .body(bytes)
                    case .failure(let failure): .failure(failure)
                    case .notCollected(let reason): .notCollected(reason)
                    }
                return SourceAnswer.Group(outcome: outcome, request: group.request, times: group.times)
            })
    }
}

/// The sessions whose refusal is in the store already; workers are many.
///
/// What earlier runs left there is read once and not for each login: during a run nobody else writes.
private final class RememberedSessions: Sendable {
    private let keys = Mutex<Set<String>>([])
    private let fingerprints = Mutex<[String: Digest]?>(nil)
    private let firstError = Mutex<StoreError?>(nil)

    /// Tells that a refusal has been written to the store.
    func insert(_ key: String, fingerprint: Digest) {
        keys.withLock { _ = $0.insert(key) }
        fingerprints.withLock { $0?[key] = fingerprint }
    }

    /// What was refused by this key, as far as the store knows; nil for nothing.
    func fingerprint(
        of key: String, reading: () throws(StoreError) -> [String: Digest]
    ) throws(StoreError) -> Digest? {
        try fingerprints.withLock { known throws(StoreError) -> Digest? in
            if let known { return known[key] }
            let all = try reading()
            known = all
            return all[key]
        }
    }

    /// Why the store could not be asked, the first time that it could not.
    var error: StoreError? { firstError.withLock { $0 } }

    func keep(_ error: StoreError) { firstError.withLock { $0 = $0 ?? error } }

    func contains(_ key: String) -> Bool { keys.withLock { $0.contains(key) } }
}

extension CollectionSummary {
    /// How many of the clients belong to a refused session.
    fileprivate func clientsRefused(_ requests: [ClientRequest]) -> Int {
        let refused = Set(refusedSessions.map { $0.account + "/" + $0.login.clientName })
        return requests.filter {
            refused.contains($0.login.account + "/" + $0.login.clientName(forCode: $0.client.code))
        }
        .count
    }
}
