public import AuditModel

/// The sentences for people of every reason why settings could not be read: what happened, where, how to mend it.
public enum FailureSentences {
    /// Two lines: what happened, and what to do.
    ///
    /// - Parameters:
    ///   - group: the group that was asked for; nil where the whole client is meant.
    ///   - userName: the user of the session, where it is known.
    public static func sentence(
        for failure: CaptureFailure, group: SettingsGroup? = nil, client: Client, userName: String? = nil
    ) -> String {
        let what = group.map { "\($0.rawValue) of client \(client.id)" } ?? "client \(client.id)"
        var line = "could not read \(what): "
        if failure.reason == .forbidden, let status = failure.status {
            line += "HTTP \(status) from \(failure.request)"
        } else {
            line += happened(failure)
            if let trail = trail(of: failure) { line += " \(trail)" }
        }
        if !failure.detail.isEmpty { line += ": \(failure.detail)" }
        return "\(line).\n\(remedy(for: failure, client: client, userName: userName))"
    }

    private static func trail(of failure: CaptureFailure) -> String? {
        switch (failure.status, failure.request.isEmpty) {
        case (let status?, false): "(HTTP \(status) from \(failure.request))"
        case (let status?, true): "(HTTP \(status))"
        case (nil, false): "(\(failure.request))"
        case (nil, true): nil
        }
    }

    private static func happened(_ failure: CaptureFailure) -> String {
        switch failure.reason {
        case .loginRefused: "the login was refused"
        case .loginFailed: "the login could not be carried out"
        case .unauthorized: "the session was not accepted, even after a new login"
        case .forbidden: "access is denied"
        case .notFound: "there is no such client or path"
        case .rejected: "the request was rejected"
        case .rateLimited: "the platform limits the rate of requests, and still did after the last attempt"
        case .serverError: "the platform failed, and still did after the last attempt"
        case .timedOut: "there was no answer in time"
        case .connectionFailed: "the connection failed"
        case .tooLarge: "the answer is too large"
        case .notJSON: "the answer is not JSON"
        case .notRepresentable: "the answer cannot be kept without loss"
        case .unexpectedShape: "the answer does not have the shape of this group"
        case .wrongClient: "the answer belongs to another client"
        case .notAttempted: "it was not asked for before the run ended"
        }
    }

    private static func remedy(for failure: CaptureFailure, client: Client, userName: String?) -> String {
        let account = client.account.isEmpty ? "the account" : "account '\(client.account)'"
        let user = userName.map { "The user '\(UntrustedText.clause($0, limit: 60))'" } ?? "The user of \(account)"
        return switch failure.reason {
        case .loginRefused:
            "Check the client name, user name, password and access token of \(account), and whether the user is locked; "
                + "the login is not tried again until one of them changes, or with --retry-login."
        case .loginFailed:
            "Check the base URL and the credentials' references of \(account) with 'audit doctor', then run again."
        case .unauthorized:
            "See whether another process logs out or changes the password of the user of \(account), then run again."
        case .forbidden:
            "\(user) needs the role Sysadmin or IT User; ask a Sysadmin of client \(client.code) to grant it."
        case .notFound:
            "Check the id and the environment of client \(client.id) in the configuration, and the environment's "
                + "apiVersion."
        case .rejected:
            "Check the environment's base URL and apiVersion; if they are right, ask the platform's support what this "
                + "answer means."
        case .rateLimited:
            "Lower requestsPerSecond or concurrency of environment '\(client.id.environment)', then run again."
        case .serverError:
            "Run again later; if it stays, tell the platform's support the request and the time."
        case .timedOut:
            "Run again, or raise the timeout or lower the concurrency of environment '\(client.id.environment)'."
        case .connectionFailed:
            "Check the base URL of environment '\(client.id.environment)', the network, the proxy and, for a private "
                + "certificate authority, the environment's trust file."
        case .tooLarge:
            "Look at the answer by hand; settings are a few kilobytes, so something else may answer in the platform's "
                + "place."
        case .notJSON:
            "Check the base URL of environment '\(client.id.environment)' and whether a proxy or a login page answers in "
                + "the platform's place."
        case .notRepresentable:
            "Tell the platform's support: its JSON is ambiguous, and a rounded or guessed value would be no evidence."
        case .unexpectedShape:
            "Check the environment's base URL and apiVersion; if they are right, the platform's answer has changed."
        case .wrongClient:
            "Check that id and code of client \(client.id) ('\(client.code)') belong together, and that \(account) logs in "
                + "to that client."
        case .notAttempted:
            "Run again to go on where the run ended, or raise the run's deadline."
        }
    }
}
