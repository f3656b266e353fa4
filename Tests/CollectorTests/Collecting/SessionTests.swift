import AuditModel
import Collector
import Emulator
import LiveVoxAPI
import Synchronization
import Testing

struct CollectorSessionTests {
    @Test func `a session that ends in the middle is renewed once`() async throws {
        try await Fleet.run(clients: 4) { fleet in
            let collected = try await fleet.collect(
                fleet.sharedRequests(), settings: fleet.settings { $0.concurrency = 1 },
                onDelivery: { answer in
                    if answer.client.id.number == fleet.accounts[1].clientId { await fleet.emulator.endSessions() }
                })
            #expect(fleet.accounts.allSatisfy { collected.reasons($0.clientId).isEmpty })
            #expect(fleet.emulator.statistics.requests(.login) == 2)
            #expect(fleet.emulator.statistics.requests(status: 401) == 1)
        }
    }

    @Test func `many workers whose session ends log in once`() async throws {
        try await Fleet.run(clients: 24) { fleet in
            let count = Mutex(0)
            let collected = try await fleet.collect(
                fleet.sharedRequests(), settings: fleet.settings { $0.concurrency = 8 },
                onDelivery: { _ in
                    let isTenth = count.withLock { count in
                        count += 1
                        return count == 10
                    }
                    if isTenth { await fleet.emulator.endSessions() }
                })
            #expect(fleet.accounts.allSatisfy { collected.reasons($0.clientId).isEmpty })
            #expect(fleet.emulator.statistics.requests(.login) == 2)
        }
    }

    @Test func `a session that is never accepted ends after one new login`() async throws {
        try await Fleet.run(clients: 1) { fleet in
            for kind in [EmulatorRequestKind.internal, .settings, .messaging, .voicePool, .countries] {
                await fleet.emulator.add(EmulatorFault(kind: kind, status: 401))
            }
            let collected = try await fleet.collect(
                fleet.ownRequests(), settings: fleet.settings { $0.concurrency = 1 })
            #expect(collected.reasons(fleet.accounts[0].clientId) == Array(repeating: .unauthorized, count: 5))
            #expect(fleet.emulator.statistics.requests(.login) == 2)
            #expect(fleet.emulator.statistics.total == 4)
        }
    }

    @Test func `a refused login is sent once and fails the session's clients alone`() async throws {
        try await Fleet.run(clients: 3) { fleet in
            var requests = try fleet.ownRequests()
            requests[1].login = try fleet.login(fleet.accounts[1], password: "wrong-password")
            let collected = try await fleet.collect(requests)
            let number = fleet.accounts[1].clientId
            #expect(collected.reasons(number) == Array(repeating: .loginRefused, count: 5))
            #expect(collected.answers[number]?.loginFailure?.status == 401)
            #expect(collected.reasons(fleet.accounts[0].clientId).isEmpty)
            #expect(collected.reasons(fleet.accounts[2].clientId).isEmpty)
            #expect(fleet.emulator.statistics.requests(.login) == 3)
            let refused = try #require(collected.summary.refusedSessions.first)
            #expect(collected.summary.refusedSessions.count == 1)
            #expect(refused.account == fleet.accounts[1].clientName)
            #expect(refused.wasSent)
            #expect(collected.summary.clientsWithFailures == 1)
        }
    }

    @Test(arguments: [401, 403, 404])
    func `each denial of a login is final`(status: Int) async throws {
        try await Fleet.run(clients: 3) { fleet in
            await fleet.emulator.add(EmulatorFault(kind: .login, status: status))
            let collected = try await fleet.collect(fleet.sharedRequests())
            #expect(
                fleet.accounts.allSatisfy {
                    collected.reasons($0.clientId) == Array(repeating: .loginRefused, count: 5)
                })
            #expect(fleet.emulator.statistics.total == 1)
            #expect(collected.summary.refusedSessions.count == 1)
        }
    }

    @Test func `a credential that was refused before is not sent`() async throws {
        try await Fleet.run(clients: 2) { fleet in
            let requests = try fleet.ownRequests()
            let refused = try await requests[0].login.resolved(forCode: requests[0].client.code).fingerprintInput
            let collected = try await fleet.collect(
                requests, wasRefusedBefore: { $0.fingerprintInput == refused })
            let number = fleet.accounts[0].clientId
            #expect(collected.reasons(number) == Array(repeating: .loginRefused, count: 5))
            #expect(collected.failure(number, .internal)?.detail.contains("until the credential changes") == true)
            #expect(collected.failure(number, .internal)?.status == nil)
            #expect(collected.reasons(fleet.accounts[1].clientId).isEmpty)
            #expect(fleet.emulator.statistics.requests(.login) == 1)
            #expect(collected.summary.refusedSessions.map(\.wasSent) == [false])
        }
    }

    @Test func `a login that the platform could not judge is a failed login, and sent once`() async throws {
        try await Fleet.run(clients: 1) { fleet in
            await fleet.emulator.add(EmulatorFault(kind: .login, status: 500))
            let collected = try await fleet.collect(fleet.ownRequests())
            #expect(collected.reasons(fleet.accounts[0].clientId) == Array(repeating: .loginFailed, count: 5))
            #expect(collected.failure(fleet.accounts[0].clientId, .internal)?.status == 500)
            #expect(fleet.emulator.statistics.total == 1)
            #expect(collected.summary.refusedSessions.isEmpty)
        }
    }

    @Test func `a login that is asked to wait waits`() async throws {
        try await Fleet.run(clients: 1) { fleet in
            await fleet.emulator.add(EmulatorFault(kind: .login, times: 1, status: 429, retryAfter: "7"))
            let collected = try await fleet.collect(fleet.ownRequests())
            #expect(collected.reasons(fleet.accounts[0].clientId).isEmpty)
            #expect(fleet.clock.waits == [.seconds(7)])
        }
    }

    @Test(arguments: [
        "<html>login</html>", "{}", #"{"sessionId":"x"}"#, #"{"clientId":4199}"#, #"{"code":1,"message":"no"}"#,
    ])
    func `a login's answer without a session and a client is a failed login`(body: String) async throws {
        try await Fleet.run(clients: 1) { fleet in
            await fleet.emulator.add(EmulatorFault(kind: .login, status: 200, body: body))
            let collected = try await fleet.collect(fleet.ownRequests())
            #expect(collected.reasons(fleet.accounts[0].clientId) == Array(repeating: .loginFailed, count: 5))
        }
    }

    @Test func `a credential that cannot be had is a failed login without any request`() async throws {
        try await Fleet.run(clients: 1) { fleet in
            var requests = try fleet.ownRequests()
            requests[0].login.password = .environment("AUDIT_TEST_NO_SUCH_VARIABLE")
            let collected = try await fleet.collect(requests)
            let failure = try #require(collected.failure(fleet.accounts[0].clientId, .internal))
            #expect(failure.reason == .loginFailed)
            #expect(failure.detail.contains("'AUDIT_TEST_NO_SUCH_VARIABLE' is not set"))
            #expect(fleet.emulator.statistics.total == 0)
        }
    }
}
