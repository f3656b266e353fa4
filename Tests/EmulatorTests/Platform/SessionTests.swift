import Emulator
import Testing

@Suite struct SessionTests {
    private static let internalPath = "/configuration/clients/internal"

    @Test func `a login tells session, client, user and days until the password expires`() async throws {
        try await Peer.run { peer in
            let account = try peer.account(1)
            let reply = try await peer.login(account, #require(account.user(.manager)))
            #expect(reply.status == 200)
            let shape =
                /\{"sessionId":"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}","clientId":4200,"userId":\d+,"daysUntilPasswordExpires":[1-9]\d*\}/
            #expect(reply.text.wholeMatch(of: shape) != nil, "\(reply.text)")
        }
    }

    @Test func `a client without password expiry leaves the days out`() async throws {
        try await Peer.run { peer in
            let account = try peer.account()
            let reply = try await peer.login(account, #require(account.user(.sysadmin)))
            #expect(reply.status == 200)
            #expect(!reply.text.contains("daysUntilPasswordExpires"))
        }
    }

    @Test func `the same user with the same token gets the same session, with another token another`() async throws {
        try await Peer.run { peer in
            let first = try await peer.session()
            #expect(try await peer.session() == first)
            let second = try await peer.session(token: peer.account().secondAccessToken)
            #expect(second != first)
            #expect(try await peer.session(.itUser) != first)
        }
    }

    @Test func `a session lives two hours from its last use`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            for _ in 1...3 {
                await peer.emulator.advanceClock(by: .seconds(7100))
                #expect(try await peer.send("GET", Self.internalPath, session: session).status == 200)
            }
            await peer.emulator.advanceClock(by: .seconds(7200))
            #expect(try await peer.send("GET", Self.internalPath, session: session).status == 401)
            #expect(try await peer.session() != session)
        }
    }

