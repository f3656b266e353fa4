/// What came of one attempt at a request, as far as repeating it is concerned.
public enum AttemptOutcome: Sendable, Hashable {
    /// An answer, with the header `Retry-After` if there was one.
    case answered(status: Int, retryAfter: String?)
    /// No whole answer in time; the request may have been carried out.
    case timedOut
    /// No connection was made, so that nothing was sent.
    case couldNotConnect
    /// The other side could not prove who it is; nothing was sent.
    case notTrusted
    /// The connection broke off; the request may have been carried out.
    case brokenOff
    /// The answer was larger than the limit.
    case tooLarge
}

/// Which requests may be repeated on their own.
public enum Repeatability: Sendable, Hashable {
    /// GET: it changes nothing, so that every passing trouble is a reason.
    case reading
    /// A login: only where the platform cannot have judged the credentials (no connection, 429, 503), since a second
    /// wrong password is a step towards a locked account.
    case login
    /// POST and DELETE on settings: never. Re-read, then decide.
    case writing
}
