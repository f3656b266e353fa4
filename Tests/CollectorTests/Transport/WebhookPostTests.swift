import AuditTestSupport
import Collector
import Foundation
import Synchronization
import Testing

struct WebhookPostTests {
    /// Why a post did not arrive; nil where it did.
    private func failure(
        of body: String = "{}", to url: String, within limit: Duration = .seconds(20)
    ) async -> String? {
        do throws(WebhookPost.Failure) {
            try await WebhookPost.send(
                Array(body.utf8), type: "application/json", to: url, userAgent: "audit/test", within: limit)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func `what is posted arrives whole, once, with its type`() async throws {
        try await PostServer.run { server in
            let body = "{\"text\":\"\u{2603} " + String(repeating: "x", count: 200_000) + "\"}"
            #expect(await failure(of: body, to: server.url + "/services/T1?key=s3cret") == nil)
            #expect(server.requests.map(\.line) == ["POST /services/T1?key=s3cret HTTP/1.1"])
            let request = try #require(server.requests.first)
            #expect(request.headers["content-type"] == "application/json")
            #expect(request.headers["user-agent"] == "audit/test")
            #expect(request.headers["authorization"] == nil)
            #expect(request.body == Array(body.utf8))
        }
    }

    @Test(arguments: [200, 201, 202, 204]) func `every status from 200 to 299 is an arrival`(status: Int) async throws {
        try await PostServer.run { server in
            server.answer(status)
            #expect(await failure(to: server.url) == nil)
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308]) func `no redirection is followed`(status: Int) async throws {
        try await PostServer.run { other in
            try await PostServer.run { server in
                let target = other.url
                server.answer { _ in .status(status, headers: ["Location: \(target)/elsewhere"]) }
                #expect(await failure(to: server.url) == "it answered with HTTP \(status)")
                #expect(server.requests.count == 1)
                #expect(other.requests.isEmpty)
            }
        }
    }

    @Test(arguments: [400, 401, 403, 404, 410, 413, 429, 500, 502, 503])
    func `another status is told, and nothing is repeated`(status: Int) async throws {
        try await PostServer.run { server in
            server.answer { _ in .status(status, headers: ["Retry-After: 0"], body: "no_text <secret>") }
            #expect(await failure(to: server.url + "/?key=s3cret") == "it answered with HTTP \(status)")
            #expect(server.requests.count == 1)
        }
    }

    @Test func `who does not answer in time is told of`() async throws {
        try await PostServer.run { server in
            server.answer { _ in .silence }
            #expect(await failure(to: server.url, within: .milliseconds(200)) == "it did not answer in time")
        }
    }

    @Test func `a refused connection is told of, without the URL`() async throws {
        let port = try await PostServer.run { $0.port }
        let failure = try #require(await failure(to: "http://127.0.0.1:\(port)/?key=s3cret"))
        #expect(failure.contains("refused"), "\(failure)")
        #expect(!failure.contains("s3cret"))
    }

    @Test func `what answers without end is not read to its end`() async throws {
        try await PostServer.run { server in
            let body = String(repeating: "x", count: 8 << 20)
            server.answer { _ in .status(200, body: body) }
            #expect(await failure(to: server.url) == nil)
        }
    }

    @Test func `what is too large is not sent`() async throws {
        try await PostServer.run { server in
            let body = String(repeating: "x", count: WebhookPost.sizeLimit + 1)
            #expect(await failure(of: body, to: server.url) == "it has 1048577 bytes, and 1048576 are the limit")
            #expect(server.requests.isEmpty)
        }
    }

    @Test(arguments: [
        "http://hooks.example.com/x", "ftp://127.0.0.1/x", "127.0.0.1:80", "https://", "https://user:s3cret@host/",
        "http://127.0.0.1.example.com/", "",
    ])
    func `nothing is sent but over TLS, or to this machine`(url: String) async {
        let sentence = "its URL is no https:// address (http:// is for loopback addresses alone)"
        #expect(WebhookPost.defect(of: url)?.description == sentence)
        #expect(await failure(to: url) == sentence)
    }

    @Test(.disabled(if: TestCertificate.isToolMissing()))
    func `a server with a certificate of nobody known gets nothing`() async throws {
        try await withTemporaryFolder { folder in
            let requests = Mutex(0)
            let context = try TestCertificate(in: folder, name: "DNS:localhost").serverContext()
            try await RawServer.run(
                with: context,
                answering: { _ in
                    requests.withLock { $0 += 1 }
                    return RawServer.answer(body: [])
                }
            ) { server in
                let failure = try #require(await failure(to: "https://localhost:\(server.port)/?key=s3cret"))
                #expect(failure.contains("TLS handshake"), "\(failure)")
                #expect(!failure.contains("s3cret"))
            }
            #expect(requests.withLock { $0 } == 0)
        }
    }
}
