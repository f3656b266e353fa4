import Emulator
import Logging
import Testing

@Suite struct FaultTests {
    private static let path = "/configuration/clients/internal"

    @Test(arguments: [400, 401, 403, 404, 409, 429, 500, 502, 503])
    func `any status can be planted for one client and group, for a number of times`(status: Int) async throws {
        try await Peer.run { peer in
            let session = try await peer.fleetSession()
            let command = #"{"client":4200,"group":"internal","times":2,"status":\#(status)}"#
            #expect(try await peer.send("POST", "/_emulator/faults", body: command).status == 204)
            func read(_ path: String) async throws -> Int {
                try await peer.send("GET", "/configuration/clients/\(path)", session: session).status
            }
            #expect(try await read("4201/internal") == 200)
            #expect(try await read("4200/settings") == 200)
            #expect(try await read("internal") == 200)
            #expect(try await read("4200/internal") == status)
            #expect(try await read("4200/internal") == status)
            #expect(try await read("4200/internal") == 200)
        }
    }

    @Test(arguments: [("3", "3"), (#""Fri, 31 Dec 1999 23:59:59 GMT""#, "Fri, 31 Dec 1999 23:59:59 GMT")])
    func `Retry-After comes as seconds or as a date`(json: String, header: String) async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            let command = #"{"status":429,"times":1,"retryAfter":\#(json)}"#
            _ = try await peer.send("POST", "/_emulator/faults", body: command)
            let reply = try await peer.send("GET", Self.path, session: session)
            #expect(reply.status == 429)
            #expect(reply.headers["retry-after"] == header)
            #expect(reply.text.hasPrefix(#"{"code":429,"message":""#))
        }
    }

    @Test func `a body that is no JSON can come with 200, and a login can fail, too`() async throws {
        try await Peer.run { peer in
            await peer.emulator.add(
                .init(clientID: 4199, kind: .login, times: 1, body: "oops", contentType: "text/plain"))
            let account = try peer.account()
            let user = try #require(account.user(.sysadmin))
            let other = try peer.account(1)
            #expect(try await peer.login(other, #require(other.user(.sysadmin))).text.hasPrefix("{"))
            let spoiled = try await peer.login(account, user)
            #expect(spoiled.status == 200)
            #expect(spoiled.text == "oops")
            #expect(spoiled.headers["content-type"] == "text/plain")
            #expect(try await peer.login(account, user).text.hasPrefix("{"))
        }
    }

    @Test func `a fault without a client fits the session's client as well`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session(place: 1)
            await peer.emulator.add(.init(clientID: 4200, status: 500))
            #expect(try await peer.send("GET", Self.path, session: session).status == 500)
            #expect(try await peer.send("GET", Self.path, session: peer.session()).status == 200)
            await peer.emulator.removeFaults()
            #expect(try await peer.send("GET", Self.path, session: session).status == 200)
        }
    }

    @Test func `an answer can be late`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            _ = try await peer.send("POST", "/_emulator/faults", body: #"{"latencyMilliseconds":250,"times":1}"#)
            let elapsed = try await ContinuousClock().measure {
                let reply = try await peer.send("GET", Self.path, session: session)
                #expect(reply.status == 200)
            }
            #expect(elapsed >= .milliseconds(250))
        }
    }

    @Test func `an emulator with an answer outstanding can be stopped`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            await peer.emulator.add(.init(latency: .seconds(600)))
            await withTaskGroup(of: Bool.self) { group in
                group.addTask { (try? await peer.send("GET", Self.path, session: session).status) == 200 }
                while peer.emulator.statistics.requests(.internal) == 0 { await Task.yield() }
                try? await peer.emulator.stop()
                for await answered in group { #expect(!answered) }
            }
        }
    }

    @Test(arguments: [#"{"reset":true}"#, #"{"truncate":true}"#])
    func `a connection can be cut`(command: String) async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            _ = try await peer.send("POST", "/_emulator/faults", body: command)
            await #expect(throws: (any Error).self) {
                try await peer.send("GET", Self.path, session: session)
            }
            await peer.emulator.removeFaults()
            #expect(try await peer.send("GET", Self.path, session: session).text == VendorPage.internalSettings)
        }
    }

    @Test(arguments: [EmulatorFault.Cut.beforeAnswer, .midBody])
    func `a write whose answer is cut off has been done`(cut: EmulatorFault.Cut) async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            await peer.emulator.add(.init(kind: .addVoice, cut: cut))
            await #expect(throws: (any Error).self) {
                try await peer.send("POST", "/configuration/clients/voicePool/11", session: session)
            }
            #expect(peer.emulator.trail.first?.changed == true)
            let pool = try await peer.send("GET", "/configuration/clients/voicePool", session: session)
            #expect(pool.text.hasSuffix(#"{"id":11}]}"#))
        }
    }

    @Test func `the server's own latency comes before every answer`() async throws {
        try await Peer.run(.init(clients: 1, latency: .milliseconds(120))) { peer in
            let elapsed = try await ContinuousClock().measure {
                _ = try await peer.send("GET", "/session/validate/x")
            }
            #expect(elapsed >= .milliseconds(120))
        }
    }

    @Test func `an address that is taken is an error of the start`() async throws {
        try await Peer.run { peer in
            let port = try #require(peer.emulator.manifest.baseURL.split(separator: ":").last.flatMap { Int($0) })
            await #expect(throws: (any Error).self) {
                try await EmulatorServer.start(.init(port: port), logger: .init(label: "second"))
            }
        }
    }
}
