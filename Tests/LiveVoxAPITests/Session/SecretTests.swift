import LiveVoxAPI
import Testing

struct SecretTests {
    private struct Holder {
        var secret = Secret("hunter2")
        var session = SessionID("hunter2-session")
        var request = LoginRequest(clientName: "ACME", userName: "auditor", password: Secret("hunter2"))
        var list = [Secret("hunter2")]
    }

    @Test func `a secret is seen in no way of printing`() {
        let holder = Holder()
        var dumped = ""
        dump(holder, to: &dumped)
        var secretDumped = ""
        dump(holder.secret, to: &secretDumped)
        let printed = [
            dumped, secretDumped, "\(holder)", String(reflecting: holder), "\(holder.secret)",
            holder.secret.debugDescription,
            "\(Mirror(reflecting: holder.secret).children.map { "\($0)" })", "\(holder.list)", "\(holder.request)",
        ]
        for text in printed { #expect(!text.contains("hunter2"), "\(text)") }
        #expect("\(holder.secret)" == "‹redacted›")
        #expect(holder.secret.reveal() == "hunter2")
    }

    @Test(arguments: [
        ("token", true), ("", false), ("a\r\nX: y", false), (" a", false), ("a ", false), ("a b", true), ("é", false),
    ])
    func `only printable ASCII goes into a header`(text: String, fits: Bool) {
        #expect(Secret(text).fitsHTTPHeader == fits)
    }

    @Test(arguments: ["", "..", "a/b", "a?b", "a b", "a\r\nb", "é", String(repeating: "a", count: 201)])
    func `what cannot stand in a path is no session`(text: String) {
        #expect(SessionID(text) == nil)
    }
}
