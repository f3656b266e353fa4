/// A request, as far as the dashboard reads it.
struct WebRequest: Sendable {
    /// `GET`, `HEAD`, `POST`, …
    var method = "GET"
    /// Path and query as they came, still encoded.
    var target: String
    /// `Host`.
    var host: String? = "localhost"
    var accept: String?
    var ifNoneMatch: String?
    var authorization: String?
    var cookie: String?
    var origin: String?
    /// The address it came from, without the port.
    var peer = "127.0.0.1"
    /// The body of a form.
    var form = ""

    /// The path, still encoded.
    var path: String { String(target.prefix { $0 != "?" }) }
    /// The query, still encoded.
    var query: String { String(target.drop { $0 != "?" }.dropFirst()) }
}

/// What the dashboard answers.
struct WebAnswer: Sendable {
    /// The HTTP status.
    var status: Int
    /// Headers besides those that every answer has.
    var headers: [(name: String, value: String)] = []
    /// The media type; nil where there is no body.
    var contentType: String?
    /// The body.
    var body: [UInt8] = []

    /// What every answer says, whatever it is: no script, nothing from elsewhere, in no frame, kept by nobody without asking.
    static let constantHeaders: [(name: String, value: String)] = [
        (
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "private, no-cache"), ("Vary", "Accept"),
    ]

    /// Whether a header of this name is set.
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
