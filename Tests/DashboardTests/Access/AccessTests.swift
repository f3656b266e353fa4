import AuditModel
import AuditTestSupport
import Testing

@testable import Dashboard

struct AccessTests {
    private static let token = "0123456789abcdef0123456789abcdef"

    @Test func `secrets are equal where every byte is, wherever they differ`() {
        #expect(ConstantTime.areEqual("same", "same"))
        #expect(!ConstantTime.areEqual("same", "samE"))
        #expect(!ConstantTime.areEqual("", "a"))
        let bytes = Array("0123456789abcdef".utf8)
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 1
            #expect(!ConstantTime.areEqual(bytes, other))
        }
        #expect(!ConstantTime.areEqual(bytes, Array(bytes.dropLast())))
    }

    @Test func `without the token there is no page, and people are sent to the login`() {
        let source = SampleSource()
        let site = source.site(token: Self.token)
        for route in source.routes + [.metrics] {
            for form in [Route.Form.html, .json] {
                var request = WebRequest(target: route.path(as: form))
                #expect(site.answer(request).status == 401)
                #expect(site.answer(request).header("WWW-Authenticate") != nil)
                request.accept = "text/html,*/*"
                #expect(site.answer(request).status == 303)
                #expect(site.answer(request).header("Location")?.hasPrefix("/login") == true)
            }
        }
        #expect(source.reportCount == 0)
        #expect(site.answer(WebRequest(target: "/healthz")).text == "{\n  \"status\": \"up\"\n}\n")
        #expect(site.answer(WebRequest(target: "/assets/style.css")).status == 200)
    }

    @Test func `programs send the token, people log in with it, and the cookie ends`() throws {
        let source = SampleSource()
        let site = source.site(token: Self.token, tls: true)
        var program = WebRequest(target: "/rules")
        program.authorization = "Bearer \(Self.token)"
        #expect(site.answer(program).status == 200)
        program.authorization = "bearer \(Self.token)x"
        #expect(site.answer(program).status == 401)
        program.authorization = "Basic \(Self.token)"
        #expect(site.answer(program).status == 401)

        let login = site.answer(
            WebRequest(method: "POST", target: "/login", form: "token=\(Self.token)&next=%2Frules%3Fseverity%3Dhigh"))
        #expect(login.status == 303)
        #expect(login.header("Location") == "/rules?severity=high")
        let cookie = try #require(login.header("Set-Cookie"))
        for part in ["__Host-audit-session=", "; HttpOnly", "; SameSite=Strict", "; Secure", "; Path=/"] {
            #expect(cookie.contains(part), "\(part)")
        }
        #expect(!cookie.contains(Self.token))
        var browser = WebRequest(target: "/rules", accept: "text/html")
        browser.cookie = "other=1; " + cookie.prefix { $0 != ";" }
        #expect(site.answer(browser).status == 200)
        #expect(source.site(token: Self.token, tls: true).answer(browser).status == 303, "another process's cookie")
        var forged = browser
        forged.cookie = browser.cookie.map { $0.replacing(".", with: "0.") }
        #expect(site.answer(forged).status == 303)
        source.advance(by: LoginSessions.duration)
        #expect(site.answer(browser).status == 303)

        let logout = site.answer(WebRequest(method: "POST", target: "/logout"))
        #expect(logout.header("Set-Cookie")?.contains("Max-Age=0") == true)
    }

    @Test func `logging out ends that session and no other, also for who has a copy of its cookie`() throws {
        let source = SampleSource()
        let site = source.site(token: Self.token)
        func login() throws -> String {
            let answer = site.answer(WebRequest(method: "POST", target: "/login", form: "token=\(Self.token)"))
            return String(try #require(answer.header("Set-Cookie")).prefix { $0 != ";" })
        }
        func status(_ cookie: String) -> Int {
            var request = WebRequest(target: "/rules", accept: "text/html")
            request.cookie = cookie
            return site.answer(request).status
        }
        let (one, other) = (try login(), try login())
        #expect(one != other && status(one) == 200 && status(other) == 200)
        var logout = WebRequest(method: "POST", target: "/logout")
        // What is none of ours is passed over.
        logout.cookie = "audit-session=1.2.3; audit-session; \(one)"
        #expect(site.answer(logout).status == 303)
        #expect(status(one) == 303 && status("x=1; \(one)") == 303)
        #expect(status(other) == 200)
        #expect(status(try login()) == 200)
        source.advance(by: LoginSessions.duration)
        #expect(status(other) == 303)
    }

    @Test func `wrong tokens are told, and after ten of them their address has to wait`() {
        let source = SampleSource()
        let site = source.site(token: Self.token)
        func attempt(_ token: String, from peer: String) -> WebAnswer {
            site.answer(WebRequest(method: "POST", target: "/login", peer: peer, form: "token=\(token)"))
        }
        for _ in 0..<AttemptLimiter.limit { #expect(attempt("wrong", from: "10.0.0.1").status == 401) }
        let refused = attempt(Self.token, from: "10.0.0.1")
        #expect(refused.status == 429)
        #expect(refused.header("Retry-After") == "60")
        #expect(attempt(Self.token, from: "10.0.0.2").status == 303)
        source.advance(by: AttemptLimiter.pause)
        #expect(attempt(Self.token, from: "10.0.0.1").status == 303)
    }

    @Test func `a form of another site logs nobody in`() {
        let site = SampleSource().site(token: Self.token)
        let request = WebRequest(
            method: "POST", target: "/login", host: "127.0.0.1:8080", origin: "https://evil.example",
            form: "token=\(Self.token)")
        #expect(site.answer(request).status == 403)
    }

    @Test func `a loopback dashboard answers to names of loopback alone, so that no page can rebind to it`() {
        let site = SampleSource().site()
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080", "localhost."] {
            #expect(site.answer(WebRequest(target: "/", host: host)).status == 200, "\(host)")
        }
        for host in [nil, "", "evil.example", "127.0.0.1.evil.example", "localhost:80:80", "[::1]evil", "10.0.0.1"] {
            #expect(site.answer(WebRequest(target: "/", host: host)).status == 421, "\(host ?? "none")")
        }
        let named = AllowedHosts(isLoopback: true, given: ["Audit.Example:443"])
        #expect(named.allows("audit.example") && !named.allows("other.example"))
        #expect(AllowedHosts(isLoopback: false, given: []).allows("any.example"))
        #expect(!AllowedHosts(isLoopback: false, given: ["a.example"]).allows("b.example"))
    }

    @Test(arguments: ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
    func `loopback needs nothing`(host: String) {
        #expect(DashboardConfiguration(host: host, toolVersion: "1").refusal == nil)
    }

    @Test(arguments: [
        "0.0.0.0", "::", "10.0.0.1", "audit.example", "127.evil.example", "127.0.0.1.example", "1270.0.0.1",
    ])
    func `another address needs a token and TLS`(host: String) {
        let tls = DashboardConfiguration.TLSFiles(certificate: "c", key: "k")
        #expect(DashboardConfiguration(host: host, toolVersion: "1").refusal == .needsToken(host: host))
        #expect(DashboardConfiguration(host: host, tls: tls, toolVersion: "1").refusal == .needsToken(host: host))
        #expect(
            DashboardConfiguration(host: host, token: Self.token, toolVersion: "1").refusal == .needsTLS(host: host))
        #expect(DashboardConfiguration(host: host, token: Self.token, tls: tls, toolVersion: "1").refusal == nil)
        #expect(
            DashboardConfiguration(host: host, token: "short", tls: tls, toolVersion: "1").refusal == .tokenTooShort)
    }
}
