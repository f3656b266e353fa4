import AuditModel
import AuditTestSupport
import Collector
import Foundation
import LiveVoxAPI
import Logging
import Synchronization
import Testing

@Suite(.disabled(if: TestCertificate.isToolMissing()))
struct TrustTests {
    /// What comes of one request to a server with such a certificate, and how many requests were sent.
    private func outcome(certificateFor name: String, isTrusted: Bool) async throws -> (GroupAnswer.Outcome?, Int) {
        try await withTemporaryFolder { folder in
            let files = try TestCertificate(in: folder, name: name)
            let outcome = Mutex<GroupAnswer.Outcome?>(nil)
            let requests = Mutex(0)
            try await RawServer.run(
                with: files.serverContext(),
                answering: {
                    RawServer.answer(
                        body: Array(($0.hasPrefix("POST") ? #"{"sessionId":"s-1","clientId":7}"# : "{}").utf8))
                }
            ) { server in
                let environment = EnvironmentName("tls")
                let settings = EnvironmentSettings(
                    name: environment, baseURL: try BaseURL("https://localhost:\(server.port)"),
                    additionalTrustRoots: isTrusted ? files.certificate : nil)
                let login = AccountLogin(
                    account: "a", clientName: "A", userName: .plain("u"), password: .held(Secret("p")),
                    accessToken: .held(Secret("t")))
                let request = ClientRequest(
                    client: Client(id: Client.ID(environment: environment, number: 7), code: "A"), groups: [.internal],
                    login: login)
                let collector = Collector(
                    environment: settings, clock: TestClock().clock, logger: Logger(label: "tls"))
                let summary = try await collector.collect([request]) { client in
                    outcome.withLock { $0 = client.answers[.internal]?.outcome }
                }
                requests.withLock { $0 = summary.requests }
            }
            return (outcome.withLock { $0 }, requests.withLock { $0 })
        }
    }

    @Test func `a private authority that is named is trusted`() async throws {
        let (outcome, _) = try await outcome(certificateFor: "DNS:localhost", isTrusted: true)
        #expect(outcome == .body(Array("{}".utf8), status: 200))
    }

    @Test func `a certificate of nobody known gets no credential, and no second try`() async throws {
        let (outcome, requests) = try await outcome(certificateFor: "DNS:localhost", isTrusted: false)
        guard case .failure(let failure)? = outcome else {
            Issue.record("no failure")
            return
        }
        #expect(failure.reason == .loginFailed)
        #expect(failure.detail.contains("TLS handshake"))
        #expect(requests == 1)
    }

    @Test func `a trusted certificate of another host gets no credential`() async throws {
        let (outcome, requests) = try await outcome(certificateFor: "DNS:other.example", isTrusted: true)
        guard case .failure(let failure)? = outcome else {
            Issue.record("no failure")
            return
        }
        #expect(failure.reason == .loginFailed)
        #expect(requests == 1)
    }
}
