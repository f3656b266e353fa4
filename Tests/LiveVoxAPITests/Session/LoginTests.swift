import AuditModel
import LiveVoxAPI
import Testing

struct LoginTests {
    @Test func `a login sends the four keys with agent as a Boolean`() throws {
        let request = LoginRequest(
            clientName: "DEMO", userName: "Api \"Reader\"", password: Secret("s3\\cret\u{1F600}"))
        #expect(
            try JSONReader.value(of: request.body()) == [
                "clientName": "DEMO", "userName": "Api \"Reader\"", "password": "s3\\cret\u{1F600}", "agent": false,
            ])
    }

    @Test func `a login's answer is read with numbers as text and unknown fields`() throws {
        let answer = try LoginAnswer(
            body: Array(#"{"sessionId":"38de9bcc-0000","clientId":"4199","daysUntilPasswordExpires":42,"x":[]}"#.utf8))
        #expect(answer.sessionID == SessionID("38de9bcc-0000"))
        #expect(answer.clientID == 4199)
        #expect(answer.userID == nil)
        #expect(answer.daysUntilPasswordExpires == 42)
    }

    @Test(
        arguments: [
            ("", .notAnObject), ("[]", .notAnObject), ("<html>", .notAnObject), (#"{"clientId":1}"#, .noSession),
            (#"{"sessionId":7,"clientId":1}"#, .noSession), (#"{"sessionId":"a/../b","clientId":1}"#, .noSession),
            (#"{"sessionId":"a"}"#, .noClient), (#"{"sessionId":"a","clientId":0}"#, .noClient),
            (#"{"sessionId":"a","clientId":null}"#, .noClient),
        ] as [(String, LoginAnswer.Defect)])
    func `an answer that names no session or no client is none`(body: String, defect: LoginAnswer.Defect) {
        #expect(throws: defect) { try LoginAnswer(body: Array(body.utf8)) }
    }
}
