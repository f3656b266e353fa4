import AuditModel
import LiveVoxAPI

/// Asks for one group of one client, with the session that its account has.
struct GroupAsking: Sendable {
    let request: ClientRequest
    let group: SettingsGroup
    let session: AccountSession
    let runner: RequestRunner
    /// The uptime by which the client must be done.
    let deadline: Duration?

    /// What came of it.
    struct Result: Sendable {
        var answer: GroupAnswer
        var session: AccountSession.Grant?
        var loginFailure: CaptureFailure?
    }

    func answer() async -> Result {
        guard let number = try? ClientNumber(request.client.id.number) else {
            return notSent(.failure(CaptureFailure(.rejected, detail: "a client's id is 1 or more")), "")
        }
        let method = ClientsMethod.read(group, client: request.usesIDForm ? number : nil)
        let path = method.path(version: runner.settings.apiVersion)
        let name = "\(method.verb.rawValue) \(path)"
        if let deadline, runner.clock.uptime() >= deadline {
            return notSent(.failure(CaptureFailure(.notAttempted, request: name, detail: "the time was up")), name)
        }
        switch await session.grant() {
        case .failure(let failure):
            var result = notSent(.failure(failure), name)
            result.loginFailure = failure
            return result
        case .success(let grant):
            if let outcome = refusal(of: grant, name) {
                var result = notSent(outcome, name)
                result.session = grant
                return result
            }
            return await answer(path: path, name: name, with: grant)
        }
    }

    /// Why a session must not be used for this group, though there is one.
    private func refusal(of grant: AccountSession.Grant, _ name: String) -> GroupAnswer.Outcome? {
        guard grant.clientID != request.client.id.number else { return nil }
        if request.isSessionsOwnClient {
            return .failure(
                CaptureFailure(
                    .wrongClient, request: name,
                    detail: "the login as '\(UntrustedText.clause(request.client.code, limit: 40))' gave a session of "
                        + "client \(grant.clientID)"))
        }
        // Countries have no form with an id (decision 10).
        return group == .countries && !request.sharesCountries ? .notCollected(.countriesOfAnotherClient) : nil
    }

    private func answer(path: String, name: String, with first: AccountSession.Grant) async -> Result {
        var grant = first
        var attempts = 0
        var wasRenewed = false
        while true {
            let outcome = await runner.run(
                RequestRunner.Request(
                    verb: .get, path: path, headers: grant.headers, name: name, repeating: .reading, deadline: deadline,
                    gate: session.gate, client: request.client.code, secrets: [grant.sessionID]))
            attempts += outcome.attempts
            func ended(_ result: GroupAnswer.Outcome) -> Result {
                Result(
                    answer: GroupAnswer(outcome: result, request: name, times: outcome.times, attempts: attempts),
                    session: grant)
            }
            let answer: TransportAnswer
            switch outcome.result {
            case .failure(let failure): return ended(.failure(failure))
            case .success(let received): answer = received
            }
            guard answer.status != 200 else {
                session.accepted(grant)
                return ended(.body(answer.body, status: 200))
            }
            let failure = AnswerInterpreter.failure(
                status: answer.status, body: answer.body, request: name, hiding: [grant.sessionID])
            guard answer.status == 401 else {
                session.accepted(grant)
                return ended(.failure(failure))
            }
            // One new login for a request, and no more: a second 401 is the platform's last word.
            guard !wasRenewed else {
                session.rejectedAgain(grant, failure: failure)
                return ended(.failure(failure))
            }
            wasRenewed = true
            switch await session.grant(afterRejectionOf: grant.generation, failure: failure) {
            case .failure(let failure):
                var result = ended(.failure(failure))
                if failure.reason == .loginRefused || failure.reason == .loginFailed { result.loginFailure = failure }
                return result
            case .success(let renewed):
                if let outcome = refusal(of: renewed, name) { return ended(outcome) }
                grant = renewed
            }
        }
    }

    private func notSent(_ outcome: GroupAnswer.Outcome, _ name: String) -> Result {
        let now = runner.clock.now()
        return Result(
            answer: GroupAnswer(
                outcome: outcome, request: name, times: CaptureTimes(requestedAt: now, answeredAt: now), attempts: 0))
    }
}
