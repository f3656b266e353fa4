package import AuditModel

// What people read for the closed sets of the model. Switches without `default`, so a new case must be named.

extension Severity {
    /// A sign that can be told apart without colour.
    package var glyph: String {
        switch self {
        case .critical: "◆"
        case .high: "▲"
        case .medium: "■"
        case .low: "●"
        case .info: "○"
        }
    }
}

extension Verdict {
    package var words: String {
        switch self {
        case .pass: "pass"
        case .fail: "fail"
        case .unknown: "unknown"
        case .notApplicable: "not applicable"
        }
    }

    package var glyph: String {
        switch self {
        case .pass: "✓"
        case .fail: "✗"
        case .unknown: "?"
        case .notApplicable: "–"
        }
    }
}

extension Transition {
    package var words: String {
        switch self {
        case .firstSeen: "first seen"
        case .new: "new"
        case .still: "still"
        case .fixed: "fixed"
        case .noLongerApplicable: "no longer applicable"
        case .sightLost: "sight lost"
        case .ruleRetired: "rule retired"
        case .clientLeft: "client left"
        }
    }

    /// What the word means, for a reader who meets it first.
    package var meaning: String {
        switch self {
        case .firstSeen: "never judged before, and fails"
        case .new: "passed or did not apply before, and fails now"
        case .still: "failed before and fails still"
        case .fixed: "failed before and passes now"
        case .noLongerApplicable: "failed before, and the rule no longer applies"
        case .sightLost: "was known before, and cannot be told now"
        case .ruleRetired: "failed before, and the rule is no longer in the policies"
        case .clientLeft: "failed before, and the client is no longer on the roster"
        }
    }
}

extension TransitionCause {
    package var words: String {
        switch self {
        case .setting: "a setting changed"
        case .rule: "the rule changed"
        case .evidence: "evidence came or went"
        case .client: "the client's facts changed"
        case .time: "the rule reads the time"
        case .tool: "the evaluator changed"
        case .waiver: "a waiver came or went"
        }
    }
}

extension Change.Kind {
    package var glyph: String {
        switch self {
        case .added: "+"
        case .removed: "−"
        case .modified: "≠"
        }
    }
}

extension RosterChange.Kind {
    package var words: String {
        switch self {
        case .joined: "joined"
        case .left: "left"
        case .retired: "retired"
        case .renamed: "renamed"
        case .movedAccount: "moved to another account"
        case .relabelled: "relabelled"
        }
    }
}

extension KeyDeviation.Kind {
    package var words: String {
        switch self {
        case .undocumented: "undocumented"
        case .mandatoryMissing: "mandatory, and missing"
        }
    }
}

extension CaptureFailure.Reason {
    package var words: String {
        switch self {
        case .loginRefused: "the login was refused"
        case .loginFailed: "the login could not be carried out"
        case .unauthorized: "the session was not accepted"
        case .forbidden: "forbidden"
        case .notFound: "not found"
        case .rejected: "the request was rejected"
        case .rateLimited: "rate limited to the end"
        case .serverError: "server error to the end"
        case .timedOut: "no answer in time"
        case .connectionFailed: "the connection failed"
        case .tooLarge: "the answer is too large"
        case .notJSON: "the answer is not JSON"
        case .notRepresentable: "the JSON cannot be kept without loss"
        case .unexpectedShape: "the answer is not of this group's shape"
        case .wrongClient: "the answer belongs to another client"
        case .notAttempted: "not asked for before the run ended"
        }
    }
}

extension CaptureFailure {
    /// `HTTP 403, forbidden: the role is missing`; what was asked is not in it.
    package var words: String {
        let status = status.map { "HTTP \($0), " } ?? ""
        return status + reason.words + (detail.isEmpty ? "" : ": " + ValueText.shortened(detail))
    }
}

extension NotCollectedReason {
    package var words: String {
        switch self {
        case .countriesOfAnotherClient: "not collected, since the countries are those of the session's own client"
        }
    }
}

extension Capture {
    package var words: String {
        switch self {
        case .document: "captured"
        case .failure(let failure): failure.words
        case .notCollected(let reason): reason.words
        }
    }
}

extension AuditRun {
    /// `complete`, `partial`, `still open`, and whether it was only fetched.
    package var stateWords: String {
        let state =
            switch state {
            case .open: "still open"
            case .complete: "complete"
            case .partial: "partial"
            }
        switch kind {
        case .full: return state
        case .fetchOnly: return state + ", fetched only"
        }
    }
}
