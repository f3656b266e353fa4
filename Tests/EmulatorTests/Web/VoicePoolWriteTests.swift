import Emulator
import Testing

@Suite struct VoicePoolWriteTests {
    private func pool(_ peer: Peer, _ session: String) async throws -> String {
        try await peer.send("GET", "/configuration/clients/voicePool", session: session).text
    }

    @Test func `a voice that is added goes last, and a second time changes nothing`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            for _ in 1...2 {
                let reply = try await peer.send("POST", "/configuration/clients/4199/voicePool/11", session: session)
                #expect(reply.status == 204)
                #expect(reply.text.isEmpty)
                let pool = try await pool(peer, session)
                #expect(pool == #"{"voice":[{"id":1},{"id":5},{"id":2},{"id":3},{"id":11}]}"#)
            }
        }
    }

    @Test func `a voice that the platform does not know cannot be added`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            for voice in [7, 12, 4199] {
                let reply = try await peer.send("POST", "/configuration/clients/voicePool/\(voice)", session: session)
                #expect(reply.status == 404)
            }
            #expect(try await pool(peer, session) == VendorPage.voicePool)
        }
    }

    @Test func `every one of the ten voices can be added`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            for voice in [1, 2, 3, 4, 5, 6, 8, 9, 10, 11] {
                let reply = try await peer.send("POST", "/configuration/clients/voicePool/\(voice)", session: session)
                #expect(reply.status == 204)
            }
        }
    }

    @Test func `a voice that is removed is gone, and to remove it again is 404`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            let path = "/configuration/clients/voicePool/1"
            #expect(try await peer.send("DELETE", path, session: session).status == 204)
            #expect(try await pool(peer, session) == #"{"voice":[{"id":5},{"id":2},{"id":3}]}"#)
            #expect(try await peer.send("DELETE", path, session: session).status == 404)
        }
    }

    @Test func `writes are laid over the pool of every night, and stand in the trail`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            _ = try await peer.send("DELETE", "/configuration/clients/voicePool/5", session: session)
            _ = try await peer.send("DELETE", "/configuration/clients/voicePool/5", session: session)
            _ = try await peer.send("POST", "/configuration/clients/voicePool/2", session: session)
            await peer.emulator.setNight(3)
            #expect(try await pool(peer, session) == #"{"voice":[{"id":1},{"id":2},{"id":3}]}"#)
            let trail = peer.emulator.trail
            #expect(trail.map(\.status) == [204, 404, 204])
            #expect(trail.map(\.changed) == [true, false, false])
            #expect(trail.map(\.kind) == [.removeVoice, .removeVoice, .addVoice])
            #expect(trail.map(\.clientID) == [4199, 4199, 4199])
            #expect(trail.map(\.userName) == ["api_sysadmin", "api_sysadmin", "api_sysadmin"])
        }
    }

    @Test func `a write behind a fault is carried out only where the fault says so`() async throws {
        try await Peer.run { peer in
            let session = try await peer.session()
            let path = "/configuration/clients/4199/voicePool/11"
            await peer.emulator.add(try EmulatorFault(spec: "group=addVoice,times=1,status=500"))
            #expect(try await peer.send("POST", path, session: session).status == 500)
            #expect(try await pool(peer, session) == VendorPage.voicePool)
            let fault = #"{"group":"addVoice","times":1,"status":500,"write":"done"}"#
            #expect(try await peer.send("POST", "/_emulator/faults", body: fault).status == 204)
            #expect(try await peer.send("POST", path, session: session).status == 500)
            #expect(try await pool(peer, session).hasSuffix(#"{"id":11}]}"#))
            #expect(peer.emulator.trail.map(\.changed) == [true])
        }
    }
}
