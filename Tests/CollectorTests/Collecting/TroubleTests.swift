import AuditModel
import Collector
import Emulator
import LiveVoxAPI
import Testing

struct CollectorTroubleTests {
    @Test(arguments: [
        ("3", Duration.seconds(3)), ("Sun, 01 Nov 2026 02:00:05 GMT", .seconds(5)),
        ("Sunday, 01-Nov-26 02:00:05 GMT", .seconds(5)),
    ])
    func `a 429 is waited out as the server asks, in both forms`(retryAfter: String, wait: Duration) async throws {
        try await Fleet.run(clients: 1) { fleet in
            await fleet.emulator.add(EmulatorFault(kind: .internal, times: 1, status: 429, retryAfter: retryAfter))
            let collected = try await fleet.collect(
                fleet.ownRequests(), settings: fleet.settings { $0.concurrency = 1 })
            let number = fleet.accounts[0].clientId
            #expect(collected.reasons(number).isEmpty)
            #expect(collected[number, .internal]?.attempts == 2)
            #expect(fleet.clock.waits == [wait])
            let later = fleet.clock.start.advanced(by: wait)
            #expect(collected[number, .internal]?.times == CaptureTimes(requestedAt: later, answeredAt: later))
            #expect(collected.summary.repeats == 1)
        }
    }

    @Test func `a server that asks for too long a wait is neither waited for nor asked again`() async throws {
        try await Fleet.run(clients: 1) { fleet in
            await fleet.emulator.add(EmulatorFault(kind: .internal, status: 429, retryAfter: "3600"))
            let collected = try await fleet.collect(
                fleet.ownRequests(), settings: fleet.settings { $0.concurrency = 1 })
            let number = fleet.accounts[0].clientId
            let failure = try #require(collected.failure(number, .internal))
            #expect(failure.status == 429)
            #expect(failure.detail.hasSuffix("the server asks to wait 3600 s, longer than is allowed"))
            #expect(fleet.clock.waits.isEmpty)
            // Nor is the session's rest sent meanwhile.
            #expect(collected.reasons(number) == Array(repeating: .rateLimited, count: 5))
            #expect(fleet.emulator.statistics.total == 2)
        }
    }

    @Test(arguments: [500, 502, 503, 504])
    func `a passing server error is passed over`(status: Int) async throws {
        try await Fleet.run(clients: 1) { fleet in
            await fleet.emulator.add(
                EmulatorFault(kind: .settings, times: 2, status: status, body: "not JSON", contentType: "text/plain"))
            let collected = try await fleet.collect(fleet.ownRequests())
            #expect(collected.reasons(fleet.accounts[0].clientId).isEmpty)
            #expect(collected[fleet.accounts[0].clientId, .settings]?.attempts == 3)
            #expect(fleet.clock.waits.count == 2)
        }
    }

    @Test func `a server error that stays is a failure of that group alone`() async throws {
        try await Fleet.run(clients: 2) { fleet in
            let number = fleet.accounts[0].clientId
            await fleet.emulator.add(EmulatorFault(clientID: number, kind: .messaging, status: 500))
            let collected = try await fleet.collect(fleet.ownRequests())
            #expect(collected.reasons(number) == [.serverError])
            let failure = try #require(collected.failure(number, .messaging))
            #expect(failure.status == 500)
            #expect(failure.request == "GET /configuration/clients/\(number)/messaging")
            #expect(failure.detail.hasSuffix("after 4 attempts"))
            #expect(collected[number, .messaging]?.attempts == 4)
            #expect(collected.reasons(fleet.accounts[1].clientId).isEmpty)
        }
    }

    @Test(
        arguments: [
            (400, .rejected), (403, .forbidden), (404, .notFound), (302, .rejected), (501, .serverError),
        ] as [(Int, CaptureFailure.Reason)])
    func `a status that will not change is not asked for again`(
        status: Int, reason: CaptureFailure.Reason
    ) async throws {
        try await Fleet.run(clients: 1) { fleet in
            await fleet.emulator.add(EmulatorFault(kind: .voicePool, status: status))
            let collected = try await fleet.collect(fleet.ownRequests())
            #expect(collected.reasons(fleet.accounts[0].clientId) == [reason])
            #expect(fleet.emulator.statistics.requests(.voicePool) == 1)
        }
    }

    @Test func `a connection that is cut is tried again`() async throws {
        try await Fleet.run(clients: 1) { fleet in
            await fleet.emulator.add(EmulatorFault(kind: .internal, times: 1, cut: .beforeAnswer))
            await fleet.emulator.add(EmulatorFault(kind: .voicePool, times: 1, cut: .midBody))
            let collected = try await fleet.collect(fleet.ownRequests())
            let number = fleet.accounts[0].clientId
            #expect(collected.reasons(number).isEmpty)
            #expect(collected[number, .internal]?.attempts == 2)
            #expect(collected[number, .voicePool]?.attempts == 2)
        }
    }

    @Test func `a body that always breaks off is a failed connection, never half a body`() async throws {
        try await Fleet.run(clients: 1) { fleet in
            await fleet.emulator.add(EmulatorFault(kind: .settings, cut: .midBody))
            let collected = try await fleet.collect(fleet.ownRequests())
            #expect(collected.reasons(fleet.accounts[0].clientId) == [.connectionFailed])
        }
    }

