import Emulator
import Foundation
import Testing

@Suite struct ScenarioTests {
    @Test(arguments: [1, 2, 3, 8, 12, 25, 40])
    func `each night differs from the night before by its planned changes and nothing else`(clients: Int) async throws {
        try await Peer.run(.init(clients: clients)) { peer in
            let plan = EmulatorScenario.plannedChanges(clients: clients, seed: 7)
            let sessions = try await Bodies.sessions(peer)
            var before = try await Bodies(from: peer, sessions: sessions)
            for night in 1...EmulatorScenario.lastNight + 1 {
                await peer.emulator.setNight(night)
                let after = try await Bodies(from: peer, sessions: sessions)
                let changes = plan.filter { $0.night == night }
                var expected: Set<Bodies.Key> = []
                for change in changes {
                    for group in change.group.map({ [$0] }) ?? EmulatorGroup.allCases {
                        expected.insert(.init(client: change.clientID, group: group))
                    }
                    try expect(change, before: before, after: after)
                }
                #expect(after.differences(from: before) == expected, "night \(night)")
                before = after
            }
        }
    }

    private func expect(_ change: PlannedChange, before: Bodies, after: Bodies) throws {
        switch change.kind {
        case .modified, .added, .removed:
            #expect(try before.value(of: change) == change.from.map(Bodies.canonical(text:)), "\(change)")
            #expect(try after.value(of: change) == change.to.map(Bodies.canonical(text:)), "\(change)")
            #expect(change.from != change.to)
            #expect((change.kind == .added) == (change.from == nil))
            #expect((change.kind == .removed) == (change.to == nil))
        case .reordered:
            let group = try #require(change.group)
            let old = try #require(before[change.clientID, group]).text
            let new = try #require(after[change.clientID, group]).text
            #expect(old != new)
            // The same characters in another order: enough, since each element is told apart by its id or key.
            #expect(old.utf8.sorted() == new.utf8.sorted())
        case .clientRemoved:
            #expect(after[change.clientID, .internal]?.status == 401)
        case .accessDenied:
            #expect(before[change.clientID, .internal]?.status == 200)
            #expect(after[change.clientID, .internal]?.status == 403)
        case .accessRestored:
            #expect(after[change.clientID, .internal]?.status == 200)
        }
    }

    @Test func `a fleet of 25 gets every kind of drift, on the nights of the plan`() {
        let plan = EmulatorScenario.plannedChanges(clients: 25, seed: 7)
        func nights(_ path: String) -> [[String?]] {
            plan.filter { $0.path == path }.map { ["\($0.night)", $0.from, $0.to] }
        }
        #expect(nights("internal.encryptCcsPassword") == [["3", "true", "false"], ["6", "false", "true"]])
        #expect(nights("internal.maxFailedCcsLoginAttempts") == [["4", "5", "10"], ["8", "10", "20"]])
        #expect(nights("internal.passwordExpirationDays") == [["5", "90", "0"]])
        #expect(nights("voicePool.voice[id=5]") == [["6", #"{"id":5}"#, nil]])
        #expect(nights("messaging.property[key=requeue_limit].value").map(\.[0]) == ["9"])
        #expect(nights("settings.restrictStrategiesScope") == [["10", "true", "false"]])
        #expect(nights("settings.displayName").map(\.[0]) == ["11"])
        let abroad = plan.filter { $0.group == .countries && $0.kind == .added }
        #expect(abroad.count == 14)
        #expect(Set(abroad.map(\.clientID)).count == 14)
        #expect(Set(abroad.map(\.night)) == [7])
        #expect(Set(abroad.map(\.to)) == [#"{"countryCode":"7","name":"RUSSIA","id":53}"#])
        #expect(plan.filter { $0.kind == .clientRemoved }.map(\.night) == [12])
        #expect(plan.filter { $0.kind == .accessDenied }.map(\.night) == [8])
        #expect(plan.filter { $0.kind == .accessRestored }.map(\.night) == [9])
        let reordered = plan.filter { $0.kind == .reordered }
        #expect(Set(reordered.map(\.night)).count >= 4)
        #expect(Set(reordered.map(\.group)) == [.voicePool, .messaging, .countries])
        #expect(Set(reordered.map(\.clientID)).count >= 5)
    }

    @Test(arguments: [1, 5, 25, 500])
    func `the vendor's client is in no plan`(clients: Int) {
        for seed in UInt64(0)..<20 {
            let plan = EmulatorScenario.plannedChanges(clients: clients, seed: seed)
            #expect(!plan.contains { $0.clientID == 4199 }, "seed \(seed)")
            #expect(plan.allSatisfy { (4200..<4199 + clients).contains($0.clientID) }, "seed \(seed)")
        }
    }

    @Test func `every seed from 25 clients on gets the whole plan, with real differences`() {
        for seed in UInt64(0)..<50 {
            for clients in [25, 26, 60] {
                let plan = EmulatorScenario.plannedChanges(clients: clients, seed: seed)
                let real = plan.filter { [.modified, .added, .removed].contains($0.kind) }
                #expect(real.count == 9 + 14, "seed \(seed)")
                #expect(real.allSatisfy { $0.from != $0.to }, "seed \(seed)")
                #expect(Set(plan.map(\.kind)) == Set(PlannedChange.Kind.allCases), "seed \(seed)")
            }
        }
    }

    @Test func `the client that is removed can neither log in nor be read, and comes back on an earlier night`()
        async throws
    {
        try await Peer.run(.init(clients: 25)) { peer in
            let removal = try #require(
                EmulatorScenario.plannedChanges(clients: 25, seed: 7).first { $0.kind == .clientRemoved })
            let place = removal.clientID - 4199
            let account = try peer.account(place)
            let user = try #require(account.user(.sysadmin))
            let path = "/configuration/clients/\(removal.clientID)/internal"
            let fleet = try await peer.fleetSession()
            await peer.emulator.setNight(removal.night)
            #expect(try await peer.login(account, user).status == 401)
            #expect(try await peer.send("GET", path, session: fleet).status == 403)
            await peer.emulator.setNight(removal.night - 1)
            #expect(try await peer.login(account, user).status == 200)
            #expect(try await peer.send("GET", path, session: fleet).status == 200)
        }
    }

    @Test func `the client that answers 403 one night can still log in`() async throws {
        try await Peer.run(.init(clients: 25, night: 8)) { peer in
            let denial = try #require(
                EmulatorScenario.plannedChanges(clients: 25, seed: 7).first { $0.kind == .accessDenied })
            let session = try await peer.session(place: denial.clientID - 4199)
            for group in EmulatorGroup.allCases {
                let path = "/configuration/clients/\(group.rawValue)"
                #expect(try await peer.send("GET", path, session: session).status == 403)
            }
            #expect(peer.emulator.night == 8)
        }
    }
}
