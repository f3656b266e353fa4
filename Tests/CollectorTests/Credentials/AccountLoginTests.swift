import Collector
import LiveVoxAPI
import Testing

struct AccountLoginTests {
    private func login(
        clientName: String = "ACME", userName: String = "auditor", password: String = "env:P", token: String = "env:T"
    ) throws -> AccountLogin {
        AccountLogin(
            account: "acme", clientName: clientName, userName: try AccountLogin.UserName(userName),
            password: try CredentialReference(password), accessToken: try CredentialReference(token))
    }

    @Test func `a code anywhere makes a session for each client`() throws {
        #expect(try !login().isPerClient)
        #expect(try login(clientName: "{code}").isPerClient)
        #expect(try login(userName: "env:U_{code}").isPerClient)
        #expect(try login(password: "file:/s/{code}").isPerClient)
        #expect(try login(token: "cmd:x {code}").isPerClient)
        #expect(try login().sessionKey(forCode: "A") == login().sessionKey(forCode: "B"))
        #expect(
            try login(password: "file:/s/{code}").sessionKey(forCode: "A")
                != login(password: "file:/s/{code}").sessionKey(forCode: "B"))
        #expect(try login(clientName: "{code}").clientName(forCode: "BETA") == "BETA")
    }

    @Test func `a user name may be plain or a reference`() throws {
        #expect(try AccountLogin.UserName("auditor") == .plain("auditor"))
        #expect(try AccountLogin.UserName("env:U") == .reference(.environment("U")))
        #expect(throws: CredentialError.emptyReference) { try AccountLogin.UserName("env:") }
    }

    @Test func `the input of a fingerprint tells any two logins apart`() {
        func input(_ client: String, _ user: String, _ password: String, _ token: String) -> [UInt8] {
            ResolvedLogin(
                account: "x", clientName: client, userName: user, password: Secret(password), accessToken: Secret(token)
            ).fingerprintInput
        }
        let inputs = [
            input("a", "b", "c", "d"), input("ab", "", "c", "d"), input("a", "b", "cd", ""),
            input("a", "1:b", "c", "d"),
            input("a", "b", "C", "d"),
        ]
        #expect(Set(inputs).count == inputs.count)
        #expect(input("a", "b", "c", "d") == Array("1:a1:b1:c1:d".utf8))
    }

    @Test func `a token that no header can carry is refused before anything is sent`() async throws {
        let login = AccountLogin(
            account: "acme", clientName: "ACME", userName: .plain("auditor"), password: .held(Secret("p")),
            accessToken: .held(Secret("tök")))
        await #expect(throws: CredentialError.notPlainText) { try await login.resolved(forCode: "ACME") }
    }

    @Test func `a resolved login prints neither password nor token`() {
        let login = ResolvedLogin(
            account: "acme", clientName: "ACME", userName: "auditor", password: Secret("hunter2"),
            accessToken: Secret("hunter3"))
        var dumped = ""
        dump(login, to: &dumped)
        #expect(!"\(login) \(String(reflecting: login)) \(dumped)".contains("hunter"))
    }

    @Test func `what two logins share is told by part, and never by value`() {
        func login(_ user: String, _ password: String, _ token: String) -> ResolvedLogin {
            ResolvedLogin(
                account: "x", clientName: "C", userName: user, password: Secret(password), accessToken: Secret(token))
        }
        let own = login("writer", "p1", "t1")
        #expect(own.partsShared(with: login("reader", "p2", "t2")) == [])
        #expect(own.partsShared(with: login("writer", "p", "t1 ")) == [.userName])
        #expect(own.partsShared(with: login("", "p1", "t1")) == [.password, .accessToken])
        #expect(own.partsShared(with: own) == LoginPart.allCases)
    }
}
