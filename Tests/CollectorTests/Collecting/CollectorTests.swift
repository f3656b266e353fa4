import AuditModel
import Collector
import Emulator
import LiveVoxAPI
import Synchronization
import Testing

struct CollectorTests {
    @Test func `every group of every client comes, with one login a client`() async throws {
        try await Fleet.run(clients: 6) { fleet in
            let collected = try await fleet.collect(fleet.ownRequests())
            #expect(collected.answers.count == 6)
            for account in fleet.accounts {
                for group in SettingsGroup.allCases {
                    let body = try #require(collected.body(account.clientId, group))
                    let answer = try #require(collected[account.clientId, group])
                    let document = AnswerInterpreter.document(
                        group, status: 200, body: body, client: fleet.client(account), request: answer.request)
                    #expect(throws: Never.self) { try document.get() }
                    #expect(answer.attempts == 1)
                    #expect(answer.times == CaptureTimes(requestedAt: fleet.clock.start, answeredAt: fleet.clock.start))
                }
                #expect(collected.answers[account.clientId]?.sessionClientID == account.clientId)
            }
            let number = fleet.accounts[0].clientId
            #expect(collected[number, .voicePool]?.request == "GET /configuration/clients/\(number)/voicePool")
            #expect(fleet.emulator.statistics.requests(.login) == 6)
            #expect(fleet.emulator.statistics.requests(.logout) == 0)
            #expect(fleet.emulator.statistics.total == 36)
            #expect(collected.summary.requests == 36)
            #expect(collected.summary.logins == 6)
            #expect(collected.summary.clientsWithFailures == 0)
            #expect(collected.summary.refusedSessions.isEmpty)
        }
    }

    @Test func `clients of one account share a session, and countries are its own client's`() async throws {
        try await Fleet.run(clients: 5) { fleet in
            let collected = try await fleet.collect(fleet.sharedRequests())
            #expect(fleet.emulator.statistics.requests(.login) == 1)
            #expect(fleet.emulator.statistics.requests(.countries) == 1)
            #expect(collected.body(fleet.accounts[0].clientId, .countries) != nil)
            for account in fleet.accounts.dropFirst() {
                #expect(collected[account.clientId, .countries]?.outcome == .notCollected(.countriesOfAnotherClient))
                #expect(collected.reasons(account.clientId).isEmpty)
                #expect(collected.answers[account.clientId]?.sessionClientID == fleet.accounts[0].clientId)
            }
        }
    }

    @Test func `shared countries are asked for by every client`() async throws {
        try await Fleet.run(clients: 3) { fleet in
            var requests = try fleet.sharedRequests()
            for index in requests.indices { requests[index].sharesCountries = true }
            let collected = try await fleet.collect(requests)
            #expect(fleet.emulator.statistics.requests(.countries) == 3)
            #expect(fleet.accounts.allSatisfy { collected.body($0.clientId, .countries) != nil })
        }
    }

    @Test func `only the groups that are missing are asked for, with or without the id`() async throws {
        try await Fleet.run(clients: 2) { fleet in
            var requests = try fleet.ownRequests()
            requests[0].groups = [.voicePool]
            requests[0].usesIDForm = false
            requests[1].groups = []
            let collected = try await fleet.collect(
                requests, settings: fleet.settings { $0.apiVersion = APIVersion("v5.0") })
            #expect(collected.answers.count == 1)
            let answer = try #require(collected.answers[fleet.accounts[0].clientId])
            #expect(answer.answers.keys.map(\.rawValue) == ["voicePool"])
            #expect(answer.answers[.voicePool]?.request == "GET /configuration/v5.0/clients/voicePool")
            #expect(fleet.emulator.statistics.total == 2)
        }
    }

    @Test func `a login that gives another client's session fails all five groups`() async throws {
        try await Fleet.run(clients: 2) { fleet in
            var requests = try fleet.ownRequests()
            requests[1].client.id.number = 999_999
            let collected = try await fleet.collect(requests)
            #expect(collected.reasons(999_999) == Array(repeating: .wrongClient, count: 5))
            #expect(collected.failure(999_999, .internal)?.detail.contains("\(fleet.accounts[1].clientId)") == true)
            #expect(collected.reasons(fleet.accounts[0].clientId).isEmpty)
            // Nothing was asked for with that session.
            #expect(fleet.emulator.statistics.total == 2 + 5)
        }
    }

