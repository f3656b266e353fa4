import AuditModel
import Testing

@testable import SnapshotStore

struct StoreKeyTests {
    private let key = StoreKey(bytes: Array(0..<32))
    private let rules = Digest(of: "rules")

    @Test func `a body is known by its bytes, group, expected code and the rules it is read by`() {
        let body = Array(#"{"clientCode":"ACME"}"#.utf8)
        let digester = key.rawBodyDigester(ingestRules: rules)
        let known = digester.digest(of: body, group: .settings, expectedCode: "ACME")
        #expect(digester.digest(of: body, group: .settings, expectedCode: "ACME") == known)
        let others = [
            digester.digest(of: body + [32], group: .settings, expectedCode: "ACME"),
            digester.digest(of: body, group: .internal, expectedCode: "ACME"),
            digester.digest(of: body, group: .settings, expectedCode: "ACM"),
            digester.digest(of: Array("ACME ".utf8) + body, group: .settings, expectedCode: ""),
            key.rawBodyDigester(ingestRules: Digest(of: "")).digest(of: body, group: .settings, expectedCode: "ACME"),
            StoreKey(bytes: Array(1..<33)).rawBodyDigester(ingestRules: rules)
                .digest(of: body, group: .settings, expectedCode: "ACME"),
        ]
        for other in others { #expect(other != known) }
        #expect(Set(others).count == others.count)
    }

    /// RFC 4231, sections 4.2 to 4.5: key, data, code.
    static let vectors: [([UInt8], [UInt8], String)] = [
        (
            Array(repeating: 0x0B, count: 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            Array(repeating: 0xAA, count: 20), Array(repeating: 0xDD, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            Array(1...25), Array(repeating: 0xCD, count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
    ]

    @Test(arguments: vectors)
    func `the keyed hash is HMAC-SHA256, in one piece and in three`(key: [UInt8], data: [UInt8], code: String) {
        #expect(KeyedHash(key: key).digest(of: data).hex == code)
        guard data[0] < 0x80 else { return }
        let head = String(decoding: data.prefix(2), as: UTF8.self)
        let middle = String(decoding: data.dropFirst(2).prefix(1), as: UTF8.self)
        let hash = KeyedHash(key: key).followed(by: head)
        #expect(Array(data.dropFirst(3)).withUnsafeBytes { hash.digest(of: $0, after: middle) }.hex == code)
    }

    @Test func `a token shows a change, and neither the value nor that two places share it`() {
        let token = key.redactionToken(for: Array(#""hunter2""#.utf8), path: "messaging.password")
        #expect(token.hasPrefix("redacted:hmac-sha256:"))
        #expect(token.utf8.count == "redacted:hmac-sha256:".utf8.count + 32)
        #expect(!token.contains("hunter2"))
        #expect(key.redactionToken(for: Array(#""hunter2""#.utf8), path: "messaging.password") == token)
        #expect(key.redactionToken(for: Array(#""hunter3""#.utf8), path: "messaging.password") != token)
        #expect(key.redactionToken(for: Array(#""hunter2""#.utf8), path: "messaging.secret") != token)
    }

    @Test func `a key prints as redacted`() {
        #expect("\(key)" == "‹redacted›")
        #expect(String(reflecting: key) == "‹redacted›")
        var dumped = ""
        dump(key, to: &dumped)
        #expect(dumped == "- ‹redacted›\n")
    }
}
