import AuditModel
import Testing

/// One way in which a night can go wrong, and what becomes of it: a row of `docs/faults.md`.
struct FaultRow: Sendable, CustomTestStringConvertible {
    /// What goes wrong, for people.
    var fault: String
    /// The same for the emulator, as `audit emulator --fault` takes it; it concerns client ``FaultLab/victim``.
    var spec: String
    /// What the store has of the victim afterwards: `as before`, `changed`, or what failed and why.
    var stored: String
    /// The verdict of the rule on the group that is spoiled.
    var verdict: Verdict
    /// The exit status of the night.
    var status: AuditModel.ExitStatus
    /// What the report says of it, word for word.
    var sentence: String
    /// How the collector is set for it.
    var setting: Setting = .usual

    /// How the collector is set: nothing may take a real wait.
    enum Setting: Sendable {
        case usual
        /// One request at a time, where the order in which groups are asked for matters.
        case single
        /// A second for a request, and two attempts.
        case impatient
        /// A platform is left alone after two clients, for half a minute.
        case wary
    }

    var testDescription: String { fault }

    /// The kinds of end that the issue knows.
    enum Ending: String, CaseIterable {
        case riddenOut = "Ridden out: the night ends as if nothing had been"
        case change = "A valid answer with another content: a change, told as one"
        case failure = "A failure with its reason: exit status 3, and nothing of the night before counts as removed"
    }

    /// Which of the three it is.
    var ending: Ending {
        switch stored {
        case "as before": .riddenOut
        case "changed": .change
        default: .failure
        }
    }
}

/// All rows.
enum FaultTable {
    static let rows: [FaultRow] = riddenOut + changes + answers + connections + sessions

    private static let quiet = "5 of 5 clients collected; no new failures"

    /// What waiting, asking again or logging in again mends.
    private static let riddenOut: [FaultRow] = [
        FaultRow(
            fault: "one 429 with Retry-After in seconds", spec: "group=internal,times=1,status=429,retry-after=3",
            stored: "as before", verdict: .pass, status: .success, sentence: quiet),
        FaultRow(
            fault: "one 429 with Retry-After as a date",
            spec: "group=internal,times=1,status=429,retry-after=Mon, 02 Nov 2026 02:00:05 GMT", stored: "as before",
            verdict: .pass, status: .success, sentence: quiet),
        FaultRow(
            fault: "one 429 without Retry-After", spec: "group=internal,times=1,status=429", stored: "as before",
            verdict: .pass, status: .success,
            sentence: quiet),
        FaultRow(
            fault: "three 429 in a row", spec: "group=internal,times=3,status=429,retry-after=1", stored: "as before",
            verdict: .pass, status: .success,
            sentence: "The platform asked for fewer requests: at times no more than 1 of 4 at a time were sent."),
        FaultRow(
            fault: "a login answered 503 once", spec: "group=login,times=1,status=503", stored: "as before",
            verdict: .pass, status: .success, sentence: quiet),
        FaultRow(
            fault: "three 500 in a row", spec: "group=internal,times=3,status=500", stored: "as before",
            verdict: .pass, status: .success, sentence: quiet),
        FaultRow(
            fault: "an answer that is slow, but in time", spec: "group=internal,times=1,latency=200ms",
            stored: "as before", verdict: .pass, status: .success, sentence: quiet),
        FaultRow(
            fault: "one answer that does not come in time", spec: "group=internal,times=1,latency=10m",
            stored: "as before", verdict: .pass, status: .success, sentence: quiet, setting: .impatient),
        FaultRow(
            fault: "one connection reset before the answer", spec: "group=internal,times=1,reset=before",
            stored: "as before", verdict: .pass, status: .success, sentence: quiet),
        FaultRow(
            fault: "one connection cut in the body", spec: "group=internal,times=1,reset=body", stored: "as before",
            verdict: .pass, status: .success, sentence: quiet),
        FaultRow(
            fault: "the session ends in the middle of the client", spec: "group=settings,times=1,session=endSession",
            stored: "as before", verdict: .pass, status: .success, sentence: quiet),
    ]

