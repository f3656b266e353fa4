import Emulator
import Testing

@Suite struct ClientsMethodsTests {
    /// Every path of the seven methods for `client`, and for the session's client.
    private static func requests(client: Int) -> [(method: String, path: String, success: Int)] {
        var requests: [(String, String, Int)] = []
        for prefix in ["", "\(client)/"] {
            for group in ["internal", "settings", "messaging", "voicePool"] {
                requests.append(("GET", "/configuration/clients/\(prefix)\(group)", 200))
            }
            requests.append(("POST", "/configuration/clients/\(prefix)voicePool/11", 204))
            requests.append(("DELETE", "/configuration/clients/\(prefix)voicePool/11", 204))
        }
        return requests + [("GET", "/configuration/clients/countries", 200)]
    }

    @Test(arguments: EmulatorRole.allCases)
    func `a Sysadmin and an IT User may call all seven methods in both path forms, other roles get 403`(
        role: EmulatorRole
    ) async throws {
        try await Peer.run { peer in
            let session = try await peer.session(role, place: 1)
            for request in Self.requests(client: 4200) {
                let reply = try await peer.send(request.method, request.path, session: session)
                let allowed = role == .sysadmin || role == .itUser
                #expect(reply.status == (allowed ? request.success : 403), "\(request.method) \(request.path)")
                if !allowed { #expect(reply.text == #"{"code":403,"message":"Forbidden."}"#) }
            }
        }
    }

    @Test func `client 4199 answers as on the vendor's page, in the page's key order, on every night`() async throws {
        try await Peer.run(.init(clients: 25)) { peer in
            let session = try await peer.session()
            for night in [0, 7, EmulatorScenario.lastNight] {
                await peer.emulator.setNight(night)
                for (group, expected) in [
                    ("4199/internal", VendorPage.internalSettings), ("4199/settings", VendorPage.generalSettings),
                    ("4199/messaging", VendorPage.messaging), ("4199/voicePool", VendorPage.voicePool),
                    ("countries", VendorPage.countries),
                ] {
                    let reply = try await peer.send("GET", "/configuration/clients/\(group)", session: session)
                    #expect(reply.status == 200)
                    #expect(reply.text == expected)
                    #expect(reply.headers["content-type"] == "application/json")
                }
            }
        }
    }

    @Test func `both path forms give the same bytes`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session(.itUser, place: 2)
            for group in ["internal", "settings", "messaging", "voicePool"] {
                let own = try await peer.send("GET", "/configuration/clients/\(group)", session: session)
                let byID = try await peer.send("GET", "/configuration/clients/4201/\(group)", session: session)
                #expect(own.text == byID.text)
            }
        }
    }

    @Test func `a client that is another's or unknown is forbidden, so that ids cannot be probed`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session(place: 1)
            for id in ["4199", "4202", "1", "999999"] {
                for group in ["internal", "voicePool"] {
                    let reply = try await peer.send("GET", "/configuration/clients/\(id)/\(group)", session: session)
                    #expect(reply.status == 403)
                }
                let write = try await peer.send("POST", "/configuration/clients/\(id)/voicePool/11", session: session)
                #expect(write.status == 403)
            }
            #expect(peer.emulator.trail.isEmpty)
        }
    }

    @Test func `the fleet user reads every client by the id form, and no unknown one`() async throws {
        try await Peer.run { peer in
            let session = try await peer.fleetSession()
            for account in peer.emulator.manifest.accounts {
                let path = "/configuration/clients/\(account.clientId)/settings"
                let reply = try await peer.send("GET", path, session: session)
                #expect(reply.status == 200)
                #expect(reply.text.contains("\"clientCode\":\"\(account.clientName)\""))
            }
            let unknown = try await peer.send("GET", "/configuration/clients/4202/settings", session: session)
            #expect(unknown.status == 403)
        }
    }

    @Test func `without a live session every method answers 401 with an error body`() async throws {
        try await Peer.run { peer in
            for request in Self.requests(client: 4199) {
                let none = try await peer.send(request.method, request.path)
                #expect(none.status == 401)
                #expect(none.text == #"{"code":401,"message":"Authorization error."}"#)
                let unknown = try await peer.send(request.method, request.path, session: "no-such-session")
                #expect(unknown.status == 401)
            }
        }
    }

    @Test(arguments: ["abc", "0", "-1", "4199x", "99999999999999999999", "4199.0", "+4199"])
    func `an id that is no positive integer is a bad request`(id: String) async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            let read = try await peer.send("GET", "/configuration/clients/\(id)/internal", session: session)
            #expect(read.status == 400)
            for method in ["POST", "DELETE"] {
                let write = try await peer.send(method, "/configuration/clients/voicePool/\(id)", session: session)
                #expect(write.status == 400)
            }
        }
    }
}
