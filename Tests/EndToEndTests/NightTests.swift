import AuditModel
import AuditTestSupport
import Emulator
import Foundation
import Testing

@Suite(.serialized)
struct NightTests {
    @Test func `a first night is complete and finds what the fleet fails`() async throws {
        try await Fleet.with(clients: 30) { fleet in
            let night = try await fleet.audit.run("run", "--output", "json=-")
            #expect(night.status == 1, "\(night.errors)")
            let report = try night.json()
            #expect(report["run"]?["state"] == "complete")
            #expect(report["synthetic"] == true)
            #expect(report["completeness"]?["groupsCaptured"] == 150)
            let failures = report["failures"]?.arrayValue ?? []
            #expect(failures.count > 0)
            // The configured reports are written besides.
            #expect(FileManager.default.fileExists(atPath: fleet.folder.appending(path: "reports/latest.json").path))
        }
    }

    @Test func `an unchanged second night stores no document again and reports no change`() async throws {
        try await Fleet.with(clients: 30) { fleet in
            _ = try await fleet.audit.run("run", "--quiet")
            let sizeOfOne = try await fleet.statistics()
            let night = try await fleet.audit.run("run", "--output", "json=-")
            let report = try night.json()
            #expect(report["settingsChanges"] == [])
            #expect(report["verdictChanges"] == [])
            #expect(try await fleet.statistics() == sizeOfOne)
        }
    }

    @Test func `a refused password gives 5, a sentence, and no second try by the next run`() async throws {
        try await Fleet.with(clients: 2) { fleet in
            for account in fleet.server.manifest.accounts {
                try fleet.write("wrong", to: "secrets/\(account.clientName).password")
            }
            let night = try await fleet.audit.run("run")
            #expect(night.status == 5, "\(night.output)\(night.errors)")
            #expect(night.output.contains("Authentication was refused for every account."))
            #expect(night.output.contains("was refused; it is not tried again until"))
            let logins = fleet.server.statistics.requests(.login, status: 401)
            #expect(logins == 2)

            let second = try await fleet.audit.run("run")
            #expect(second.status == 5)
            #expect(second.output.contains("was refused in an earlier run"))
            #expect(fleet.server.statistics.requests(.login, status: 401) == logins)

            try fleet.writeConfiguration()
            #expect(try await fleet.audit.run("run").status <= 1, "a changed credential is tried again")
        }
    }

    @Test func `one client's failure is told with its reason, and the others go on`() async throws {
        try await Fleet.with(clients: 26) { fleet in
            await fleet.server.setNight(8)
            let night = try await fleet.audit.run("run", "--output", "json=-")
            #expect(night.status == 3, "\(night.errors)")
            let report = try night.json()
            #expect(report["run"]?["state"] == "partial")
            let failures = report["completeness"]?["failures"]?.arrayValue ?? []
            #expect(failures.count > 0)
            #expect(failures.allSatisfy { $0["failure"]?["reason"] == "forbidden" && $0["failure"]?["status"] == 403 })
            #expect(report["completeness"]?["clientsCollected"] == 25)
        }
    }

    @Test func `an emulator that is down is unreachable, and not another kind of platform`() async throws {
        try await Fleet.with(clients: 2) { fleet in
            let first = try await fleet.audit.run("run", "--quiet")
            #expect(first.status <= 1, "\(first.errors)")
            try await fleet.server.stop()
            let down = try await fleet.audit.run("run", "--quiet", "--output", "json=-")
            #expect(down.status == 3, "\(down.errors)")
            let report = try down.json()
            #expect(report["synthetic"] == true)
            #expect(report["completeness"]?["groupsCaptured"] == 0)
        }
    }

    @Test func `what if is said in the first sentence, and an unknown setting is refused`() async throws {
        try await Fleet.with(clients: 2) { fleet in
            _ = try await fleet.audit.run("run", "--quiet")
            let assumed = try await fleet.audit.run("check", "--set", "internal.encryptCcsPassword=false")
            #expect(assumed.output.hasPrefix("Synthetic data (emulator): What if internal.encryptCcsPassword=false? "))
            let unknown = try await fleet.audit.run("check", "--set", "internal.encryptCssPassword=false")
            #expect(unknown.status == 2)
            #expect(unknown.errors.contains("Did you mean 'internal.encryptCcsPassword'?"))
        }
    }

