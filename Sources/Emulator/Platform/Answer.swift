import NIOCore

/// What the platform says to one request, before it is an HTTP response.
struct Answer: Sendable {
    var status: Int
    /// `nil` where the answer has no body, as with 204.
    var body: ByteBuffer?
    var contentType = "application/json"
    var contentEncoding: String?
    /// The methods of a 405.
    var allow: String?
    var retryAfter: String?
    /// A wait before the answer is sent.
    var delay: Duration = .zero
    var cut: EmulatorFault.Cut?

    init(status: Int, body: ByteBuffer? = nil) {
        self.status = status
        self.body = body
    }
}

extension Answer {
    static let noContent = Answer(status: 204)

    static func json(_ document: OrderedJSON) -> Answer { Answer(status: 200, body: ByteBuffer(bytes: document.bytes)) }

    /// The error body of the platform. No list of its codes is public; the emulator uses the status.
    static func error(_ status: Int, _ message: String) -> Answer {
        let document: OrderedJSON = ["code": .number(status), "message": .string(message)]
        return Answer(status: status, body: ByteBuffer(bytes: document.bytes))
    }

    /// One and the same for every refusal, so that nobody learns which part of the credentials was wrong.
    static let unauthorized = error(401, "Authorization error.")
    /// The same for a role without the right, another's client and an unknown one, so that ids cannot be probed.
    static let forbidden = error(403, "Forbidden.")
    static let notFound = error(404, "Not found.")

    static func badRequest(_ reason: String) -> Answer { error(400, reason) }

    static func methodNotAllowed(_ allow: String) -> Answer {
        var answer = error(405, "Method not allowed.")
        answer.allow = allow
        return answer
    }
}