    /// What is a good answer as far as anybody can tell.
    private static let changes: [FaultRow] = [
        FaultRow(
            fault: "a setting left out that a rule reads",
            spec: "group=internal,body=omit:maxFailedCcsLoginAttempts", stored: "changed", verdict: .fail,
            status: .findings, sentence: "− internal.maxFailedCcsLoginAttempts 4 flipped LAB-INTERNAL"),
        FaultRow(
            fault: "a setting left out that no rule reads", spec: "group=internal,body=omit:callRecordingDays",
            stored: "changed", verdict: .pass, status: .success, sentence: "− internal.callRecordingDays 15"),
        FaultRow(
            fault: "a null in place of a setting", spec: "group=internal,body=null:maxFailedCcsLoginAttempts",
            stored: "changed", verdict: .fail, status: .findings,
            sentence: "≠ internal.maxFailedCcsLoginAttempts 4 → null flipped LAB-INTERNAL"),
        FaultRow(
            fault: "a key that the vendor does not document", spec: "group=internal,body=extra", stored: "changed",
            verdict: .pass, status: .success, sentence: "+ internal.experimentalSetting true"),
        FaultRow(
            fault: "numbers as texts", spec: "group=internal,body=textNumbers", stored: "changed", verdict: .fail,
            status: .findings, sentence: "≠ internal.maxFailedCcsLoginAttempts 4 → \"4\" flipped LAB-INTERNAL"),
        FaultRow(
            fault: "a null in place of the voice pool", spec: "group=voicePool,body=nulls", stored: "changed",
            verdict: .pass, status: .success, sentence: "voicePool.voice"),
        // What carries no identity cannot be told from the client's own; the report says so every night.
        FaultRow(
            fault: "another client's internal settings", spec: "group=internal,body=client:4200", stored: "changed",
            verdict: .pass, status: .success,
            sentence:
                "An answer that belongs to another client can be recognised only by its client code (general settings) "
                + "and by the login's client id; the other groups carry no identity of their own."),
    ]

    /// Answers that are no evidence.
    private static let answers: [FaultRow] = [
        failure(
            "a refusal for want of a role", "group=internal,status=403", "internal: forbidden",
            "HTTP 403, forbidden: the server says \"Fault planted by the emulator's table.\" (code 403)"),
        failure(
            "an unknown client or path", "group=internal,status=404", "internal: notFound",
            "HTTP 404, not found: the server says \"Fault planted by the emulator's table.\" (code 404)"),
        failure(
            "another refusal", "group=internal,status=400", "internal: rejected",
            "HTTP 400, the request was rejected: the server says \"Fault planted by the emulator's table.\" (code 400)"),
        failure(
            "a redirection", "group=internal,status=302", "internal: rejected",
            "HTTP 302, the request was rejected: the server redirects, which is not followed, since that would carry the session elsewhere"
        ),
        failure(
            "a 500 that stays", "group=internal,status=500", "internal: serverError",
            "HTTP 500, server error to the end: the server says \"Fault planted by the emulator's table.\" (code 500); after 4 attempts"
        ),
        failure(
            "a 503 that stays, with Retry-After", "group=internal,status=503,retry-after=1", "internal: serverError",
            "HTTP 503, server error to the end: the server says \"Fault planted by the emulator's table.\" (code 503); after 4 attempts"
        ),
        failure(
            "a storm of 429 without end", "group=internal,status=429,retry-after=1", "internal: rateLimited",
            "HTTP 429, rate limited to the end: the server says \"Fault planted by the emulator's table.\" (code 429); after 4 attempts"
        ),
        failure(
            "a 429 that asks for an hour", "group=internal,status=429,retry-after=3600", "all five groups: rateLimited",
            "HTTP 429, rate limited to the end: the server says \"Fault planted by the emulator's table.\" (code 429); the server asks to wait 3600 s, longer than is allo… (123 bytes)",
            setting: .single),
        failure(
            "truncated JSON", "group=internal,body=truncated", "internal: notJSON",
            "HTTP 200, the answer is not JSON: the text ends too early, at byte 92"),
        failure(
            "an HTML login page with 200", "group=internal,body=html", "internal: notJSON",
            "HTTP 200, the answer is not JSON: it looks like an HTML page, perhaps of a login or a proxy"),
        failure(
            "the error shape with 200", "group=internal,body=error", "internal: unexpectedShape",
            "HTTP 200, the answer is not of this group's shape: the server says \"Invalid session.\" (code 440)"),
        failure(
            "an empty object", "group=internal,body=empty", "internal: unexpectedShape",
            "HTTP 200, the answer is not of this group's shape: the object is empty"),
        failure(
            "nulls for the whole group", "group=internal,body=nulls", "internal: unexpectedShape",
            "HTTP 200, the answer is not of this group's shape: every setting of the group is null"),
        failure(
            "nulls for all countries", "group=countries,body=nulls", "countries: unexpectedShape",
            "HTTP 200, the answer is not of this group's shape: every setting of the group is null", verdict: .pass),
        failure(
            "a key that stands twice", "group=internal,body=duplicateKey", "internal: notRepresentable",
            "HTTP 200, the JSON cannot be kept without loss: the key 'maxDailyAttempts' stands twice in one object, at byte 22"
        ),
        failure(
            "NaN in place of a number", "group=internal,body=notANumber", "internal: notJSON",
            "HTTP 200, the answer is not JSON: unexpected byte 0x4E at byte 20"),
        failure(
            "a lone surrogate", "group=internal,body=surrogate", "internal: notRepresentable",
            "HTTP 200, the JSON cannot be kept without loss: a lone surrogate at byte 23"),
        failure(
            "a body of 50 MB", "group=internal,body=size:50MB", "internal: tooLarge",
            "the answer is too large: it is larger than 8388608 bytes"),
        failure(
            "a gzip bomb of 50 MB", "group=internal,body=bomb:50MB", "internal: tooLarge",
            "the answer is too large: unpacked, it is larger than the limit"),
        failure(
            "another client's general settings", "group=settings,body=client:4200", "all five groups: wrongClient",
            "HTTP 200, the answer belongs to another client: the answer's clientCode is 'HALDEN01'"),
    ]

