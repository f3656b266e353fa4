import Emulator
import Testing

@Suite struct LockoutTests {
    @Test func `a user is locked after as many failures as the client's own setting says, until unlocked`() async throws
    {
        try await Peer.run { peer in
            // Client 4199: maxFailedCcsLoginAttempts is 5.
            let account = try peer.account()
            let user = try #require(account.user(.itUser))
            for _ in 1...4 { #expect(try await peer.login(account, user, password: "wrong").status == 401) }
            #expect(try await peer.login(account, user).status == 200)
            for _ in 1...5 { #expect(try await peer.login(account, user, password: "wrong").status == 401) }
            #expect(try await peer.login(account, user).status == 401)
            await peer.emulator.unlockUsers()
            #expect(try await peer.login(account, user).status == 200)
        }
    }

    @Test func `a client with lockout 0 never locks`() async throws {
        try await Peer.run { peer in
            // Client 4199: maxFailedAcdLoginAttempts, the agents' setting, is 0.
            let account = try peer.account()
            let agent = try #require(account.user(.agent))
            for _ in 1...15 { #expect(try await peer.login(account, agent, password: "wrong").status == 401) }
            #expect(try await peer.login(account, agent).status == 200)
        }
    }

    @Test func `a wrong token is not the user's failure`() async throws {
        try await Peer.run { peer in
            let account = try peer.account()
            let user = try #require(account.user(.itUser))
            for _ in 1...6 { _ = try await peer.login(account, user, password: "wrong", token: "unknown") }
            #expect(try await peer.login(account, user).status == 200)
        }
    }

    @Test func `a locked user's session goes on, and other users are not concerned`() async throws {
        try await Peer.run { peer in
            let account = try peer.account()
            let user = try #require(account.user(.itUser))
            let session = try await peer.session(.itUser)
            for _ in 1...5 { _ = try await peer.login(account, user, password: "wrong") }
            #expect(try await peer.send("GET", "/configuration/clients/internal", session: session).status == 200)
            #expect(try await peer.login(account, #require(account.user(.sysadmin))).status == 200)
        }
    }
}
