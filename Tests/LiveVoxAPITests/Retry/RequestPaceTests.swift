import LiveVoxAPI
import Testing

struct RequestPaceTests {
    @Test func `requests that come at once are spread over the seconds`() {
        var pace = RequestPace(requestsPerSecond: 4)
        let waits = (0..<5).map { _ in pace.book(at: .seconds(100)) }
        #expect(waits == [.zero, .milliseconds(250), .milliseconds(500), .milliseconds(750), .seconds(1)])
    }

    @Test func `a rate is kept over any second, whatever the pauses`() {
        var pace = RequestPace(requestsPerSecond: 20)
        var sent: [Duration] = []
        var now = Duration.zero
        for index in 0..<400 {
            if index % 37 == 0 { now += .milliseconds(700) }
            let wait = pace.book(at: now)
            now += wait
            sent.append(now)
        }
        for (index, start) in sent.enumerated() {
            let within = sent[index...].prefix { $0 < start + .seconds(1) }.count
            // The rate and the small burst after an idle time.
            #expect(within <= 21)
        }
    }

    @Test func `who comes late does not wait`() {
        var pace = RequestPace(requestsPerSecond: 1)
        #expect(pace.book(at: .zero) == .zero)
        #expect(pace.book(at: .seconds(5)) == .zero)
        #expect(pace.book(at: .seconds(5)) == .seconds(1))
    }
}
