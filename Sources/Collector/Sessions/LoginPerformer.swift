import AuditModel
import LiveVoxAPI
import NIOHTTP1

/// Performs one login: credentials, request, answer. Keeps nothing of them.
struct LoginPerformer: Sendable {
    let runner: RequestRunner
    /// Whether these very credentials were refused in an earlier run (decision 12).
    let wasRefusedBefore: @Sendable (ResolvedLogin) async -> Bool

    /// What came of it, with the login where the platform has refused it, now or before.
    struct Outcome: Sendable {
        var result: Result<LoginAnswer, CaptureFailure>
        var refused: ResolvedLogin?
        var wasSent: Bool
        var warnings: [CredentialWarning] = []
        var userName: String?
    }

    /// Logs in once.
    /// - Parameter deadline: the uptime by which it must be done.
    func logIn(_ login: AccountLogin, code: String, deadline: Duration?) async -> Outcome {
        let resolved: ResolvedLogin
        do throws(CredentialError) {
            resolved = try await login.resolved(forCode: code)
        } catch {
            let detail = "a credential of account '\(login.account)' cannot be had: \(error)"
            return Outcome(result: .failure(CaptureFailure(.loginFailed, detail: detail)), wasSent: false)
        }
        return await logIn(resolved, code: code, deadline: deadline)
    }

    /// Logs in once with credentials at hand, for the client with a code.
    func logIn(_ login: ResolvedLogin, code: String, deadline: Duration?) async -> Outcome {
        let name = SessionMethod.login.request(version: runner.settings.apiVersion)
        if await wasRefusedBefore(login) {
            let failure = CaptureFailure(
                .loginRefused, request: name,
                detail: "refused in an earlier run, and not tried again until the credential changes")
            return Outcome(
                result: .failure(failure), refused: login, wasSent: false, warnings: login.warnings,
                userName: login.userName)
        }
        runner.counters.countLogin()
        let body = LoginRequest(clientName: login.clientName, userName: login.userName, password: login.password).body()
        var headers = Self.headers(for: runner.settings)
        headers.add(name: "LV-Access", value: login.accessToken.reveal())
        let outcome = await runner.run(
            RequestRunner.Request(
                verb: .post, path: SessionMethod.login.path(version: runner.settings.apiVersion), headers: headers,
                body: body, name: name, repeating: .login, deadline: deadline, client: code,
                secrets: [login.password, login.accessToken]))
        let result = Self.answer(of: outcome.result, to: login, name: name)
        var wasRefused = false
        if case .failure(let failure) = result { wasRefused = failure.reason == .loginRefused }
        return Outcome(
            result: result, refused: wasRefused ? login : nil, wasSent: true, warnings: login.warnings,
            userName: login.userName)
    }

    /// The headers of every request; the vendor's samples send both content headers even without a body.
    static func headers(for settings: EnvironmentSettings) -> HTTPHeaders {
        [
            "Accept": "application/json", "Content-Type": "application/json", "Accept-Encoding": "gzip",
            "User-Agent": settings.userAgent,
        ]
    }

    /// The headers of every request with a session. The access token is not among them: the session remembers it.
    static func headers(for settings: EnvironmentSettings, session: SessionID) -> HTTPHeaders {
        var headers = headers(for: settings)
        headers.add(name: "LV-Session", value: session.secret.reveal())
        return headers
    }

    private static func answer(
        of result: Result<TransportAnswer, CaptureFailure>, to login: ResolvedLogin, name: String
    ) -> Result<LoginAnswer, CaptureFailure> {
        switch result {
        case .failure(var failure):
            // Whatever kept the login from being carried out, the reason for people is that there is no session.
            if failure.reason != .notAttempted {
                if failure.detail.isEmpty, failure.reason == .timedOut { failure.detail = "no answer in time" }
                failure.reason = .loginFailed
            }
            return .failure(failure)
        case .success(let answer) where answer.status == 200:
            do throws(LoginAnswer.Defect) {
                return .success(try LoginAnswer(body: answer.body))
            } catch {
                let detail =
                    switch error {
                    case .notAnObject: "the answer is no JSON object"
                    case .noSession: "the answer has no usable sessionId"
                    case .noClient: "the answer has no clientId, so that nobody can tell whose session it is"
                    }
                return .failure(CaptureFailure(.loginFailed, status: 200, request: name, detail: detail))
            }
        case .success(let answer):
            var failure = AnswerInterpreter.failure(
                status: answer.status, body: answer.body, request: name, hiding: [login.password, login.accessToken])
            // One public caller takes 404 as a denial, too; asking again could lock the account.
            failure.reason = [401, 403, 404].contains(answer.status) ? .loginRefused : .loginFailed
            return .failure(failure)
        }
    }
}