    @Test func `no clients, and no rules, are never green`() async throws {
        try await Fleet.with(clients: 2) { fleet in
            try fleet.writeConfiguration(roster: false)
            let empty = try await fleet.audit.run("run")
            #expect(empty.status == 3)
            #expect(empty.output.contains("No client is on the roster"))
            try fleet.writeConfiguration(policies: "[]")
            let ruleless = try await fleet.audit.run("run")
            #expect(ruleless.status == 3)
            #expect(ruleless.output.contains("No rule was evaluated"))
        }
    }

    @Test func `a fault that cannot be understood is told before anything is served`() async throws {
        try await withTemporaryFolder { folder in
            let result = try await AuditProcess(folder: folder).run("emulator", "--fault", "clinet=4200,status=500")
            #expect(result.status == 2)
            #expect(result.output.isEmpty)
            #expect(
                result.errors.contains(
                    "--fault clinet=4200,status=500: there is no key 'clinet'; 'audit emulator --help' lists what can go wrong."
                ), "\(result.errors)")
        }
    }

    @Test func `a policy with mistakes stops before any request`() async throws {
        try await Fleet.with(clients: 2) { fleet in
            try fleet.write(
                """
                policy: {id: p, title: t, version: "1"}
                rules:
                  - id: A-1
                    title: one
                    severity: hihg
                    check: {internal.maxFailedCcsLogins: {atMost: 5}}
                  - id: A-2
                    title: two
                    check: {internal.encryptCcsPassword: {atMost: 5}}
                  - id: A-2
                    title: three
                    check: {intrenal.callRecordingDays: 5}
                  - id: A-4
                    titel: four
                    title: four
                    check: {internal.callRecordingDays: {atLeast: $days}}

                """, to: "bad.yaml")
            let run = try await fleet.audit.run("run", "--policies", "bad.yaml")
            #expect(run.status == 2)
            #expect(run.errors.components(separatedBy: "\n").filter { $0.hasSuffix("^") }.count >= 6, "\(run.errors)")
            #expect(run.errors.contains("did you mean 'internal.maxFailedCcsLoginAttempts'?"), "\(run.errors)")
            #expect(fleet.server.statistics.total == 0)
            #expect(!FileManager.default.fileExists(atPath: fleet.folder.appending(path: "audit.sqlite").path))
        }
    }

    @Test func `no secret is found in any file, log or message`() async throws {
        try await Fleet.with(clients: 25) { fleet in
            let planted = "PLANTED-hunter2-7f3a"
            await fleet.server.replaceBody(
                ofClient: 4200, group: .messaging,
                with: Array(
                    """
                    {"property":[{"key":"ftp_password","value":"\(planted)"}],"defaultInputFilterId":1,\
                    "apiToken":"\(planted)"}
                    """.utf8))
            let first = try await fleet.audit.run(
                "run", "--output", "html=run.html", "--output", "text=run.txt", "--all")
            // A session that ends while it is cached, and a new login, are part of the story.
            var needles = [planted] + fleet.server.sessionIDs
            await fleet.server.endSessions()
            await fleet.server.setNight(9)
            let second = try await fleet.audit.run("run", "--all")
            let diff = try await fleet.audit.run("diff", "previous", "latest", "--output", "json=diff.json")
            let shown = try await fleet.audit.run("snapshot", "show", "4200")
            #expect(shown.output.contains("redacted:hmac-sha256:"))
            var haystacks = try fleet.filesLeftBehind().map { ($0.name, $0.bytes) }
            for (name, result) in [("first", first), ("second", second), ("diff", diff), ("shown", shown)] {
                haystacks.append((name, Data((result.output + result.errors).utf8)))
            }
            #expect(haystacks.contains { $0.0 == "audit.sqlite" })
            needles += fleet.server.sessionIDs
            needles += fleet.server.manifest.accounts.flatMap { account in
                [account.accessToken] + account.users.map(\.password)
            }
            #expect(needles.count > 50)
            for needle in needles {
                for (name, bytes) in haystacks {
                    #expect(bytes.range(of: Data(needle.utf8)) == nil, "a secret is in \(name)")
                }
            }
        }
    }
}

extension Fleet {
    /// How much the store holds, apart from the nights themselves.
    func statistics() async throws -> String {
        let documents = try await audit.run("snapshot", "list", "--format", "json").json().arrayValue ?? []
        #expect(!documents.isEmpty)
        return try sqlite(
            "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM results), (SELECT count(*) FROM raw_body)")
    }
}
