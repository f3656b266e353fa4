import AuditModel
import LiveVoxAPI
import Testing

struct ClientsMethodTests {
    private static let client = try? ClientNumber(4199)
    private static let voice = try? VoiceID(11)

    @Test func `each of the seven methods has its verb and both path forms`() throws {
        let client = try ClientNumber(4199)
        let voice = try VoiceID(11)
        let table: [(ClientsMethod, ClientsMethod, String, String)] = [
            (
                .readInternalSettings(client: client), .readInternalSettings(client: nil),
                "GET /configuration/clients/4199/internal", "GET /configuration/clients/internal"
            ),
            (
                .readGeneralSettings(client: client), .readGeneralSettings(client: nil),
                "GET /configuration/clients/4199/settings", "GET /configuration/clients/settings"
            ),
            (
                .readMessagingSettings(client: client), .readMessagingSettings(client: nil),
                "GET /configuration/clients/4199/messaging", "GET /configuration/clients/messaging"
            ),
            (
                .readVoicePool(client: client), .readVoicePool(client: nil),
                "GET /configuration/clients/4199/voicePool", "GET /configuration/clients/voicePool"
            ),
            (
                .addVoice(voice, client: client), .addVoice(voice, client: nil),
                "POST /configuration/clients/4199/voicePool/11", "POST /configuration/clients/voicePool/11"
            ),
            (
                .removeVoice(voice, client: client), .removeVoice(voice, client: nil),
                "DELETE /configuration/clients/4199/voicePool/11", "DELETE /configuration/clients/voicePool/11"
            ),
            (
                .listCountries, .listCountries, "GET /configuration/clients/countries",
                "GET /configuration/clients/countries"
            ),
        ]
        for (named, unnamed, withID, withoutID) in table {
            #expect(named.request() == withID)
            #expect(unnamed.request() == withoutID)
        }
    }

    @Test func `removing a voice is DELETE and never POST, which would add it`() throws {
        #expect(try ClientsMethod.removeVoice(VoiceID(1), client: nil).verb == .delete)
    }

    @Test func `the version stands behind the category`() throws {
        let version = try #require(APIVersion("v5.0"))
        #expect(
            try ClientsMethod.readVoicePool(client: ClientNumber(7)).path(version: version)
                == "/configuration/v5.0/clients/7/voicePool")
        #expect(SessionMethod.login.path(version: version) == "/session/v5.0/login")
    }

    @Test(arguments: ["", "v5", "5.0", "v5.0/", "v5.0.1", "v.0", "vx.y", "v5.0 ", "../v5.0", "v٥.0"])
    func `what is no version does not get into a path`(text: String) {
        #expect(APIVersion(text) == nil)
    }

    @Test(arguments: [0, -1, Int.min])
    func `an id below one is refused here, and says which kind it is`(value: Int) {
        #expect(throws: InvalidIdentifier(kind: .client, value: value)) { try ClientNumber(value) }
        #expect(throws: InvalidIdentifier(kind: .voice, value: value)) { try VoiceID(value) }
    }

    @Test func `a group is read by the method of its name`() throws {
        let client = try ClientNumber(3)
        for group in SettingsGroup.allCases {
            #expect(ClientsMethod.read(group, client: client).path().hasSuffix("/\(group.rawValue)"))
        }
    }

    @Test func `what is printed of a session method does not hold the session`() throws {
        let session = try #require(SessionID("38de9bcc-0000-4000-8000-000000000000"))
        #expect(SessionMethod.validate(session).path() == "/session/validate/38de9bcc-0000-4000-8000-000000000000")
        #expect(SessionMethod.validate(session).request() == "GET /session/validate/‹redacted›")
        #expect(SessionMethod.logout(session).request() == "DELETE /session/logout/‹redacted›")
        #expect(SessionMethod.logout(session).verb == .delete)
        #expect(SessionMethod.changePassword.request() == "POST /session/password")
    }
}
