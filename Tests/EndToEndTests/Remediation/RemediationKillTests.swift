import AuditModel
import AuditTestSupport
import Collector
import Emulator
import Foundation
import LiveVoxAPI
import Testing

/// `kill -9` while a plan is applied. The next application tells what happened, and does no harm.
@Suite(.serialized)
struct RemediationKillTests {
    @Test func `killed between the last write and the re-read, all writes took effect, and none is done twice`()
        async throws
    {
        try await Fleet.with(clients: 1) { fleet in
            try fleet.allowRemediation()
            let digest = try await fleet.planned()
            // The pool is read before the writes, which is let pass, and after them.
            let running = try await fleet.hangingApplication(digest, at: .voicePool, skip: 1)
            #expect(fleet.voiceChanges == ["+11", "-2", "-5"])
            kill(running.process.processIdentifier, SIGKILL)
            #expect(try await running.result().killedBy == SIGKILL)
            #expect(try await fleet.journalEvents().last == "accepted")

            let next = try await fleet.audit.run("remediate", "apply", digest)
            #expect(next.status == 0, "\(next.errors)")
            #expect(
                next.output.contains(
                    "an earlier application was cut off or did not get to its end; the pool is as the plan wants it already; "
                        + "nothing was written."), "\(next.output)")
            #expect(next.output.matches(of: /took effect before/).count == 3)
            #expect(next.output.contains("pool after   1, 3, 11\n"))
            #expect(fleet.server.trail.count == 3)
            #expect(try await fleet.journalEvents().last == "ended")
            #expect(try await fleet.audit.run("remediate", "apply", digest).output.contains("nothing was done."))
            #expect(fleet.server.trail.count == 3)
        }
    }

    @Test func `killed while a write's answer is under way, the pool tells that it took effect`() async throws {
        try await Fleet.with(clients: 1) { fleet in
            try fleet.allowRemediation()
            let digest = try await fleet.planned()
            let running = try await fleet.hangingApplication(digest, at: .removeVoice)
            #expect(fleet.voiceChanges == ["+11", "-2"])
            // Meanwhile nobody else applies.
            let other = try await fleet.audit.run("remediate", "apply", digest)
            #expect(other.status == 75 && other.errors.contains("process \(running.process.processIdentifier) on "))
            kill(running.process.processIdentifier, SIGKILL)
            #expect(try await running.result().killedBy == SIGKILL)
            #expect(try await fleet.journalEvents().last == "intent")

            let next = try await fleet.audit.run("remediate", "apply", digest, "--format", "json")
            #expect(next.status == 0, "\(next.errors)")
            let json = try next.json()
            #expect(json["recovery"] == true && json["result"] == "applied")
            let outcomes = (json["writes"]?.arrayValue ?? []).compactMap { $0["outcome"]?.stringValue }
            #expect(outcomes == ["doneBefore", "doneBefore", "written"])
            #expect(json["before"] == [1, 3, 5, 11] && json["after"] == [1, 3, 11])
            #expect(fleet.voiceChanges == ["+11", "-2", "-5"] && fleet.server.trail.count == 3)
        }
    }

    @Test func `killed, and then changed by somebody else, the pool is left alone`() async throws {
        try await Fleet.with(clients: 1) { fleet in
            try fleet.allowRemediation()
            let digest = try await fleet.planned()
            let running = try await fleet.hangingApplication(digest, at: .removeVoice)
            kill(running.process.processIdentifier, SIGKILL)
            _ = try await running.result()
            await fleet.server.replaceBody(
                ofClient: 4199, group: .voicePool, with: Array(#"{"voice":[{"id":1},{"id":11},{"id":8}]}"#.utf8))
            let next = try await fleet.audit.run("remediate", "apply", digest)
            #expect(next.status == 2)
            #expect(
                next.errors.contains("not the one that the plan saw, nor any on its way: it has 8 more, and it lacks "))
            #expect(next.errors.contains("'audit remediate journal' tells what was before"))
            #expect(fleet.server.trail.count == 2)
        }
    }

    @Test func `killed at any write to disk or network, the next application ends as an undisturbed one`() async throws
    {
        try await Fleet.with(clients: 1) { fleet in
            guard let library = try KillLibrary(in: fleet.folder) else { return }
            try fleet.allowRemediation()
            let digest = try await fleet.planned()
            let writes = try await library.writes(of: fleet.audit, ["remediate", "apply", digest])
            #expect(fleet.voiceChanges == ["+11", "-2", "-5"])
            #expect(writes > 20)
            var killed = 0
            for moment in 1...writes {
                for isTorn in [false, true] {
                    try await fleet.resetPool()
                    let before = fleet.server.trail.count
                    let result = try await library.killing(fleet.audit, at: moment, isTorn: isTorn)
                        .run(["remediate", "apply", digest])
                    if result.killedBy == SIGKILL { killed += 1 }
                    let next = try await fleet.audit.run("remediate", "apply", digest)
                    let place = "write \(moment) of \(writes)\(isTorn ? ", torn" : "")"
                    #expect(next.status == 0, "\(place): \(next.errors)")
                    // Each write once, in order, whoever of the two processes made it.
                    #expect(Array(fleet.voiceChanges.suffix(3)) == ["+11", "-2", "-5"], "\(place)")
                    #expect(fleet.server.trail.count == before + 3, "\(place)")
                    #expect(try await fleet.audit.run("remediate", "journal").status == 0, "\(place)")
                }
            }
            print("remediate apply: killed \(killed) times at \(writes) writes")
            #expect(killed > writes)
        }
    }

    @Test func `where the journal cannot be written, nothing more is sent, and a later application finds its way`()
        async throws
    {
        try await Fleet.with(clients: 1) { fleet in
            try fleet.allowRemediation()
            let digest = try await fleet.planned()
            #expect(try await fleet.audit.run("remediate", "apply", digest).status == 0)
            var ended: Set<Int32> = []
            var sentBefore: Set<Int> = []
            // Blocks of 512 bytes: the journal of an application has about six.
            for blocks in 1...8 {
                try await fleet.resetPool()
                let before = fleet.server.trail.count
                var limited = fleet.audit
                limited.wrapper = ["/bin/sh", "-c", "ulimit -f \(blocks); exec \"$0\" \"$@\""]
                let result = try await limited.run("remediate", "apply", digest)
                ended.insert(result.status)
                let sent = fleet.server.trail.count - before
                if result.status == 74 {
                    sentBefore.insert(sent)
                    #expect(result.errors.contains("Without its journal nothing is written to the platform"))
                    let events = try await fleet.journalEvents()
                    #expect(events.count { $0 == "intent" } >= sent, "\(blocks): \(events)")
                }
                let next = try await fleet.audit.run("remediate", "apply", digest)
                #expect(next.status == 0, "\(blocks): \(next.errors)")
                #expect(Array(fleet.voiceChanges.suffix(3)) == ["+11", "-2", "-5"], "\(blocks)")
                #expect(fleet.server.trail.count == before + 3, "\(blocks)")
            }
            #expect(ended == [0, 74])
            #expect(sentBefore.contains(0) && sentBefore.count > 1, "\(sentBefore)")
        }
    }
}

extension Fleet {
    /// Forgets the journal, and puts the pool back to 1, 2, 3, 5, as somebody in the portal would.
    fileprivate func resetPool() async throws {
        try FileManager.default.removeItem(at: remediationFolder.appending(path: "journal.ndjson"))
        let account = server.manifest.accounts[0]
        let user = try #require(account.user(.sysadmin))
        let login = ResolvedLogin(
            account: "portal", clientName: account.clientName, userName: user.userName, password: Secret(user.password),
            accessToken: Secret(account.accessToken))
        let settings = EnvironmentSettings(
            name: EnvironmentName("emulated"), baseURL: try BaseURL(server.manifest.baseURL))
        try await LiveVoxClient.with(settings, login: login) { client in
            try await client.removeVoice(VoiceID(11))
            for voice in [2, 5] { try await client.addVoice(VoiceID(voice)) }
        }
    }
}
