import AuditModel

/// What both pages have around their sections.
package enum PageFrame {
    /// A whole page. Nothing is loaded from anywhere: the page's own policy forbids it. It allows the one style sheet and, in
    /// a page that has one, the one script by their digests, so that no text of a page can ever be run.
    package static func document(
        title: String, script: StaticString? = nil, @HTMLBuilder body: () -> HTML
    ) -> String {
        let sources = [("style-src", Optional(Stylesheet.text)), ("script-src", script.map { "\($0)" })]
        let allowed = sources.compactMap { directive, text in
            text.map { "\(directive) 'sha256-\(Base64.text(of: Digest(of: $0).bytes))'; " }
        }.joined()
        return HTML.document(
            title: title, styles: Stylesheet.parts, script: script,
            policy: "default-src 'none'; \(allowed)base-uri 'none'; form-action 'none'", body: body)
    }
}

/// Base 64 after RFC 4648 section 4.
package enum Base64 {
    package static func text(of bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for position in 0..<4 {
                let isPadding = position > group.count
                output.append(isPadding ? UInt8(ascii: "=") : alphabet[bits >> (18 - 6 * position) & 63])
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