    @Test func `a slow answer is given up in time`() async throws {
        try await Fleet.run(clients: 1) { fleet in
            await fleet.emulator.add(EmulatorFault(kind: .internal, latency: .seconds(600)))
            let collected = try await fleet.collect(
                fleet.ownRequests(), settings: fleet.settings { $0.requestTimeout = .seconds(3) },
                policy: RetryPolicy(maximumAttempts: 1))
            #expect(collected.reasons(fleet.accounts[0].clientId) == [.timedOut])
            #expect(collected[fleet.accounts[0].clientId, .internal]?.attempts == 1)
        }
    }

    @Test func `an answer beyond the limit is not taken in`() async throws {
        try await Fleet.run(clients: 1) { fleet in
            let number = fleet.accounts[0].clientId
            await fleet.emulator.replaceBody(
                ofClient: number, group: .internal, with: [UInt8](repeating: 0x20, count: 10_000_000))
            let collected = try await fleet.collect(fleet.ownRequests())
            #expect(collected.reasons(number) == [.tooLarge])
            #expect(collected.failure(number, .internal)?.detail == "it is larger than 8388608 bytes")
            #expect(collected[number, .internal]?.attempts == 1)
        }
    }

    @Test(
        arguments: [
            ("<!DOCTYPE html><html>Log in</html>", .notJSON), (#"{"maxDailyAttempts":"#, .notJSON), ("", .notJSON),
            (#"{"maxDailyAttempts":1,"maxDailyAttempts":2}"#, .notRepresentable), (#"{"a":NaN}"#, .notJSON),
            (#"{"code":1,"message":"Invalid Account"}"#, .unexpectedShape),
        ] as [(String, CaptureFailure.Reason)])
    func `a body that is no document comes as it is and gets its reason`(
        body: String, reason: CaptureFailure.Reason
    ) async throws {
        try await Fleet.run(clients: 1) { fleet in
            let number = fleet.accounts[0].clientId
            await fleet.emulator.replaceBody(ofClient: number, group: .internal, with: Array(body.utf8))
            let collected = try await fleet.collect(fleet.ownRequests())
            let bytes = try #require(collected.body(number, .internal))
            #expect(bytes == Array(body.utf8))
            let document = AnswerInterpreter.document(
                .internal, status: 200, body: bytes, client: fleet.client(fleet.accounts[0]), request: "")
            guard case .failure(let failure) = document else {
                Issue.record("a document")
                return
            }
            #expect(failure.reason == reason)
        }
    }

    @Test func `a client's time is its own`() async throws {
        try await Fleet.run(clients: 2) { fleet in
            let number = fleet.accounts[0].clientId
            await fleet.emulator.add(EmulatorFault(clientID: number, kind: .internal, status: 503, retryAfter: "8"))
            let collected = try await fleet.collect(
                fleet.ownRequests(),
                settings: fleet.settings {
                    $0.clientTimeout = .seconds(20)
                    $0.concurrency = 1
                })
            #expect(collected.failure(number, .internal)?.detail.hasSuffix("after the deadline") == true)
            #expect(collected.reasons(number) == [.serverError])
            #expect(collected[number, .internal]?.attempts == 3)
            #expect(collected.reasons(fleet.accounts[1].clientId).isEmpty)
        }
    }

    @Test func `what the run does not reach in time is not attempted, and delivered as that`() async throws {
        try await Fleet.run(clients: 4) { fleet in
            let collected = try await fleet.collect(
                fleet.ownRequests(),
                settings: fleet.settings {
                    $0.runTimeout = .seconds(60)
                    $0.concurrency = 1
                },
                onDelivery: { _ in fleet.clock.advance(by: .seconds(40)) })
            #expect(collected.answers.count == 4)
            for account in fleet.accounts.prefix(2) { #expect(collected.reasons(account.clientId).isEmpty) }
            for account in fleet.accounts.dropFirst(2) {
                #expect(collected.reasons(account.clientId) == Array(repeating: .notAttempted, count: 5))
            }
            #expect(fleet.emulator.statistics.requests(.login) == 2)
        }
    }

    @Test func `nobody there is a failed login after some attempts`() async throws {
        try await Fleet.run(clients: 1) { fleet in
            let settings = try fleet.settings()
            let requests = try fleet.ownRequests()
            try await fleet.emulator.stop()
            let collected = try await fleet.collect(requests, settings: settings)
            let failure = try #require(collected.failure(fleet.accounts[0].clientId, .internal))
            #expect(failure.reason == .loginFailed)
            #expect(failure.status == nil)
            #expect(failure.detail.contains("after 4 attempts"))
            #expect(fleet.clock.waits.count == 3)
        }
    }

    @Test func `a server that cannot prove who it is gets no credential, and no second try`() async throws {
        try await Fleet.run(clients: 1) { fleet in
            let plain = fleet.emulator.manifest.baseURL
            let url = try BaseURL(plain.replacing("http://", with: "https://"))
            let settings = try fleet.settings { $0.baseURL = url }
            let collected = try await fleet.collect(fleet.ownRequests(), settings: settings)
            #expect(collected.failure(fleet.accounts[0].clientId, .internal)?.detail.contains("TLS handshake") == true)
            #expect(collected.summary.requests == 1)
        }
    }

    @Test func `a trust file without certificates is an error before any request`() async throws {
        try await Fleet.run(clients: 1) { fleet in
            await #expect(throws: CollectorError.unusableTrustRoots(path: "/no/such/file.pem")) {
                try await fleet.collect(
                    fleet.ownRequests(), settings: fleet.settings { $0.additionalTrustRoots = "/no/such/file.pem" })
            }
        }
    }
}
