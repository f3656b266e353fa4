import AsyncHTTPClient
import AuditModel
import AuditTestSupport
import Foundation
import NIOHTTP1
import NIOSSL
import Testing

/// The dashboard as others than this machine may reach it: over TLS, with a token.
@Suite(.serialized, .disabled(if: TestCertificate.isToolMissing()))
struct GuardedDashboardTests {
    private static let token = "0123456789abcdef0123456789abcdef"

    /// A dashboard on all addresses with a certificate of its own, and a client that trusts that one alone.
    private func withDashboard(
        _ body: (DashboardProcess, HTTPClient, TestCertificate, URL) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let demo = try await AuditProcess(folder: folder).run(
                "demo", "--policies", shippedPolicies, "--nights", "2", "--clients", "2", "--last-night",
                "2026-11-14T02:00:00Z")
            try #require(demo.status == 0, "\(demo.errors)")
            let files = try TestCertificate(in: folder, name: "DNS:localhost")
            var dashboard = try DashboardProcess(
                in: folder,
                [
                    "--host", "0.0.0.0", "--database", "snapshots/demo.sqlite", "--token", "env:DASHBOARD",
                    "--tls-certificate", files.certificate, "--tls-key", files.key, "--now", "2026-11-14T12:00:00Z",
                ], environment: ["DASHBOARD": Self.token])
            #expect(dashboard.address.hasPrefix("https://0.0.0.0:"), "\(dashboard.address)")
            dashboard.address.replace("0.0.0.0", with: "localhost")
            let client = try Self.client(trusting: files.certificate)
            do {
                try await body(dashboard, client, files, folder)
            } catch {
                Issue.record(error)
            }
            try await client.shutdown()
            #expect(dashboard.stop() == 0)
        }
    }

    /// A client that follows no redirection and sees one certificate as good, or those of the system.
    private static func client(
        trusting certificate: String?, atMost version: TLSVersion? = nil
    ) throws -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let certificate { tls.trustRoots = .file(certificate) }
        if let version {
            tls.minimumTLSVersion = .tlsv1
            tls.maximumTLSVersion = version
        }
        return HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: .init(tlsConfiguration: tls, redirectConfiguration: .disallow))
    }

    private static let bearer = [("Authorization", "Bearer " + token)]

    @Test func `pages go over TLS to those who show the token, and to nobody else`() async throws {
        try await withDashboard { dashboard, client, _, _ in
            for path in ["/", "/rules.json", "/metrics", "/clients/demo/4199"] {
                let refused = try await dashboard.get(path, by: client)
                #expect(refused.status == 401 && !refused.body.contains("SEC-"))
                #expect(refused.headers.first(name: "WWW-Authenticate")?.hasPrefix("Bearer") == true)
                let wrong = try await dashboard.get(path, [("Authorization", "Bearer wrong" + Self.token)], by: client)
                #expect(wrong.status == 401)
                let page = try await dashboard.get(path, Self.bearer, by: client)
                #expect(page.status == 200 && !page.body.contains(Self.token))
                for answer in [refused, wrong, page] {
                    #expect(
                        answer.headers.first(name: "Content-Security-Policy")?.hasPrefix("default-src 'none'") == true)
                }
            }
            #expect(try await dashboard.get("/healthz", by: client).body == "{\n  \"status\": \"up\"\n}\n")
        }
    }

    @Test func `a certificate that nobody vouches for, an old protocol and plain text get nothing`() async throws {
        try await withDashboard { dashboard, _, files, _ in
            for (certificate, version) in [(nil, nil), (files.certificate, TLSVersion.tlsv11)] {
                let client = try Self.client(trusting: certificate, atMost: version)
                await #expect(throws: (any Error).self) { try await dashboard.get("/healthz", by: client) }
                try await client.shutdown()
            }
            var plain = dashboard
            plain.address.replace("https://", with: "http://")
            let client = try Self.client(trusting: nil)
            await #expect(throws: (any Error).self) { try await plain.get("/healthz", Self.bearer, by: client) }
            try await client.shutdown()
        }
    }

    @Test func `a session is bound to TLS, and ends for every copy of it when its owner logs out`() async throws {
        try await withDashboard { dashboard, client, _, _ in
            let sent = try await dashboard.get("/rules", [("Accept", "text/html")], by: client)
            #expect(sent.status == 303 && sent.headers.first(name: "Location") == "/login?next=%2Frules")
            let form = [("Content-Type", "application/x-www-form-urlencoded")]
            let login = try await dashboard.get(
                "/login", form, method: .POST, body: "token=\(Self.token)&next=%2Frules", by: client)
            #expect(login.status == 303 && login.headers.first(name: "Location") == "/rules")
            let cookie = try #require(login.headers.first(name: "Set-Cookie"))
            #expect(cookie.hasPrefix("__Host-audit-session=") && cookie.contains("; Secure"))
            let session = [("Cookie", String(cookie.prefix { $0 != ";" })), ("Accept", "text/html")]
            #expect(try await dashboard.get("/rules", session, by: client).status == 200)
            let logout = try await dashboard.get("/logout", session, method: .POST, by: client)
            #expect(logout.status == 303 && logout.headers.first(name: "Location") == "/login")
            // A browser forgets the cookie; a copy of it must not outlive that.
            #expect(try await dashboard.get("/rules", session, by: client).status == 303)
        }
    }

    @Test func `files that do not belong together are told before anything listens`() async throws {
        try await withDashboard { _, _, files, folder in
            let other = folder.appending(path: "other")
            try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
            let foreign = try TestCertificate(in: other, name: "DNS:localhost")
            let refused = try await AuditProcess(folder: folder, environment: ["DASHBOARD": Self.token]).run(
                "serve", "--port", "0", "--database", "snapshots/demo.sqlite", "--token", "env:DASHBOARD",
                "--tls-certificate", files.certificate, "--tls-key", foreign.key)
            #expect(refused.status == 2 && refused.output.isEmpty)
            #expect(refused.errors.contains("it does not belong to \(files.certificate)"), "\(refused.errors)")
            #expect(!refused.errors.contains(Self.token))
        }
    }
}
