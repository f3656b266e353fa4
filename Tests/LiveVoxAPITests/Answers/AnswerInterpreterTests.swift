import AuditModel
import LiveVoxAPI
import Testing

struct AnswerInterpreterTests {
    private let client = Client(
        id: Client.ID(environment: EnvironmentName("na3"), number: 4199), code: "ACME", account: "acme")

    private func document(
        _ group: SettingsGroup, _ body: String, status: Int = 200
    ) -> Result<SettingValue, CaptureFailure> {
        AnswerInterpreter.document(group, status: status, body: Array(body.utf8), client: client, request: "GET /x")
    }

    private func failure(
        _ group: SettingsGroup, _ body: String, status: Int = 200
    ) throws -> CaptureFailure {
        guard case .failure(let failure) = document(group, body, status: status) else {
            throw Unexpected(body: body)
        }
        #expect(failure.status == status)
        #expect(failure.request == "GET /x")
        return failure
    }

    private struct Unexpected: Error { var body: String }

    @Test func `a body with one known key is a document, unknown keys and all`() throws {
        #expect(
            try document(.internal, #"{"callRecordingDays":"30","new":[]}"#).get() == [
                "callRecordingDays": "30", "new": [],
            ])
        #expect(try document(.messaging, #"{"property":[]}"#).get() == ["property": []])
        #expect(try document(.voicePool, #"{"voice":null}"#).get() == ["voice": nil])
    }

    @Test(arguments: [SettingsGroup.internal, .settings, .messaging, .voicePool])
    func `JSON without a known key of the group is no document`(group: SettingsGroup) throws {
        for body in ["{}", "[]", "null", "1", #""text""#, #"{"hello":1}"#] {
            #expect(try failure(group, body).reason == .unexpectedShape, "\(body)")
        }
    }

    @Test func `a group of nothing but nulls is no document, and one null among settings is one`() throws {
        let bodies: [(SettingsGroup, String)] = [
            (.internal, #"{"callRecordingDays":null,"maxDailyAttempts":null}"#),
            (.settings, #"{"clientCode":null,"displayName":null,"new":null}"#),
            (.messaging, #"{"property":null,"defaultInputFilterId":null}"#),
            (.countries, #"[{"id":null,"name":null},{"id":null,"name":null}]"#),
        ]
        for (group, body) in bodies {
            let failure = try failure(group, body)
            #expect(failure.reason == .unexpectedShape)
            #expect(failure.detail == "every setting of the group is null")
        }
        #expect(
            try document(.internal, #"{"callRecordingDays":null,"maxDailyAttempts":3}"#).get() == [
                "callRecordingDays": nil, "maxDailyAttempts": 3,
            ])
        #expect(try document(.countries, #"[{"id":null,"name":null},{"id":2}]"#).get().arrayValue?.count == 2)
    }

    @Test(arguments: SettingsGroup.allCases)
    func `the error shape with 200 is no document, even beside known keys`(group: SettingsGroup) throws {
        let bodies = [
            #"{"code":17,"message":"Invalid Account"}"#, #"{"code":"440","message":"no"}"#,
            #"{"code":null,"message":"no","voice":[],"property":[],"clientCode":"ACME","maxDailyAttempts":1}"#,
            #"{"message":"only text"}"#,
        ]
        for body in bodies { #expect(try failure(group, body).reason == .unexpectedShape, "\(body)") }
        #expect(try failure(group, bodies[0]).detail == #"the server says "Invalid Account" (code 17)"#)
    }

    @Test func `another client's code is another client, byte for byte`() throws {
        #expect(try document(.settings, #"{"clientCode":"ACME"}"#).get() == ["clientCode": "ACME"])
        for body in [#"{"clientCode":"acme"}"#, #"{"clientCode":"OTHER"}"#, #"{"clientCode":4199}"#] {
            #expect(try failure(.settings, body).reason == .wrongClient, "\(body)")
        }
        // The same letters in another composition are other bytes.
        let composed = Client(id: client.id, code: "Caf\u{E9}", account: "")
        let answer = AnswerInterpreter.document(
            .settings, status: 200, body: Array("{\"clientCode\":\"Cafe\u{301}\"}".utf8), client: composed, request: "")
        guard case .failure(let failure) = answer else { throw Unexpected(body: "") }
        #expect(failure.reason == .wrongClient)
    }

    @Test func `an absent or null client code is a deviation and no other client`() throws {
        #expect(try document(.settings, #"{"displayName":"x"}"#).get() == ["displayName": "x"])
        #expect(try document(.settings, #"{"clientCode":null}"#).get() == ["clientCode": nil])
    }

    @Test func `another client's general settings spoil all five groups`() throws {
        let wrong = CaptureFailure(.wrongClient, status: 200)
        let settled = AnswerInterpreter.settlingIdentity([
            .internal: .success(["callRecordingDays": 1]), .settings: .failure(wrong), .countries: .success([]),
        ])
        #expect(settled.values.allSatisfy { $0 == .failure(wrong) })
        let other: [SettingsGroup: Result<SettingValue, CaptureFailure>] = [
            .internal: .success(1), .settings: .failure(CaptureFailure(.timedOut)),
        ]
        #expect(AnswerInterpreter.settlingIdentity(other) == other)
    }

    @Test func `countries are a list, and are kept as one when they come wrapped`() throws {
        #expect(try document(.countries, "[]").get() == [])
        #expect(try document(.countries, #"[{"id":2}]"#).get() == [["id": 2]])
        #expect(try document(.countries, #"{"country":[{"id":2}]}"#).get() == [["id": 2]])
        for body in [#"[1,2]"#, #"[{"voice":1}]"#, "{}", "3", #"{"a":[],"b":[]}"#] {
            #expect(try failure(.countries, body).reason == .unexpectedShape, "\(body)")
        }
    }

    @Test func `what is not JSON says what it looks like`() throws {
        let page = try failure(.internal, " \n<!DOCTYPE html><title>Log in</title>")
        #expect(page.reason == .notJSON)
        #expect(page.detail == "it looks like an HTML page, perhaps of a login or a proxy")
        #expect(try failure(.internal, "").detail == "the body is empty")
        #expect(try failure(.internal, #"{"callRecordingDays":3"#).reason == .notJSON)
        #expect(try failure(.internal, #"{"callRecordingDays":NaN}"#).reason == .notJSON)
    }

    @Test(arguments: [
        #"{"callRecordingDays":1,"callRecordingDays":2}"#, #"{"callRecordingDays":9007199254740993}"#,
        #"{"a":"\ud800"}"#, String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
    ])
    func `JSON that would be kept with a loss is not kept`(body: String) throws {
        #expect(try failure(.internal, body).reason == .notRepresentable)
    }

    @Test(
        arguments: [
            (204, .unexpectedShape), (302, .rejected), (400, .rejected), (401, .unauthorized), (403, .forbidden),
            (404, .notFound), (405, .rejected), (418, .rejected), (429, .rateLimited), (500, .serverError),
            (503, .serverError), (599, .serverError),
        ] as [(Int, CaptureFailure.Reason)])
    func `each status has its reason, whatever the body is`(status: Int, reason: CaptureFailure.Reason) throws {
        for body in ["", "<html>", #"{"callRecordingDays":30}"#, #"{"code":"440","message":"no"}"#] {
            #expect(try failure(.internal, body, status: status).reason == reason)
        }
    }
}
