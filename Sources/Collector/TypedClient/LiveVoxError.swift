public import AuditModel

/// A call of ``LiveVoxClient`` that did not succeed.
public struct LiveVoxError: Error, Sendable, Hashable {
    /// The reason, the status, what was asked and one clause more.
    public var failure: CaptureFailure
    /// The platform's internal code, where its answer had one.
    public var code: Int?

    /// Joins the two.
    public init(_ failure: CaptureFailure, code: Int? = nil) {
        self.failure = failure
        self.code = code
    }

    /// The HTTP status, where an answer came.
    public var status: Int? { failure.status }
    /// One clause for people; may be empty.
    public var message: String { failure.detail }
}

extension LiveVoxError: CustomStringConvertible {
    /// One line, without any credential.
    public var description: String {
        let status = status.map { "HTTP \($0) from " } ?? ""
        return "\(failure.reason.rawValue): \(status)\(failure.request)\(message.isEmpty ? "" : ": \(message)")"
    }
}
