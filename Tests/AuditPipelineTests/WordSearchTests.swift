import AuditTestSupport
import Testing

@testable import AuditPipeline

@Suite struct WordSearchTests {
    private let search = WordSearch(["password", "key", "_ID", "schlüssel"])

    @Test(arguments: [
        "password", "sftpPassWord2", "KEY", "monkey", "x_id", "schlüssel", "HAUPTSCHLÜSSEL", "to\u{212A}ey",
    ])
    func `a word is found wherever it stands and however it is written`(text: String) {
        #expect(search.finds(text))
    }

    @Test(arguments: ["", "k", "ke", "pass", "passwor", "p assword", "id_", "schlussel", "ключ"])
    func `what is no whole word is not found`(text: String) {
        #expect(!search.finds(text))
    }

    @Test func `it finds what a search through the lower-case text finds`() {
        var generator = SeededGenerator(seed: .random(in: 0...UInt64.max))
        print("seed \(generator.seed)")
        let letters = Array("aAbBkKeEyY_=:/@1")
        for _ in 0..<2000 {
            let words = (0..<3).map { _ in
                String(
                    (0..<Int.random(in: 1...3, using: &generator)).map { _ in letters.randomElement(using: &generator)!
                    })
            }
            let text = String(
                (0..<Int.random(in: 0...12, using: &generator)).map { _ in letters.randomElement(using: &generator)! })
            let expected = words.contains { text.lowercased().contains($0.lowercased()) }
            #expect(WordSearch(words).finds(text) == expected, "\(words) in '\(text)'")
        }
    }
}
