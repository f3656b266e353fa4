/// Why a group of settings could not be read. A failure is a value in the run, never its end.
public struct CaptureFailure: Sendable, Hashable, Codable, Error {
    /// The closed set of causes. The raw values are stored and printed, so they never change.
    public enum Reason: String, CaseIterable, Sendable, Hashable, Codable {
        /// The login was refused (401, 403, 404), now or in an earlier run with the same credential.
        case loginRefused
        /// The login could not be carried out (network, 5xx, unreadable answer).
        case loginFailed
        /// The session was not accepted, even after one new login.
        case unauthorized
        /// 403: the user lacks the role, or the session belongs to another client.
        case forbidden
        /// 404: no such client or path.
        case notFound
        /// Another 4xx.
        case rejected
        /// 429 until the attempts or the time ran out.
        case rateLimited
        /// A 5xx until the attempts or the time ran out.
        case serverError
        /// No answer in time.
        case timedOut
        /// The connection failed or broke off.
        case connectionFailed
        /// The answer is larger than the limit.
        case tooLarge
        /// The answer is not JSON.
        case notJSON
        /// The JSON cannot be represented without loss: duplicate keys, lone surrogates, numbers out of range, too deep.
        case notRepresentable
        /// JSON, but not this group's shape: no known key, or the error shape with status 200.
        case unexpectedShape
        /// The answer belongs to another client.
        case wrongClient
        /// The run ended, or was interrupted, before this group was asked for.
        case notAttempted
    }

    /// The cause.
    public var reason: Reason
    /// The HTTP status, where an answer came.
    public var status: Int?
    /// What was asked, for example `GET /configuration/clients/4199/voicePool`; never with a credential.
    public var request: String
    /// One clause more, for people: the server's message (shortened, untrusted) or the system's error. May be empty.
    public var detail: String

    /// Joins the parts.
    public init(_ reason: Reason, status: Int? = nil, request: String = "", detail: String = "") {
        self.reason = reason
        self.status = status
        self.request = request
        self.detail = detail
    }
}
