import Collector
import Testing

struct BaseURLTests {
    @Test(arguments: [
        ("https://api.livevox.com", "https://api.livevox.com", false),
        ("HTTPS://API.LiveVox.com/", "https://api.livevox.com", false),
        ("https://api.livevox.com:8443/base//", "https://api.livevox.com:8443/base", false),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", true),
        ("http://127.1.2.3", "http://127.1.2.3", true),
        ("http://localhost:1", "http://localhost:1", true),
        ("http://[::1]:9", "http://[::1]:9", true),
        ("https://[2001:db8::1]", "https://[2001:db8::1]", false),
    ])
    func `a base URL is brought to one form`(source: String, text: String, isLoopback: Bool) throws {
        let url = try BaseURL(source)
        #expect(url.text == text)
        #expect(url.isLoopback == isLoopback)
    }

    @Test(
        arguments: [
            ("http://api.livevox.com", .notEncrypted(host: "api.livevox.com")),
            ("http://127.0.0.1.example.com", .notEncrypted(host: "127.0.0.1.example.com")),
            ("http://localhost.example.com", .notEncrypted(host: "localhost.example.com")),
            ("http://127.0.0.256", .notEncrypted(host: "127.0.0.256")),
            ("http://0.0.0.0", .notEncrypted(host: "0.0.0.0")),
            ("http://[::2]", .notEncrypted(host: "[::2]")),
            ("api.livevox.com", .noScheme), ("ftp://x", .noScheme), ("", .noScheme),
            ("https://", .noHost), ("https:///x", .noHost), ("https://[::1]x", .noHost), ("https://a!b", .noHost),
            ("https://x:0", .badPort), ("https://x:65536", .badPort), ("https://x:", .badPort),
            ("https://x:1a", .badPort),
            ("https://user:pw@x", .extraParts), ("https://x?q", .extraParts), ("https://x#f", .extraParts),
            ("http://127.0.0.1@evil.example", .extraParts), ("https://x y", .extraParts),
            ("http://127.0.0.1\\@evil.example", .extraParts),
        ] as [(String, BaseURL.Defect)])
    func `credentials are never sent in the clear, nor to half an address`(source: String, defect: BaseURL.Defect) {
        #expect(throws: defect) { try BaseURL(source) }
    }
}
