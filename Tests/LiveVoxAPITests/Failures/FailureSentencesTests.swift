import AuditModel
import LiveVoxAPI
import Testing

struct FailureSentencesTests {
    private let client = Client(
        id: Client.ID(environment: EnvironmentName("na3"), number: 4199), code: "ACME", account: "acme")
    private let request = "GET /configuration/clients/4199/voicePool"

    @Test func `a 403 names the role and who can grant it`() {
        let failure = CaptureFailure(.forbidden, status: 403, request: request)
        #expect(
            FailureSentences.sentence(for: failure, group: .voicePool, client: client, userName: "auditor") == """
                could not read voicePool of client na3/4199: HTTP 403 from GET /configuration/clients/4199/voicePool.
                The user 'auditor' needs the role Sysadmin or IT User; ask a Sysadmin of client ACME to grant it.
                """)
    }

    @Test(arguments: [
        (
            CaptureFailure(.loginRefused, status: 401, request: "POST /session/login"),
            """
            could not read client na3/4199: the login was refused (HTTP 401 from POST /session/login).
            Check the client name, user name, password and access token of account 'acme', and whether the user is \
            locked; the login is not tried again until one of them changes, or with --retry-login.
            """
        ),
        (
            CaptureFailure(.timedOut, request: "GET /x"),
            """
            could not read client na3/4199: there was no answer in time (GET /x).
            Run again, or raise the timeout or lower the concurrency of environment 'na3'.
            """
        ),
        (
            CaptureFailure(.rateLimited, status: 429, request: "GET /x", detail: "after 4 attempts"),
            """
            could not read client na3/4199: the platform limits the rate of requests, and still did after the last \
            attempt (HTTP 429 from GET /x): after 4 attempts.
            Lower requestsPerSecond or concurrency of environment 'na3', then run again.
            """
        ),
        (
            CaptureFailure(.notAttempted),
            """
            could not read client na3/4199: it was not asked for before the run ended.
            Run again to go on where the run ended, or raise the run's deadline.
            """
        ),
    ])
    func `a sentence says what happened, where, and how to mend it`(failure: CaptureFailure, expected: String) {
        #expect(FailureSentences.sentence(for: failure, client: client) == expected)
    }

    @Test(arguments: CaptureFailure.Reason.allCases)
    func `every reason has two lines of its own`(reason: CaptureFailure.Reason) {
        let sentences = CaptureFailure.Reason.allCases.map {
            FailureSentences.sentence(for: CaptureFailure($0, request: "GET /x"), client: client)
        }
        #expect(Set(sentences).count == sentences.count)
        let lines = FailureSentences.sentence(for: CaptureFailure(reason, request: "GET /x"), client: client)
            .split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.hasSuffix(".") })
    }
}
