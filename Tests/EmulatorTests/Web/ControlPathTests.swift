import Testing

@testable import Emulator

@Suite struct ControlPathTests {
    @Test func `a script sets the night`() async throws {
        try await Peer.run(.init(clients: 25)) { peer in
            let reply = try await peer.send("POST", "/_emulator/night", body: #"{"night":4}"#)
            #expect(reply.status == 200)
            #expect(try await peer.send("GET", "/_emulator/night").text == #"{"night":4}"#)
            #expect(peer.emulator.night == 4)
            #expect(try await peer.send("POST", "/_emulator/night", body: "4").status == 400)
        }
    }

    @Test func `a script moves the clock, and sessions grow old by it`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            let reply = try await peer.send("POST", "/_emulator/clock", body: #"{"advanceSeconds":7200}"#)
            #expect(reply.status == 204)
            #expect(try await peer.send("GET", "/session/validate/\(session)").status == 404)
        }
    }

    @Test func `a script unlocks users and ends sessions`() async throws {
        try await Peer.run { peer in
            let account = try peer.account()
            let user = try #require(account.user(.sysadmin))
            let session = try await peer.session()
            for _ in 1...5 { _ = try await peer.login(account, user, password: "wrong") }
            #expect(try await peer.login(account, user).status == 401)
            #expect(try await peer.send("POST", "/_emulator/unlock").status == 204)
            #expect(try await peer.login(account, user).status == 200)
            #expect(try await peer.send("DELETE", "/_emulator/sessions").status == 204)
            #expect(try await peer.send("GET", "/session/validate/\(session)").status == 404)
        }
    }

    @Test func `a script reads the trail of writes`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            #expect(try await peer.send("GET", "/_emulator/trail").text == "[]")
            _ = try await peer.send("POST", "/configuration/clients/voicePool/9", session: session)
            #expect(
                try await peer.send("GET", "/_emulator/trail").text == """
                    [{"number":1,"night":0,"userName":"api_sysadmin","clientId":4199,"action":"addVoice",\
                    "voiceId":9,"status":204,"changed":true}]
                    """)
        }
    }

    @Test func `requests are counted by kind and status, the control path left out`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            for _ in 1...3 {
                _ = try await peer.send("GET", "/configuration/clients/internal", session: session)
            }
            _ = try await peer.send("GET", "/configuration/clients/4299/internal", session: session)
            _ = try await peer.send("GET", "/nowhere")
            #expect(
                try await peer.send("GET", "/_emulator/statistics").text == """
                    {"total":6,"highestAtOnce":1,"counts":[{"kind":"internal","status":200,"requests":3},\
                    {"kind":"internal","status":403,"requests":1},{"kind":"login","status":200,"requests":1},\
                    {"kind":"other","status":404,"requests":1}]}
                    """)
            #expect(peer.emulator.statistics.requests(.internal) == 4)
            #expect(peer.emulator.statistics.requests(status: 200) == 4)
            #expect(try await peer.send("DELETE", "/_emulator/statistics").status == 204)
            #expect(peer.emulator.statistics.total == 0)
        }
    }

    @Test func `requests at once are counted`() async throws {
        try await Peer.run(.init(clients: 1, latency: .milliseconds(300))) { peer in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...6 { group.addTask { _ = try await peer.send("GET", "/session/validate/x") } }
                try await group.waitForAll()
            }
            #expect((2...6).contains(peer.emulator.statistics.highestAtOnce))
        }
    }

    @Test func `a script puts any bytes in place of a body, and takes them away again`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            let path = "/_emulator/clients/4199/internal"
            let page = "<html>Please log in</html>"
            let put = try await peer.send("PUT", path, headers: ["Content-Type": "text/html"], body: page)
            #expect(put.status == 204)
            let reply = try await peer.send("GET", "/configuration/clients/internal", session: session)
            #expect(reply.status == 200)
            #expect(reply.text == page)
            #expect(reply.headers["content-type"] == "text/html")
            #expect(try await peer.send("DELETE", path).status == 204)
            let restored = try await peer.send("GET", "/configuration/clients/internal", session: session)
            #expect(restored.text == VendorPage.internalSettings)
        }
    }

    @Test(arguments: [
        ("PUT", "/_emulator/clients/1/internal", 404), ("PUT", "/_emulator/clients/4199/secrets", 404),
        ("GET", "/_emulator/elsewhere", 404), ("GET", "/_emulator/clock", 405),
        ("POST", "/_emulator/clock", 400), ("POST", "/_emulator/faults", 400),
    ])
    func `a command that is no command is refused`(method: String, path: String, status: Int) async throws {
        try await Peer.run { peer in
            let reply = try await peer.send(method, path, body: "no JSON")
            #expect(reply.status == status)
        }
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.8.0.2", true), ("::1", true), ("::ffff:127.0.0.1", true), ("10.0.0.1", false),
        ("128.127.0.1", false), ("::ffff:10.0.0.1", false), ("fe80::1", false), (nil, false),
    ])
    func `only this machine may steer`(address: String?, expected: Bool) {
        #expect(Loopback.contains(address) == expected)
    }
}
