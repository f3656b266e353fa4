import Emulator
import Foundation
import Testing

@Suite struct FleetTests {
    @Test func `the same seed gives the same fleet, byte for byte, another seed another`() async throws {
        func state(seed: UInt64) async throws -> (accounts: [EmulatorAccount], bodies: Bodies?) {
            var result: ([EmulatorAccount], Bodies?) = ([], nil)
            try await Peer.run(.init(clients: 6, seed: seed, night: 5)) { peer in
                let sessions = try await Bodies.sessions(peer)
                result = (peer.emulator.manifest.accounts, try await Bodies(from: peer, sessions: sessions))
            }
            return result
        }
        let first = try await state(seed: 11)
        let second = try await state(seed: 11)
        let other = try await state(seed: 12)
        #expect(first.accounts == second.accounts)
        #expect(first.bodies == second.bodies)
        #expect(first.accounts != other.accounts)
        #expect(first.bodies != other.bodies)
    }

    @Test func `ids follow each other, codes and tokens are unique, every account has the five roles`() async throws {
        try await Peer.run(.init(clients: 300)) { peer in
            let accounts = peer.emulator.manifest.accounts
            #expect(accounts.map(\.clientId) == Array(4199..<4499))
            #expect(accounts[0].clientName == "CAVALRY")
            #expect(Set(accounts.map(\.clientName)).count == 300)
            #expect(Set(accounts.flatMap { [$0.accessToken, $0.secondAccessToken] }).count == 600)
            for account in accounts {
                #expect(account.accessToken.wholeMatch(of: /[A-Za-z0-9]{32}/) != nil)
                #expect(Set(account.users.map(\.role)) == Set(EmulatorRole.allCases))
                #expect(account.users.count == (account.clientId == 4199 ? 6 : 5))
            }
            let passwords: [String] = accounts.flatMap { $0.users.map(\.password) }
            #expect(Set(passwords).count == 300 * 5 + 1)
        }
    }

    @Test func `the manifest is one line of JSON in the agreed shape`() async throws {
        try await Peer.run(.init(clients: 2)) { peer in
            let manifest = peer.emulator.manifest
            #expect(!manifest.json.contains("\n"))
            let json = try #require(
                JSONSerialization.jsonObject(with: Data(manifest.json.utf8)) as? [String: Any])
            #expect(Set(json.keys) == ["baseURL", "accounts"])
            #expect(json["baseURL"] as? String == manifest.baseURL)
            let accounts = try #require(json["accounts"] as? [[String: Any]])
            #expect(accounts.map { $0["clientId"] as? Int } == [4199, 4200])
            #expect(Set(accounts[0].keys) == ["clientName", "accessToken", "clientId", "users"])
            let users = try #require(accounts[0]["users"] as? [[String: String]])
            #expect(
                users.map { $0["role"] } == ["Sysadmin", "IT User", "Superuser", "Manager", "Agent", "Sysadmin"])
            #expect(users.last?["userName"] == "fleet_auditor")
            #expect(Set(users[0].keys) == ["userName", "password", "role"])
        }
    }

    @Test func `most clients meet the usual baseline, a few do not`() async throws {
        try await Peer.run(.init(clients: 200)) { peer in
            let session = try await peer.fleetSession()
            var failing: [String: Int] = [:]
            var secrets = 0
            for id in 4200..<4399 {
                let path = "/configuration/clients/\(id)/internal"
                let text = try await peer.send("GET", path, session: session).text
                let settings = try #require(
                    JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
                for key in ["encryptCcsPassword", "encryptAcdPassword"] where settings[key] as? Bool == false {
                    failing[key, default: 0] += 1
                }
                for (key, range) in [
                    ("maxFailedCcsLoginAttempts", 1...5), ("maxFailedAcdLoginAttempts", 1...5),
                    ("passwordExpirationDays", 1...90),
                ] where try !range.contains(#require(settings[key] as? Int)) {
                    failing[key, default: 0] += 1
                }
                let messaging = try await peer.send("GET", "/configuration/clients/\(id)/messaging", session: session)
                if messaging.text.contains(#""key":"sftp_password""#) { secrets += 1 }
            }
            #expect(failing.count >= 4)
            #expect(failing.values.allSatisfy { $0 <= 20 }, "\(failing)")
            #expect((5...40).contains(secrets))
        }
    }
}
