import AuditModel
import LiveVoxAPI
import NIOHTTP1
import Synchronization

/// Sends requests at the allowed rate, and sends them again as ``RetryPolicy`` decides.
struct RequestRunner: Sendable {
    /// One request with the times it must keep.
    struct Request {
        var verb: HTTPVerb
        var path: String
        var headers: HTTPHeaders
        var body: [UInt8]?
        /// The request as failures name it.
        var name: String
        var repeating: Repeatability
        /// The uptime by which everything must be done; nil for no limit.
        var deadline: Duration?
        /// The session's gate; nil for a login.
        var gate: RateGate?
        /// The code of the client whose settings it is for; empty where it is always the same.
        var client = ""
        /// What must not come back in a failure's detail.
        var secrets: [Secret] = []
    }

    /// What came of it, with the last attempt's times.
    struct Outcome {
        var result: Result<TransportAnswer, CaptureFailure>
        var times: CaptureTimes
        var attempts: Int
    }

    let transport: HTTPTransport
    let settings: EnvironmentSettings
    let policy: RetryPolicy
    let clock: CollectorClock
    let pace: SharedPace
    let traffic: TrafficControl
    let counters: RequestCounters

    /// Sends the request until it is answered or given up. An answer of any status that is not repeated is a success
    /// here; a 429 or 5xx that stays is a failure.
    func run(_ request: Request) async -> Outcome {
        var attempts = 0
        let begun = clock.now()
        var times = CaptureTimes(requestedAt: begun, answeredAt: begun)
        func ended(_ result: Result<TransportAnswer, CaptureFailure>) -> Outcome {
            Outcome(result: result, times: times, attempts: attempts)
        }
        var last: CaptureFailure?
        while true {
            if let failure = await waitForPlace(request) { return ended(.failure(failure)) }
            let pass: TrafficControl.Pass
            switch await admission(of: request) {
            case .success(let given): pass = given
            case .failure(let refusal): return ended(.failure(Self.joined(last, refusal)))
            }
            let remaining = request.deadline.map { $0 - clock.uptime() }
            if let remaining, remaining <= .zero {
                traffic.leave(pass, .abandoned, client: request.client, at: clock.uptime())
                return ended(
                    .failure(last ?? CaptureFailure(.timedOut, request: request.name, detail: "the time is up")))
            }
            attempts += 1
            counters.countAttempt(isRepeat: attempts > 1)
            times.requestedAt = clock.now()
            let result = await transport.send(
                request.verb, path: request.path, headers: request.headers, body: request.body,
                within: min(settings.requestTimeout, remaining ?? settings.requestTimeout))
            times.answeredAt = clock.now()
            traffic.leave(pass, Self.traffic(result), client: request.client, at: clock.uptime())
            let outcome: AttemptOutcome
            switch result {
            case .success(let answer) where answer.status == 200: return ended(.success(answer))
            case .success(let answer): outcome = .answered(status: answer.status, retryAfter: answer.retryAfter)
            case .failure(let failure):
                guard let found = failure.outcome else { return ended(.failure(Self.interrupted(request))) }
                outcome = found
            }
            var generator = SystemRandomNumberGenerator()
            let decision = policy.decision(
                after: outcome, attempts: attempts, repeating: request.repeating, now: times.answeredAt,
                remaining: request.deadline.map { $0 - clock.uptime() }, using: &generator)
            switch decision {
            case .stop(.final): return ended(Self.final(result, request))
            case .stop(let reason):
                closeGate(request, after: outcome, at: times.answeredAt)
                return ended(.failure(Self.failure(result, request, stop: reason, attempts: attempts)))
            case .again(let delay, let isAsked):
                last = Self.failure(result, request, stop: .final, attempts: attempts)
                if isAsked { request.gate?.close(until: clock.uptime() + delay) }
                guard (try? await clock.sleep(delay)) != nil else {
                    return ended(.failure(Self.interrupted(request)))
                }
            }
        }
    }

    /// Keeps the session's other requests from a server that has asked for a wait, though this request is given up.
    private func closeGate(_ request: Request, after outcome: AttemptOutcome, at now: Timestamp) {
        guard case .answered(status: 429, let header?) = outcome, let wish = RetryAfter(header) else { return }
        request.gate?.close(until: clock.uptime() + wish.delay(from: now))
    }

    /// Waits for the session's gate and for a place in the rate; the failure where that is not to be.
    private func waitForPlace(_ request: Request) async -> CaptureFailure? {
        if let delay = request.gate?.delay(at: clock.uptime()), delay > .zero {
            let isPastDeadline = request.deadline.map { clock.uptime() + delay >= $0 } ?? false
            if isPastDeadline || delay > policy.longestRetryAfter {
                let wait = isPastDeadline ? "until after the deadline" : "longer than is allowed"
                return CaptureFailure(
                    .rateLimited, request: request.name,
                    detail: "not sent: the server has asked this session to wait \(wait)")
            }
            guard (try? await clock.sleep(delay)) != nil else { return Self.interrupted(request) }
        }
        let delay = pace.book(at: clock)
        if delay > .zero, (try? await clock.sleep(delay)) == nil { return Self.interrupted(request) }
        return Task.isCancelled ? Self.interrupted(request) : nil
    }

