import AuditModel
import Emulator
import Foundation
import Testing

/// From a failed rule to a mended pool, with the built binary against the emulator.
@Suite(.serialized)
struct RemediationTests {
    @Test func `a plan is made, read, applied once, and the next night shows the rules fixed`() async throws {
        try await Fleet.with(clients: 2) { fleet in
            try fleet.allowRemediation()
            #expect(try await fleet.audit.run("run", "--quiet").status == 1)
            await fleet.server.resetStatistics()
            let sheet = try await fleet.audit.run("remediate", "plan", "--client", "4199")
            #expect(sheet.status == 0, "\(sheet.errors)")
            #expect(fleet.server.statistics.total == 0, "a plan asks nobody")
            let digest = try #require(sheet.output.firstMatch(of: /plan ([0-9a-f]{64})\n/)).1
            for line in [
                "1 plan with 3 writes; 2 manual steps for 1 client.",
                "  1. add voice 11 (Claudine)  POST /configuration/clients/4199/voicePool/11  for V-MUST (F-",
                "  2. remove voice 2 (Juanita)  DELETE /configuration/clients/4199/voicePool/2  for V-NOT (F-",
                "  3. remove voice 5 (Bob)  DELETE /configuration/clients/4199/voicePool/5  for V-NOT (F-",
                "  pool seen  1, 2, 3, 5  (", "  pool then  1, 3, 11\n", ": audit remediate apply \(digest)\n",
                "Which campaigns use a voice is not visible through this API",
                "Remediation is enabled: 'audit remediate apply DIGEST'",
                "\nClient Editor > Internal Settings or Security\n", "internal.maxFailedAcdLoginAttempts",
                "\nClient Editor > Voice Pool\n", "there are several ways to satisfy it",
            ] { #expect(sheet.output.contains(line), "\(line) in \(sheet.output)") }
            let file = fleet.remediationFolder.appending(path: "plans/\(digest).json")
            #expect(Digest(of: [UInt8](try Data(contentsOf: file))).hex == digest)

            let id = try #require(sheet.output.firstMatch(of: /for V-MUST \((F-[0-9a-f]{8})\)/)).1
            let alone = try await fleet.audit.run("remediate", "plan", "--finding", String(id))
            #expect(
                alone.output.contains("1 plan with 1 write") && alone.output.contains("add voice 11"), "\(alone.output)"
            )
            let both = try await fleet.audit.run("remediate", "plan", "--finding", String(id), "--client", "4199")
            #expect(both.status == 2 && both.errors.contains("leave --client and --rule out"))
            let dry = try await fleet.audit.run("remediate", "apply", String(digest.prefix(8)), "--dry-run")
            #expect(dry.status == 0 && dry.output.contains("dry run, 3 writes would be sent; nothing was written."))
            #expect(fleet.voiceChanges.isEmpty)
            let applied = try await fleet.audit.run("remediate", "apply", String(digest), "--by", "J. Doe, CHG-4711")
            #expect(applied.status == 0, "\(applied.output)\(applied.errors)")
            #expect(applied.output.contains("applied, 3 writes; the pool, read again, is as the plan wants it."))
            #expect(fleet.voiceChanges == ["+11", "-2", "-5"])
            let writer = try #require(fleet.server.manifest.accounts[0].user(.itUser)).userName
            #expect(Set(fleet.server.trail.map(\.userName)) == [writer])

            let again = try await fleet.audit.run("remediate", "apply", String(digest))
            #expect(again.status == 0 && again.output.contains("by J. Doe, CHG-4711; nothing was done."))
            #expect(fleet.server.trail.count == 3)
            let next = try await fleet.audit.run("run", "--quiet")
            #expect(next.output.contains("2 fixed"), "\(next.output)")
            let empty = try await fleet.audit.run("remediate", "plan", "--client", "4199", "--rule", "V-NOT")
            #expect(empty.status == 0 && empty.output.contains(": nothing to do.\n"), "\(empty.output)")

            let journal = try await fleet.audit.run("remediate", "journal")
            #expect(journal.output.contains("J. Doe, CHG-4711 (user "))
            #expect(journal.output.contains("write 3: remove voice 5, DELETE /configuration/clients/4199/voicePool/5"))
            #expect(
                try await fleet.audit.run("remediate", "journal", "--format", "csv").output.hasPrefix("record,at,plan,")
            )
            try fleet.expectNoSecretLeftBehind([sheet, applied, again, journal])
        }
    }

    @Test func `waived failures make no plan, neither by the run's waivers nor by today's`() async throws {
        try await Fleet.with(clients: 1) { fleet in
            try fleet.allowRemediation()
            #expect(try await fleet.audit.run("run", "--quiet").status == 1)
            try fleet.write(
                """
                waivers:
                  - {id: W-1, rules: [V-NOT], clients: [emulated/4199], reason: r, owner: o, approver: a, from: 2020-01-01, expires: 2099-12-31}

                """, to: "policies/waivers.yaml")
            let sheet = try await fleet.audit.run("remediate", "plan", "--format", "json").json()
            #expect(sheet["waived"] == 1)
            #expect(sheet["plans"]?[0]?["plan"]?["actions"]?.arrayValue?.count == 1)
            #expect(sheet["plans"]?[0]?["requests"] == ["POST /configuration/clients/4199/voicePool/11"])
            // Recorded with a run, it counts though the file is gone.
            #expect(try await fleet.audit.run("run", "--quiet").status == 1)
            try FileManager.default.removeItem(at: fleet.folder.appending(path: "policies/waivers.yaml"))
            #expect(try await fleet.audit.run("remediate", "plan", "--format", "json").json()["waived"] == 1)
        }
    }

    @Test func `what is not there or not allowed ends with 2 and its sentence`() async throws {
        try await Fleet.with(clients: 1) { fleet in
            try fleet.allowRemediation(isEnabled: false)
            let none = try await fleet.audit.run("remediate", "plan")
            #expect(none.status == 2, "\(none.errors)")
            let digest = try await fleet.planned()
            let sheet = try await fleet.audit.run("remediate", "plan")
            #expect(sheet.output.contains("Remediation is disabled in audit.yaml"))
            let disabled = try await fleet.audit.run("remediate", "apply", digest)
            #expect(disabled.status == 2)
            #expect(
                disabled.errors.hasPrefix("audit: remediation is not enabled, so nothing is written: audit.yaml needs ")
            )
            #expect(fleet.server.trail.isEmpty)
            for (arguments, words) in [
                (["--client", "4711"], "no client '4711' is on the roster"),
                (["--rule", "V-MSUT"], "have no rule 'V-MSUT'. Did you mean 'V-MUST'?"),
                (["--expires", "0s"], "--expires must be more than nothing."),
            ] {
                let result = try await fleet.audit.run(["remediate", "plan"] + arguments)
                #expect(result.status == 2 && result.errors.contains(words), "\(result.errors)")
            }
            try fleet.allowRemediation()
            for (arguments, words) in [
                (["00000000"], "no plan in "), (["xyz"], "'xyz' is no digest of a plan"),
                (
                    [digest, "--max-changes", "2"],
                    "the plan has 3 writes to make, and 2 are allowed; nothing was written."
                ),
                ([digest, "--max-changes", "1"], "the plan has 3 writes to make, and 1 is allowed;"),
                ([digest, "--max-changes", "0"], "--max-changes must be 1 or more."),
            ] {
                let result = try await fleet.audit.run(["remediate", "apply"] + arguments)
                #expect(result.status == 2 && result.errors.contains(words), "\(result.errors)")
            }
            let short = try await fleet.planned(for: 4199, "--expires", "1ms")
            let expired = try await fleet.audit.run("remediate", "apply", short)
            #expect(expired.status == 2 && expired.errors.contains("the plan expired at "), "\(expired.errors)")
            #expect(fleet.server.trail.isEmpty)
        }
    }

    @Test func `a changed plan and an edited journal end with 4`() async throws {
        try await Fleet.with(clients: 1) { fleet in
            try fleet.allowRemediation()
            let digest = try await fleet.planned()
            let file = fleet.remediationFolder.appending(path: "plans/\(digest).json")
            let text = try String(contentsOf: file, encoding: .utf8)
            try Data(text.replacing("\"voice\":11", with: "\"voice\":12").utf8).write(to: file)
            let changed = try await fleet.audit.run("remediate", "apply", digest)
            #expect(
                changed.status == 4 && changed.errors.contains("is not the plan that its name says"),
                "\(changed.errors)")
            try Data(text.utf8).write(to: file)
            #expect(try await fleet.audit.run("remediate", "apply", digest).status == 0)
            let journal = fleet.remediationFolder.appending(path: "journal.ndjson")
            let lines = try String(contentsOf: journal, encoding: .utf8)
            try Data(lines.replacing("\"voice\":2,", with: "\"voice\":3,").utf8).write(to: journal)
            for arguments in [["journal"], ["apply", digest]] {
                let result = try await fleet.audit.run(["remediate"] + arguments)
                #expect(result.status == 4, "\(result.errors)")
                #expect(result.errors.contains("of the journal ") && result.errors.contains("the file was edited"))
            }
        }
    }

    @Test func `a refused login ends with 5, and the same credential is not sent again`() async throws {
        try await Fleet.with(clients: 1) { fleet in
            try fleet.allowRemediation()
            let digest = try await fleet.planned()
            let account = fleet.server.manifest.accounts[0]
            let right = try #require(account.user(.itUser)).password
            try fleet.write("wrong", to: "secrets/\(account.clientName).writer-password")
            let refused = try await fleet.audit.run("remediate", "apply", digest)
            #expect(refused.status == 5 && refused.errors.contains("the login for remediation was refused"))
            #expect(fleet.server.statistics.requests(.login, status: 401) == 1)
            let again = try await fleet.audit.run("remediate", "apply", digest)
            #expect(again.status == 5 && again.errors.contains("and is not tried again"), "\(again.errors)")
            #expect(fleet.server.statistics.requests(.login, status: 401) == 1)
            // The nightly job's own login is another, and is not held back by it.
            #expect(try await fleet.audit.run("run", "--quiet").status == 1)
            try fleet.write(right, to: "secrets/\(account.clientName).writer-password")
            #expect(try await fleet.audit.run("remediate", "apply", digest).status == 0)
            try fleet.expectNoSecretLeftBehind([refused, again])
        }
    }

    @Test func `a write that is forbidden is told with the role, and ends with 3`() async throws {
        try await Fleet.with(clients: 1) { fleet in
            try fleet.allowRemediation()
            let digest = try await fleet.planned()
            await fleet.server.add(EmulatorFault(kind: .addVoice, status: 403))
            let result = try await fleet.audit.run("remediate", "apply", digest, "--format", "json")
            #expect(result.status == 3)
            let json = try result.json()
            #expect(json["result"] == "unfinished" && json["exitStatus"] == 3)
            #expect(json["writes"]?[0]?["outcome"] == "failed")
            #expect(json["writes"]?[0]?["words"]?.stringValue?.contains("needs the role Sysadmin or IT User") == true)
            #expect(json["after"] == [1, 2, 3, 5])
            #expect(fleet.voiceChanges.isEmpty)
        }
    }

    @Test func `one secret under two names is no credential of its own, and nothing is sent`() async throws {
        try await Fleet.with(clients: 1) { fleet in
            try fleet.allowRemediation()
            let digest = try await fleet.planned()
            await fleet.server.resetStatistics()
            let account = fleet.server.manifest.accounts[0]
            let reader = try #require(account.user(.sysadmin))
            for (file, value, words) in [
                (
                    "writer-token", account.accessToken,
                    "the access token of account 'fleet' of remediation is, under another"
                ),
                (
                    "writer-password", reader.password,
                    "the password of account 'fleet' of remediation is, under another name"
                ),
                (
                    "writer", reader.userName,
                    "the user name of account 'fleet' of remediation is, under another name, that of"
                ),
            ] {
                let name = "secrets/\(account.clientName).\(file)"
                let own = try String(contentsOf: fleet.folder.appending(path: name), encoding: .utf8)
                try fleet.write(value, to: name)
                for arguments in [
                    ["remediate", "apply", digest], ["remediate", "apply", digest, "--dry-run"], ["doctor"],
                ] {
                    let result = try await fleet.audit.run(arguments)
                    let told = result.output + result.errors
                    #expect(result.status == 2 && told.contains(words), "\(told)")
                    #expect(
                        told.contains("account 'fleet', which reads: writing needs credentials of its own"), "\(told)")
                    try fleet.expectNoSecretLeftBehind([result])
                }
                try fleet.write(own, to: name)
            }
            #expect(fleet.server.statistics.requests(.login) == 0 && fleet.server.trail.isEmpty)
            #expect(try await fleet.audit.run("remediate", "apply", digest).status == 0)
        }
    }

    @Test func `doctor says whether remediation is on, and whether its credentials can be had`() async throws {
        try await Fleet.with(clients: 2) { fleet in
            #expect(try await fleet.audit.run("doctor").output.contains("off: nothing is ever written to a platform."))
            try fleet.allowRemediation(isEnabled: false)
            #expect(try await fleet.audit.run("doctor").output.contains("off: nothing is ever written to a platform."))
            try fleet.allowRemediation()
            await fleet.server.resetStatistics()
            let on = try await fleet.audit.run("doctor")
            #expect(on.status == 0, "\(on.output)")
            #expect(on.output.contains("enabled for 1 account: 'audit remediate apply' may write to voice pools."))
            #expect(on.output.contains("its credentials can be had; they were not tried."))
            #expect(fleet.server.statistics.requests(.login) == 0)
            let last = try #require(fleet.server.manifest.accounts.last).clientName
            try FileManager.default.removeItem(at: fleet.folder.appending(path: "secrets/\(last).writer-token"))
            let broken = try await fleet.audit.run("doctor")
            #expect(broken.status == 2 && broken.output.contains("remediation fleet"), "\(broken.output)")
            #expect(broken.output.contains("for client \(last)."))
        }
    }

    @Test func `an embedded emulator's plans are told to be of no use`() async throws {
        try await Fleet.with(clients: 1) { fleet in
            try fleet.allowRemediation()
            let text = try String(contentsOf: fleet.folder.appending(path: "audit.yaml"), encoding: .utf8)
            let base = fleet.server.manifest.baseURL
            try fleet.write(
                text.replacing("{baseURL: \"\(base)\", concurrency: 8}", with: "{emulator: {clients: 1}}"),
                to: "audit.yaml")
            let digest = try await fleet.planned()
            #expect(
                try await fleet.audit.run("remediate", "plan").output.contains("is an embedded emulator: these plans"))
            let result = try await fleet.audit.run("remediate", "apply", digest)
            #expect(result.status == 2)
            #expect(result.errors.contains("is an embedded emulator, which ends with each command"), "\(result.errors)")
        }
    }
}

extension Fleet {
    /// No credential and no session is in any output, or in any file but those that the test put there.
    func expectNoSecretLeftBehind(_ results: [AuditProcess.Result]) throws {
        var secrets = server.sessionIDs
        for account in server.manifest.accounts {
            secrets += [account.accessToken, account.secondAccessToken]
            secrets += [account.user(.itUser), account.user(.sysadmin)].compactMap { $0?.password }
        }
        let outputs = results.map { Data(($0.output + $0.errors).utf8) }
        for secret in secrets {
            for bytes in try filesLeftBehind().map(\.bytes) + outputs {
                #expect(bytes.range(of: Data(secret.utf8)) == nil)
            }
        }
    }
}
