import AuditModel

/// What both pages have around their sections.
enum PageFrame {
    /// A whole page. Nothing is loaded from anywhere and nothing is run: the page's own policy forbids both, and allows
    /// its one style sheet by its digest.
    static func document(title: String, @HTMLBuilder body: () -> HTML) -> String {
        let style = Base64.text(of: Digest(of: "\(Stylesheet.text)").bytes)
        return HTML.document(
            title: title, style: Stylesheet.text,
            policy: "default-src 'none'; style-src 'sha256-\(style)'; base-uri 'none'; form-action 'none'",
            body: body)
    }
}

/// Base 64 after RFC 4648 section 4.
enum Base64 {
    static func text(of bytes: [UInt8]) -> String {
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
