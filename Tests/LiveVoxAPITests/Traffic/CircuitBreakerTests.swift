import LiveVoxAPI
import Testing

struct CircuitBreakerTests {
    private func opened(threshold: Int = 3, pauses: [Duration] = [.seconds(10), .seconds(20)]) -> CircuitBreaker {
        var breaker = CircuitBreaker(threshold: threshold, pauses: pauses)
        for client in 0..<threshold { breaker.failed(for: "C\(client)", wasProbe: false, at: .zero) }
        return breaker
    }

    @Test func `failures of different clients in a row open it, and an answer between them does not let it`() {
        var breaker = CircuitBreaker(threshold: 3)
        for round in 0..<5 {
            breaker.failed(for: "A\(round)", wasProbe: false, at: .zero)
            breaker.failed(for: "B\(round)", wasProbe: false, at: .zero)
            breaker.answered()
        }
        #expect(breaker.step(at: .zero) == .send)
        var open = opened()
        #expect(open.step(at: .seconds(4)) == .wait(.seconds(6)))
    }

    @Test func `one client that always fails never opens it`() {
        var breaker = CircuitBreaker(threshold: 3)
        for _ in 0..<100 { breaker.failed(for: "A", wasProbe: false, at: .zero) }
        breaker.failed(for: "B", wasProbe: false, at: .zero)
        #expect(breaker.step(at: .zero) == .send)
    }

    @Test func `after the pause one request is the probe, and the others wait for it`() {
        var breaker = opened()
        #expect(breaker.step(at: .seconds(10)) == .probe)
        #expect(breaker.isProbing)
        #expect(breaker.step(at: .seconds(10)) == .waitForProbe)
        breaker.answered()
        #expect(breaker.step(at: .seconds(11)) == .send)
        // And the count begins anew.
        breaker.failed(for: "A", wasProbe: false, at: .seconds(12))
        #expect(breaker.step(at: .seconds(12)) == .send)
    }

    @Test func `a failed probe opens it for the next pause, and after the last pause for good, with the reason`() {
        var breaker = opened()
        #expect(breaker.step(at: .seconds(10)) == .probe)
        breaker.failed(for: "A", wasProbe: true, at: .seconds(11))
        #expect(breaker.step(at: .seconds(11)) == .wait(.seconds(20)))
        #expect(breaker.step(at: .seconds(31)) == .probe)
        breaker.failed(for: "A", wasProbe: true, at: .seconds(31))
        let reason =
            "the platform failed for 3 clients in a row, also after waiting 30 s; not asked any more in this run"
        #expect(breaker.step(at: .seconds(1000)) == .refuse(reason))
        // The answer to something that was sent long before changes nothing any more.
        breaker.answered()
        #expect(breaker.step(at: .seconds(1001)) == .refuse(reason))
    }

    @Test func `what was sent before it opened neither counts against a probe nor is lost as a sign of life`() {
        var breaker = opened()
        breaker.failed(for: "Z", wasProbe: false, at: .seconds(5))
        #expect(breaker.step(at: .seconds(10)) == .probe)
        breaker.failed(for: "Z", wasProbe: false, at: .seconds(10))
        #expect(breaker.step(at: .seconds(10)) == .waitForProbe)
        var other = opened()
        other.answered()
        #expect(other.step(at: .seconds(1)) == .send)
    }

    @Test func `a probe that was cut off is another's to send`() {
        var breaker = opened()
        #expect(breaker.step(at: .seconds(10)) == .probe)
        breaker.probeWasAbandoned(at: .seconds(11))
        #expect(breaker.step(at: .seconds(11)) == .probe)
    }

    @Test func `without pauses it is over at once`() {
        var breaker = opened(pauses: [])
        #expect(
            breaker.step(at: .zero)
                == .refuse("the platform failed for 3 clients in a row; not asked any more in this run"))
    }
}
