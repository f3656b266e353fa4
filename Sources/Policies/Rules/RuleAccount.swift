internal import AuditModel

/// Where something of a rule is said: a file and line, whom it is for, and why.
public struct RuleOrigin: Sendable, Hashable, CustomStringConvertible {
    /// The file's name as loaded; nil for what was set for the whole run.
    public var file: String?
    /// The line, from 1; 0 where there is no file.
    public var line: Int
    /// Whom it is for (`scope production`, `client na3/4199`); nil for everybody.
    public var subject: String?
    /// Why, where the file says it.
    public var reason: String?

    /// Joins the parts.
    public init(file: String?, line: Int, subject: String? = nil, reason: String? = nil) {
        self.file = file
        self.line = line
        self.subject = subject
        self.reason = reason
    }

    /// `policies/base.yaml:14`, or `org/strict.yaml:5, for scope production: reason`.
    public var description: String {
        guard let file else { return "--set" }
        return "\(file):\(line)" + (subject.map { ", for \($0)" } ?? "") + (reason.map { ": \($0)" } ?? "")
    }
}

/// Everything that is said of a rule, field by field, in the order in which it is laid over each other.
final class RuleAccount: Sendable {
    /// One field's value at one place.
    struct Statement: Sendable {
        /// `severity`, `check`, `params.maxFailedLogins`, `disable`.
        var field: String
        /// As people read it.
        var value: String
        var origin: RuleOrigin
        /// The position of the override among the overlay's subjects; nil for what is said for everybody.
        var subject: Int?
    }

    let statements: [Statement]

    init(_ statements: [Statement]) { self.statements = statements }
}
