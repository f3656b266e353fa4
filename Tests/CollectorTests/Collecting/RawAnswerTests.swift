import AuditModel
import Collector
import LiveVoxAPI
import Logging
import Synchronization
import Testing

struct RawAnswerTests {
    private static let login = RawServer.answer(body: Array(#"{"sessionId":"s-1","clientId":7}"#.utf8))

    private func outcome(
        of answer: [UInt8], limitInBytes: Int = 1 << 20, timeout: Duration = .seconds(30)
    ) async throws -> GroupAnswer.Outcome? {
        let outcome = Mutex<GroupAnswer.Outcome?>(nil)
        try await RawServer.run(answering: { $0.hasPrefix("POST") ? Self.login : answer }) { server in
            let environment = EnvironmentName("raw")
            let settings = EnvironmentSettings(
                name: environment, baseURL: try BaseURL("http://127.0.0.1:\(server.port)"), requestTimeout: timeout,
                responseLimitInBytes: limitInBytes)
            let login = AccountLogin(
                account: "a", clientName: "A", userName: .plain("u"), password: .held(Secret("p")),
                accessToken: .held(Secret("t")))
            let request = ClientRequest(
                client: Client(id: Client.ID(environment: environment, number: 7), code: "A"), groups: [.internal],
                login: login)
            let collector = Collector(
                environment: settings, policy: RetryPolicy(maximumAttempts: 1), clock: TestClock().clock,
                logger: Logger(label: "raw"))
            _ = try await collector.collect([request]) { client in
                outcome.withLock { $0 = client.answers[.internal]?.outcome }
            }
        }
        return outcome.withLock { $0 }
    }

    private func reason(_ outcome: GroupAnswer.Outcome?) -> CaptureFailure.Reason? {
        guard case .failure(let failure)? = outcome else { return nil }
        return failure.reason
    }

    @Test func `a packed body is unpacked`() async throws {
        let body = Array(#"{"callRecordingDays":30}"#.utf8)
        let answer = RawServer.answer(headers: ["Content-Encoding: gzip"], body: Gzip.stored(body))
        #expect(try await outcome(of: answer) == .body(body, status: 200))
    }

    @Test func `a small body that unpacks to a huge one is stopped at the limit`() async throws {
        let bomb = Gzip.bomb(repetitions: 20_000)
        #expect(bomb.count < 64 << 10)
        let answer = RawServer.answer(headers: ["Content-Encoding: gzip"], body: bomb)
        #expect(try await reason(outcome(of: answer)) == .tooLarge)
    }

    @Test func `a packed body that is damaged is a failed connection`() async throws {
        var packed = Gzip.stored(Array(#"{"callRecordingDays":30}"#.utf8))
        packed[10] = 0xFF
        let answer = RawServer.answer(headers: ["Content-Encoding: gzip"], body: packed)
        #expect(try await reason(outcome(of: answer)) == .connectionFailed)
    }

    @Test func `a body without an announced length is stopped at the limit`() async throws {
        let chunk = "1000\r\n" + String(repeating: " ", count: 4096) + "\r\n"
        let answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + String(repeating: chunk, count: 20)
        #expect(try await reason(outcome(of: Array(answer.utf8), limitInBytes: 64 << 10)) == .tooLarge)
    }

    @Test func `an answer that never ends is given up in time`() async throws {
        let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".utf8)
        #expect(try await reason(outcome(of: answer, timeout: .seconds(3))) == .timedOut)
    }

    @Test func `a huge refusal keeps its status`() async throws {
        let body = [UInt8](repeating: 0x78, count: 300_000)
        #expect(try await reason(outcome(of: RawServer.answer("403 Forbidden", body: body))) == .forbidden)
    }

    @Test func `what is no HTTP is a failed connection`() async throws {
        #expect(try await reason(outcome(of: Array("SSH-2.0-OpenSSH_9.6\r\n\r\n".utf8))) == .connectionFailed)
    }
}
