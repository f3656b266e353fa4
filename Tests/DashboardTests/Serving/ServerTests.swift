import AuditTestSupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@testable import Dashboard

/// What goes through Hummingbird: headers, HEAD, and the socket.
struct ServerTests {
    private func server(token: String? = nil) throws -> DashboardServer {
        var logger = Logger(label: "dashboard")
        logger.logLevel = .critical
        return try DashboardServer(
            source: SampleSource(), configuration: DashboardConfiguration(token: token, toolVersion: "1"),
            logger: logger)
    }

    @Test func `every answer forbids scripts, frames and foreign content, whatever it is`() async throws {
        let source = SampleSource()
        try await server().application().test(.live) { client in
            let paths =
                source.routes.flatMap { [$0.path(), $0.path(as: .json)] } + [
                    "/nothing", "/healthz", "/metrics", "/assets/style.css",
                ]
            for path in paths {
                try await client.execute(uri: path, method: .get) { response in
                    let policy = response.headers[.contentSecurityPolicy] ?? ""
                    #expect(policy.hasPrefix("default-src 'none'; style-src 'self'"))
                    #expect(!policy.contains("unsafe") && !policy.contains("script-src"))
                    #expect(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"))
                    #expect(response.headers[.xContentTypeOptions] == "nosniff")
                    #expect(response.headers[.cacheControl] == "private, no-cache")
                    #expect(response.headers[HTTPField.Name("Referrer-Policy") ?? .accept] == "no-referrer")
                }
            }
        }
    }

    @Test func `refusals are pages like others: with the policy, in words, and with what they must say`() async throws {
        let token = "0123456789abcdef"
        let bearer: HTTPFields = [.authorization: "Bearer \(token)"]
        let long = String(repeating: "a", count: 5000)
        let cases: [(HTTPRequest.Method, String, HTTPFields, String, HTTPResponse.Status)] = [
            (.get, "/nothing", bearer, "", .notFound), (.get, "/runs/none", bearer, "", .notFound),
            (.get, "/rules?severity=worst", bearer, "", .badRequest),
            (.get, "/rules?q=\(long)", bearer, "", .uriTooLong),
            (.post, "/rules", bearer, "", .methodNotAllowed), (.delete, "/runs", bearer, "", .methodNotAllowed),
            (.options, "/", [:], "", .methodNotAllowed), (.get, "/logout", [:], "", .methodNotAllowed),
            (.post, "/login", [:], "token=" + String(repeating: "a", count: Site.longestForm), .contentTooLarge),
            (.post, "/rules", [:], String(repeating: "a", count: 1 << 20), .contentTooLarge),
            (.get, "/rules", [:], "", .unauthorized), (.post, "/login", [:], "token=wrong", .unauthorized),
            (.get, "/rules", [.accept: "text/html"], "", .seeOther),
        ]
        try await server(token: token).application().test(.live) { client in
            for (method, uri, headers, body, status) in cases {
                let origin = Comment(rawValue: "\(method) \(uri.prefix(40))")
                try await client.execute(
                    uri: uri, method: method, headers: headers, body: ByteBuffer(string: body)
                ) { response in
                    #expect(response.status == status, origin)
                    let policy = response.headers[.contentSecurityPolicy] ?? ""
                    #expect(policy.hasPrefix("default-src 'none'") && policy.contains("frame-ancestors 'none'"), origin)
                    #expect(response.headers[.xContentTypeOptions] == "nosniff", origin)
                    #expect((response.headers[.allow] != nil) == (status == .methodNotAllowed), origin)
                    #expect(
                        (response.headers[.wwwAuthenticate] != nil) == (status == .unauthorized && method == .get),
                        origin)
                    guard status != .seeOther else { return }
                    let page = String(buffer: response.body)
                    #expect(throws: Never.self) { try MarkupOutline(page) }
                }
            }
        }
    }

    @Test func `HEAD has the headers of GET and no body, and 304 has neither length nor body`() async throws {
        try await server().application().test(.live) { client in
            let page = try await client.execute(uri: "/rules", method: .get)
            let head = try await client.execute(uri: "/rules", method: .head)
            #expect(head.status == .ok && head.body.readableBytes == 0)
            #expect(head.headers[.eTag] == page.headers[.eTag])
            let tag = try #require(page.headers[.eTag])
            let again = try await client.execute(uri: "/rules", method: .get, headers: [.ifNoneMatch: tag])
            #expect(again.status == .notModified && again.body.readableBytes == 0)
            let post = try await client.execute(uri: "/rules", method: .post)
            #expect(post.status == .methodNotAllowed && post.headers[.allow] == "GET, HEAD")
        }
    }

    @Test func `a form that is too long is refused`() async throws {
        try await server(token: "0123456789abcdef").application().test(.live) { client in
            let long = ByteBuffer(string: "token=" + String(repeating: "a", count: Site.longestForm))
            try await client.execute(uri: "/login", method: .post, body: long) { response in
                #expect(response.status == .contentTooLarge)
            }
            try await client.execute(uri: "/login", method: .get) { response in
                let page = String(buffer: response.body)
                #expect(response.status == .ok)
                #expect(throws: Never.self) { try MarkupOutline(page) }
            }
        }
    }

    @Test func `what must not be started is not`() {
        let logger = Logger(label: "dashboard")
        #expect(throws: DashboardRefusal.needsToken(host: "0.0.0.0")) {
            try DashboardServer(
                source: SampleSource(), configuration: DashboardConfiguration(host: "0.0.0.0", toolVersion: "1"),
                logger: logger)
        }
        #expect(throws: DashboardRefusal.self) {
            try DashboardServer(
                source: SampleSource(),
                configuration: DashboardConfiguration(
                    tls: .init(certificate: "/nowhere.crt", key: "/nowhere.key"), toolVersion: "1"), logger: logger
            ).application()
        }
    }
}
