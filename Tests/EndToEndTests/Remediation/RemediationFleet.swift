import AuditModel
import Emulator
import Foundation
import Testing

extension Fleet {
    /// The file of the remediation journal, and its folder.
    var remediationFolder: URL { folder.appending(path: "audit.sqlite.remediation") }

    /// Writes two voice rules and one on another group, and lets an IT User write to voice pools.
    ///
    /// - Parameter role: of the user that writes.
    func allowRemediation(_ role: EmulatorRole = .itUser, isEnabled: Bool = true) throws {
        try write(
            """
            policy: {id: voices, title: Voices, version: "1"}
            defaults: {severity: high}
            rules:
              - {id: V-MUST, title: Approved voices are there, check: {"voicePool.voice[*].id": {supersetOf: [11, 3]}}}
              - {id: V-NOT, title: Withdrawn voices are not, check: {"voicePool.voice[*].id": {containsNone: [2, 5]}}}
              - {id: V-TEN, title: Ten at least, severity: low, check: {"voicePool.voice[*].id": {size: {atLeast: 10}}}}
              - {id: LOCK, title: Lockout, check: {internal.maxFailedAcdLoginAttempts: {between: [1, 9]}}}

            """, to: "voices.yaml")
        try writeConfiguration(policies: "[voices.yaml]")
        for account in server.manifest.accounts {
            let user = try #require(account.user(role))
            try write(user.userName, to: "secrets/\(account.clientName).writer")
            try write(user.password, to: "secrets/\(account.clientName).writer-password")
            try write(account.secondAccessToken, to: "secrets/\(account.clientName).writer-token")
        }
        let configuration = try String(contentsOf: folder.appending(path: "audit.yaml"), encoding: .utf8)
        try write(
            configuration + """
                remediation:
                  enabled: \(isEnabled)
                  accounts:
                    fleet:
                      userName: "file:secrets/{code}.writer"
                      password: "file:secrets/{code}.writer-password"
                      accessToken: "file:secrets/{code}.writer-token"

                """, to: "audit.yaml")
    }

    /// A night, and the digest of the plan that its failures give for a client.
    func planned(for client: Int = 4199, _ arguments: String...) async throws -> String {
        let night = try await audit.run("run", "--quiet")
        #expect(night.status == 1, "\(night.errors)")
        let sheet = try await audit.run(
            ["remediate", "plan", "--client", String(client), "--format", "json"] + arguments)
        #expect(sheet.status == 0, "\(sheet.errors)")
        return try #require(try sheet.json()["plans"]?[0]?["digest"]?.stringValue, "\(sheet.output)")
    }

    /// The writes that changed a pool since the start: `+11`, `-2`.
    var voiceChanges: [String] {
        server.trail.filter(\.changed).map { "\($0.kind == .addVoice ? "+" : "-")\($0.voiceID)" }
    }

    /// Starts an application whose answer to one kind of request never comes, and returns once that request has arrived.
    func hangingApplication(_ digest: String, at kind: EmulatorRequestKind, skip: Int = 0) async throws
        -> AuditProcess.Running
    {
        await server.add(EmulatorFault(kind: kind, skip: skip, times: 1, latency: .seconds(3600)))
        let before = server.statistics.requests(kind)
        let running = try audit.start(["remediate", "apply", digest])
        while server.statistics.requests(kind) < before + skip + 1, running.process.isRunning { await Task.yield() }
        #expect(running.process.isRunning, "the application must be under way")
        return running
    }

    /// The names of the journal's events, as `remediate journal` lists them.
    func journalEvents() async throws -> [String] {
        let journal = try await audit.run("remediate", "journal", "--format", "json")
        #expect(journal.status == 0, "\(journal.errors)")
        return (try journal.json().arrayValue ?? []).compactMap { $0["event"]?.stringValue }
    }
}