    private static func failure(
        _ fault: String, _ spec: String, _ stored: String, _ sentence: String, verdict: Verdict = .unknown,
        setting: FaultRow.Setting = .usual
    ) -> FaultRow {
        FaultRow(
            fault: fault, spec: spec, stored: stored, verdict: verdict, status: .incomplete, sentence: sentence,
            setting: setting)
    }

    /// Connections that fail to the end.
    private static let connections: [FaultRow] = [
        failure(
            "no answer in time", "group=internal,latency=10m", "internal: timedOut",
            "no answer in time: after 2 attempts", setting: .impatient),
        failure(
            "every connection reset before the answer", "group=internal,reset=before", "internal: connectionFailed",
            "the connection failed: the server reset the connection; after 4 attempts"),
        failure(
            "every connection cut in the body", "group=internal,reset=body", "internal: connectionFailed",
            "the connection failed: the server closed the connection before the answer was complete; after 4 attempts"),
    ]

    /// What goes wrong with logins, and with the platform as a whole.
    private static let sessions: [FaultRow] = [
        failure(
            "a login refused", "group=login,times=1,status=401", "all five groups: loginRefused",
            "HTTP 401, the login was refused: the server says \"Fault planted by the emulator's table.\" (code 401)"),
        failure(
            "a login answered with a page", "group=login,body=html", "all five groups: loginFailed",
            "HTTP 200, the login could not be carried out: the answer is no JSON object"),
        failure(
            "the session is refused again and again", "group=internal,status=401", "all five groups: unauthorized",
            "HTTP 401, the session was not accepted: the server says \"Fault planted by the emulator's table.\" (code 401)",
            setting: .single
        ),
        failure(
            "the password is changed in the middle of the client", "group=settings,times=1,session=changePassword",
            "settings, messaging, voicePool, countries: loginRefused",
            "HTTP 401, the login was refused: the server says \"Authorization error.\" (code 401)", verdict: .pass,
            setting: .single),
        failure(
            "a platform that fails for everybody", "every,status=500", "all five groups: notAttempted",
            "not asked for before the run ended: the platform failed for 2 clients in a row, also after waiting 30 s; not asked any more in this run",
            setting: .wary),
    ]
}
