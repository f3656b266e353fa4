import Emulator
import Testing

@Suite struct RoutesTests {
    @Test(arguments: ["v3.0", "v3.1", "v3.2", "v3.3", "v3.4", "v3.5", "v5.0", "v6.0", "v17.0"])
    func `a known version after the category changes nothing`(version: String) async throws {
        try await Peer.run { peer in
            let account = try peer.account()
            let user = try #require(account.user(.sysadmin))
            let session = try await peer.sessionID(
                peer.login(account, user, path: "/session/\(version)/login"))
            for path in ["4199/internal", "internal"] {
                let reply = try await peer.send("GET", "/configuration/\(version)/clients/\(path)", session: session)
                #expect(reply.text == VendorPage.internalSettings)
            }
            let countries = try await peer.send(
                "GET", "/configuration/\(version)/clients/countries", session: session)
            #expect(countries.status == 200)
            let valid = try await peer.send("GET", "/session/\(version)/validate/\(session)")
            #expect(valid.status == 204)
        }
    }

    @Test(arguments: [
        "/", "/configuration", "/configuration/clients", "/configuration/v4.0/clients/internal",
        "/configuration/clients/voicepool", "/configuration/clients/4199/voicepool", "/Configuration/clients/internal",
        "/configuration/clients/4199/countries", "/configuration/clients/internal/", "/configuration/clients/4199",
        "/configuration/clients/4199/voicePool/1/2", "/clients/internal", "/session", "/session/v2.0/validate/x",
        "/session/Login", "/elsewhere",
    ])
    func `an unknown path is 404, whoever asks`(path: String) async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            let reply = try await peer.send("GET", path, session: session)
            #expect(reply.status == 404)
            #expect(reply.text == #"{"code":404,"message":"Not found."}"#)
        }
    }

    @Test func `a double slash counts as one`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            let reply = try await peer.send("GET", "/configuration/clients//4199/internal", session: session)
            #expect(reply.text == VendorPage.internalSettings)
        }
    }

    @Test(arguments: [
        ("PUT", "/configuration/clients/4199/internal", "GET"), ("POST", "/configuration/clients/settings", "GET"),
        ("DELETE", "/configuration/clients/messaging", "GET"), ("PATCH", "/configuration/clients/voicePool", "GET"),
        ("POST", "/configuration/clients/countries", "GET"),
        ("GET", "/configuration/clients/4199/voicePool/11", "POST, DELETE"),
        ("PUT", "/configuration/clients/voicePool/11", "POST, DELETE"), ("GET", "/session/login", "POST"),
        ("GET", "/session/password", "POST"), ("POST", "/session/validate/x", "GET"),
        ("GET", "/session/logout/x", "DELETE"),
    ])
    func `a known path with another method is 405 and names the right ones`(
        method: String, path: String, allowed: String
    ) async throws {
        try await Peer.run { peer in
            let reply = try await peer.send(method, path)
            #expect(reply.status == 405)
            #expect(reply.headers["allow"] == allowed)
            #expect(reply.text == #"{"code":405,"message":"Method not allowed."}"#)
        }
    }
}