    /// Leave to send, as the platform's state allows; waits while a failing platform is left alone.
    private func admission(of request: Request) async -> Result<TrafficControl.Pass, CaptureFailure> {
        while true {
            switch await traffic.enter(at: clock.uptime) {
            case .go(let pass): return .success(pass)
            case .refused(let reason):
                return .failure(
                    Task.isCancelled
                        ? Self.interrupted(request)
                        : CaptureFailure(.notAttempted, request: request.name, detail: reason))
            case .wait(let pause):
                if let deadline = request.deadline, clock.uptime() + pause >= deadline {
                    return .failure(
                        CaptureFailure(
                            .notAttempted, request: request.name,
                            detail: "the platform fails for everybody and is left alone until after the deadline"))
                }
                guard (try? await clock.sleep(pause)) != nil else { return .failure(Self.interrupted(request)) }
            }
        }
    }

    /// What a refusal means for a request that has been sent before: it was attempted, and failed for that reason.
    private static func joined(_ last: CaptureFailure?, _ refusal: CaptureFailure) -> CaptureFailure {
        guard var last else { return refusal }
        last.detail += last.detail.isEmpty ? refusal.detail : "; \(refusal.detail)"
        return last
    }

    private static func traffic(_ result: Result<TransportAnswer, TransportFailure>) -> TrafficControl.Outcome {
        switch result {
        case .success(let answer):
            switch answer.status {
            case 429: .tooMuch(isFailure: false)
            case 503: .tooMuch(isFailure: true)
            case 500...: .failed
            default: .good
            }
        case .failure(let trouble):
            switch trouble.kind {
            // An answer that is too large is an answer.
            case .tooLarge: .good
            case .timedOut, .couldNotConnect, .notTrusted, .brokenOff: .failed
            case .cancelled: .abandoned
            }
        }
    }

    static func interrupted(_ request: Request) -> CaptureFailure {
        CaptureFailure(.notAttempted, request: request.name, detail: "the run was interrupted")
    }

    private static func final(
        _ result: Result<TransportAnswer, TransportFailure>, _ request: Request
    ) -> Result<TransportAnswer, CaptureFailure> {
        switch result {
        case .success(let answer): .success(answer)
        case .failure: .failure(failure(result, request, stop: .final, attempts: 1))
        }
    }

    private static func failure(
        _ result: Result<TransportAnswer, TransportFailure>, _ request: Request, stop: RetryPolicy.StopReason,
        attempts: Int
    ) -> CaptureFailure {
        var failure: CaptureFailure
        switch result {
        case .success(let answer):
            failure = AnswerInterpreter.failure(
                status: answer.status, body: answer.body, request: request.name, hiding: request.secrets)
        case .failure(let trouble):
            let reason: CaptureFailure.Reason =
                switch trouble.kind {
                case .timedOut: .timedOut
                case .couldNotConnect, .notTrusted, .brokenOff: .connectionFailed
                case .tooLarge: .tooLarge
                case .cancelled: .notAttempted
                }
            failure = CaptureFailure(reason, request: request.name, detail: trouble.detail)
        }
        let clause: String? =
            switch stop {
            case .final: nil
            case .attemptsUsedUp: attempts > 1 ? "after \(attempts) attempts" : nil
            case .deadline: "given up since the next attempt would come after the deadline"
            case .askedToWait(let delay):
                "the server asks to wait \(delay.components.seconds) s, longer than is allowed"
            }
        if let clause { failure.detail += failure.detail.isEmpty ? clause : "; \(clause)" }
        return failure
    }
}

/// One rate limit for all workers.
final class SharedPace: Sendable {
    private let isLimited: Bool
    private let pace: Mutex<RequestPace>

    init(requestsPerSecond: Double?) {
        isLimited = requestsPerSecond != nil
        pace = Mutex(RequestPace(requestsPerSecond: requestsPerSecond ?? 1))
    }

    func book(at clock: CollectorClock) -> Duration {
        isLimited ? pace.withLock { $0.book(at: clock.uptime()) } : .zero
    }
}

/// Holds back the other requests of a session while its server asks to wait.
final class RateGate: Sendable {
    private let opensAt = Mutex(Duration.zero)

    func close(until moment: Duration) { opensAt.withLock { $0 = max($0, moment) } }

    func delay(at now: Duration) -> Duration { opensAt.withLock { max(.zero, $0 - now) } }
}

/// What was sent, for the summary and the progress.
final class RequestCounters: Sendable {
    struct Values: Sendable {
        var attempts = 0
        var repeats = 0
        var logins = 0
    }

    private let values = Mutex(Values())

    func countAttempt(isRepeat: Bool) {
        values.withLock { values in
            values.attempts += 1
            if isRepeat { values.repeats += 1 }
        }
    }

    func countLogin() { values.withLock { $0.logins += 1 } }

    var current: Values { values.withLock { $0 } }
}
