import AuditModel
import Collector
import Emulator
import LiveVoxAPI
import Logging
import Testing

struct TrafficTests {
    @Test func `a storm of 429 is answered with fewer requests at a time, and everything is collected in the end`()
        async throws
    {
        try await Fleet.run(clients: 12, latency: .milliseconds(4)) { fleet in
            await fleet.emulator.add(EmulatorFault(times: 60, status: 429, retryAfter: "1"))
            let collected = try await fleet.collect(
                fleet.ownRequests(), settings: fleet.settings { $0.concurrency = 8 },
                policy: RetryPolicy(maximumAttempts: 100),
                onDelivery: { _ in
                    // From the first client that is done on, the storm is over and its effect is not.
                    if fleet.clock.isFirst() { await fleet.emulator.resetStatistics() }
                })
            for account in fleet.accounts { #expect(collected.reasons(account.clientId).isEmpty) }
            #expect(collected.summary.lowestConcurrency == 1)
            #expect(collected.summary.repeats == 60)
            // 12 clients × 6 requests are 72 good answers, one place more after each 32: never back at 8.
            #expect(fleet.emulator.statistics.highestAtOnce <= 4, "\(fleet.emulator.statistics.highestAtOnce)")
        }
    }

    @Test func `without a storm all places are used`() async throws {
        try await Fleet.run(clients: 4) { fleet in
            let collected = try await fleet.collect(fleet.ownRequests())
            #expect(collected.summary.lowestConcurrency == 4)
            #expect(collected.summary.requestsHeldBack == 0)
        }
    }

    @Test func `a platform that is down is left alone after some clients, and each of the others is told why`()
        async throws
    {
        try await Fleet.run(clients: 30) { fleet in
            await fleet.emulator.add(EmulatorFault(kind: .login, status: 500))
            let collected = try await fleet.collect(
                fleet.ownRequests(),
                settings: fleet.settings {
                    $0.breaker = CircuitBreaker(threshold: 5, pauses: [.seconds(30), .seconds(60)])
                })
            #expect(collected.answers.count == 30)
            let refused = fleet.accounts.filter { collected.reasons($0.clientId).first == .notAttempted }
            // The clients that were being asked when it opened have failed; with four workers those are few.
            #expect(refused.count >= 20)
            for account in refused {
                #expect(
                    collected.failure(account.clientId, .internal)?.detail
                        == "the platform failed for 5 clients in a row, also after waiting 90 s; not asked any more in this run"
                )
                #expect(collected.reasons(account.clientId).count == 5)
            }
            #expect(collected.summary.requestsHeldBack >= refused.count)
            #expect(fleet.emulator.statistics.requests(.login) < 30)
            #expect(fleet.clock.waits.contains(.seconds(30)))
            #expect(fleet.clock.waits.contains(.seconds(60)))
        }
    }

    @Test func `a platform that comes back during the pause is asked for everything`() async throws {
        try await Fleet.run(clients: 12) { fleet in
            await fleet.emulator.add(EmulatorFault(kind: .login, times: 4, status: 500))
            let collected = try await fleet.collect(
                fleet.ownRequests(),
                settings: fleet.settings {
                    $0.breaker = CircuitBreaker(threshold: 4, pauses: [.seconds(30)])
                    $0.concurrency = 1
                })
            let failed = fleet.accounts.filter { !collected.reasons($0.clientId).isEmpty }
            #expect(failed.count == 4)
            #expect(collected.summary.requestsHeldBack == 0)
            #expect(fleet.clock.waits == [.seconds(30)])
        }
    }

    @Test func `a cancelled run ends though requests wait for a probe`() async throws {
        try await Fleet.run(clients: 20) { fleet in
            await fleet.emulator.add(EmulatorFault(kind: .login, times: 4, status: 500))
            await fleet.emulator.add(EmulatorFault(kind: .login, latency: .seconds(600)))
            let requests = try fleet.ownRequests()
            let settings = try fleet.settings {
                $0.breaker = CircuitBreaker(threshold: 4, pauses: [.seconds(30)])
                $0.concurrency = 8
            }
            let run = Task { try await fleet.collect(requests, settings: settings) }
            while fleet.emulator.statistics.requests(.login) < 5 { await Task.yield() }
            run.cancel()
            await #expect(throws: CancellationError.self) { try await run.value }
        }
    }
}