    @Test func `to validate a session is no use of it`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            await peer.emulator.advanceClock(by: .seconds(7100))
            #expect(try await peer.send("GET", "/session/validate/\(session)").status == 204)
            await peer.emulator.advanceClock(by: .seconds(100))
            #expect(try await peer.send("GET", "/session/validate/\(session)").status == 404)
        }
    }

    @Test func `validate takes the id from the path and from the query`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            for path in ["/session/validate/\(session)", "/session/validate?sessionId=\(session)&x=1"] {
                let reply = try await peer.send("GET", path)
                #expect(reply.status == 204)
                #expect(reply.text.isEmpty)
            }
            for path in ["/session/validate/no", "/session/validate?sessionId=no", "/session/validate"] {
                #expect(try await peer.send("GET", path).status == 404)
            }
        }
    }

    @Test func `a logout ends the session, and a second one is 404`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            #expect(try await peer.send("DELETE", "/session/logout/\(session)").status == 204)
            #expect(try await peer.send("DELETE", "/session/logout/\(session)").status == 404)
            #expect(try await peer.send("GET", Self.internalPath, session: session).status == 401)
            #expect(try await peer.session() != session)
        }
    }

    @Test func `a password change ends all sessions of the user and asks for the new password`() async throws {
        try await Peer.run { peer in
            let account = try peer.account(1)
            let user = try #require(account.user(.sysadmin))
            let first = try await peer.session(place: 1)
            let second = try await peer.session(place: 1, token: account.secondAccessToken)
            let other = try await peer.session(.itUser, place: 1)
            let body = """
                {"clientName":"\(account.clientName)","userName":"\(user.userName)","password":"\(user.password)",\
                "newPassword":"Another-1","agent":false}
                """
            let access = ["LV-Access": account.accessToken]
            #expect(try await peer.send("POST", "/session/password", headers: access, body: body).status == 204)
            for session in [first, second] {
                #expect(try await peer.send("GET", Self.internalPath, session: session).status == 401)
            }
            #expect(try await peer.send("GET", Self.internalPath, session: other).status == 200)
            #expect(try await peer.login(account, user).status == 401)
            #expect(try await peer.login(account, user, password: "Another-1").status == 200)
            #expect(try await peer.send("POST", "/session/password", headers: access, body: body).status == 401)
        }
    }

    @Test func `a password that runs out ends the session and refuses the login`() async throws {
        try await Peer.run { peer in
            let account = try peer.account(1)
            let user = try #require(account.user(.sysadmin))
            let login = try await peer.login(account, user)
            let session = try peer.sessionID(login)
            let days = try #require(login.text.firstMatch(of: /daysUntilPasswordExpires":(\d+)/).flatMap { Int($0.1) })
            // Used every hour, so that nothing but the password can end it.
            for _ in 1..<days * 24 {
                await peer.emulator.advanceClock(by: .seconds(3600))
                _ = try await peer.send("GET", Self.internalPath, session: session)
            }
            await peer.emulator.advanceClock(by: .seconds(3600))
            #expect(try await peer.send("GET", Self.internalPath, session: session).status == 401)
            #expect(try await peer.login(account, user).status == 401)
        }
    }

    @Test func `every refused login gives one and the same answer`() async throws {
        try await Peer.run { peer in
            let account = try peer.account()
            let other = try peer.account(1)
            let user = try #require(account.user(.sysadmin))
            let agent = try #require(account.user(.agent))
            var stranger = account
            stranger.clientName = "NOBODY"
            var asUser = agent
            asUser.role = .manager
            let replies = [
                try await peer.login(account, user, password: "wrong"),
                try await peer.login(account, user, userName: "nobody"),
                try await peer.login(account, user, userName: user.userName.uppercased()),
                try await peer.login(account, user, token: other.accessToken),
                try await peer.login(account, user, token: "unknown"),
                try await peer.login(account, user, token: ""),
                try await peer.login(stranger, user),
                try await peer.login(account, asUser),
            ]
            for reply in replies {
                #expect(reply.status == 401)
                #expect(reply.text == #"{"code":401,"message":"Authorization error."}"#)
            }
        }
    }

    @Test func `agents' names are not case-sensitive`() async throws {
        try await Peer.run { peer in
            let account = try peer.account()
            let agent = try #require(account.user(.agent))
            #expect(try await peer.login(account, agent, userName: agent.userName.uppercased()).status == 200)
        }
    }

    @Test(arguments: [
        "", "{", "[]", "null", #"{"clientName":"CAVALRY","userName":"u"}"#,
        #"{"clientName":"CAVALRY","userName":"  ","password":"p"}"#,
        #"{"clientName":1,"userName":"u","password":"p"}"#,
        #"{"clientName":"CAVALRY","userName":"u","password":"p","agent":"maybe"}"#,
        #"{"clientName":"CAVALRY","userName":"u","password":"p","agent":1}"#,
    ])
    func `a login without its three texts is a bad request`(body: String) async throws {
        try await Peer.run { peer in
            for path in ["/session/login", "/session/password"] {
                let access = ["LV-Access": try peer.account().accessToken]
                let reply = try await peer.send("POST", path, headers: access, body: body)
                #expect(reply.status == 400)
                #expect(reply.text.hasPrefix(#"{"code":400,"message":""#))
            }
        }
    }

    @Test func `agent may be a text, and isAgent is ignored`() async throws {
        try await Peer.run { peer in
            let account = try peer.account()
            let user = try #require(account.user(.sysadmin))
            let agent = try #require(account.user(.agent))
            for (user, flag) in [
                (user, #""agent":"false""#), (agent, #""agent":"true""#), (user, #""agent":null"#),
                (user, #""isAgent":true"#),
            ] {
                let body = """
                    {"clientName":"\(account.clientName)","userName":"\(user.userName)",\
                    "password":"\(user.password)",\(flag)}
                    """
                let access = ["LV-Access": account.accessToken]
                let reply = try await peer.send("POST", "/session/login", headers: access, body: body)
                #expect(reply.status == 200, "\(flag)")
            }
        }
    }

    @Test func `a session can be ended by script`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            await peer.emulator.endSessions()
            #expect(try await peer.send("GET", Self.internalPath, session: session).status == 401)
        }
    }
}