    @Test func `another client's body is found by its code`() async throws {
        try await Fleet.run(clients: 2) { fleet in
            let other = try await fleet.collect(fleet.ownRequests())
            let foreign = try #require(other.body(fleet.accounts[1].clientId, .settings))
            let number = fleet.accounts[0].clientId
            await fleet.emulator.replaceBody(ofClient: number, group: .settings, with: foreign)
            let collected = try await fleet.collect([fleet.ownRequests()[0]])
            let results = try #require(collected.answers[number]).answers.mapValues { answer in
                guard case .body(let body, let status) = answer.outcome else {
                    return Result<SettingValue, CaptureFailure>.failure(CaptureFailure(.notAttempted))
                }
                let group = SettingsGroup.allCases.first { answer.request.hasSuffix("/\($0.rawValue)") }
                return AnswerInterpreter.document(
                    group ?? .internal, status: status, body: body, client: fleet.client(fleet.accounts[0]),
                    request: answer.request)
            }
            for (group, result) in AnswerInterpreter.settlingIdentity(results) {
                #expect(throws: CaptureFailure.self, "\(group)") { try result.get() }
            }
        }
    }

    @Test(arguments: [EmulatorRole.superuser, .manager, .agent])
    func `a user without the role is forbidden, group by group`(role: EmulatorRole) async throws {
        try await Fleet.run(clients: 1) { fleet in
            let request = ClientRequest(
                client: fleet.client(fleet.accounts[0]), login: try fleet.login(fleet.accounts[0], role: role))
            let collected = try await fleet.collect([request])
            let reasons = collected.reasons(fleet.accounts[0].clientId)
            // The collector does not log in as an agent, so that an agent's login may be refused already.
            #expect(reasons.count == 5 && Set(reasons).count == 1)
            #expect(reasons[0] == .forbidden || role == .agent && reasons[0] == .loginRefused)
        }
    }

    @Test func `there are never more requests at a time than allowed`() async throws {
        try await Fleet.run(clients: 12) { fleet in
            await fleet.emulator.add(EmulatorFault(latency: .milliseconds(5)))
            _ = try await fleet.collect(fleet.ownRequests(), settings: fleet.settings { $0.concurrency = 3 })
            #expect((2...3).contains(fleet.emulator.statistics.highestAtOnce))
        }
    }

    @Test func `requests are paced`() async throws {
        try await Fleet.run(clients: 2) { fleet in
            _ = try await fleet.collect(
                fleet.ownRequests(),
                settings: fleet.settings {
                    $0.requestsPerSecond = 4
                    $0.concurrency = 1
                })
            #expect(fleet.clock.elapsed == .milliseconds(250) * 11)
        }
    }

    @Test func `progress counts up to the whole`() async throws {
        try await Fleet.run(clients: 4) { fleet in
            await fleet.emulator.add(EmulatorFault(clientID: fleet.accounts[2].clientId, kind: .internal, status: 404))
            let seen = Mutex<[CollectionProgress]>([])
            _ = try await fleet.collect(
                fleet.ownRequests(), progress: { progress in seen.withLock { $0.append(progress) } })
            let progress = seen.withLock { $0 }
            #expect(Set(progress.map(\.clientsDone)) == [1, 2, 3, 4])
            let last = try #require(progress.max { $0.clientsDone < $1.clientsDone })
            #expect(last.clientsTotal == 4)
            #expect(last.clientsWithFailures == 1)
            #expect(last.requests == 24)
            #expect(last.timeLeft == .zero)
        }
    }

    @Test func `an error of the receiver ends the collection`() async throws {
        struct DiskFull: Error {}
        try await Fleet.run(clients: 3) { fleet in
            await #expect(throws: DiskFull.self) {
                try await fleet.collect(fleet.ownRequests(), onDelivery: { _ in throw DiskFull() })
            }
        }
    }

    @Test func `a cancelled collection stops at once and delivers nothing half`() async throws {
        try await Fleet.run(clients: 2) { fleet in
            let slow = fleet.accounts[1].clientId
            await fleet.emulator.add(EmulatorFault(clientID: slow, kind: .countries, latency: .seconds(600)))
            let requests = try fleet.ownRequests()
            let (delivered, continuation) = AsyncStream<Int>.makeStream()
            let collecting = Task {
                defer { continuation.finish() }
                _ = try await fleet.collect(
                    requests, onDelivery: { answer in continuation.yield(answer.client.id.number) })
            }
            var numbers: [Int] = []
            for await number in delivered {
                numbers.append(number)
                collecting.cancel()
            }
            await #expect(throws: CancellationError.self) { try await collecting.value }
            #expect(numbers == [fleet.accounts[0].clientId])
        }
    }
}
