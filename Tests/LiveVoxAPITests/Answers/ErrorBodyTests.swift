import AuditModel
import LiveVoxAPI
import Testing

struct ErrorBodyTests {
    @Test(
        arguments: [
            (#"{"code":17,"message":"no"}"#, 17, "no", #"the server says "no" (code 17)"#),
            (#"{"code":"440","message":"no"}"#, 440, "no", #"the server says "no" (code 440)"#),
            (#"{"message":"no"}"#, nil, "no", #"the server says "no""#),
            (#"{"code":"E17"}"#, nil, nil, ""),
            (#"{"code":9999}"#, 9999, nil, "the server gives code 9999"),
            ("[1]", nil, nil, ""),
            ("<html>Bad gateway</html>", nil, nil, ""),
            ("", nil, nil, ""),
        ] as [(String, Int?, String?, String)])
    func `what can be read is read, and the bytes are kept`(
        raw: String, code: Int?, message: String?, clause: String
    ) {
        let body = ErrorBody(Array(raw.utf8))
        #expect(body.code == code)
        #expect(body.message == message)
        #expect(body.raw == Array(raw.utf8))
        #expect(body.clause() == clause)
    }

    @Test func `a server that quotes a secret is not quoted`() {
        let body = ErrorBody(
            Array(#"{"message":"bad password hunter2 of session 38de9bcc-0000-4000-8000-000000000000!"}"#.utf8))
        #expect(
            body.clause(hiding: [Secret("hunter2")])
                == #"the server says "bad password ‹redacted› of session ‹redacted›!""#)
    }
}
