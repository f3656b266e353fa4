import AuditModel
import Collector
import Emulator
import LiveVoxAPI
import Testing

struct LiveVoxClientTests {
    private func with(
        _ fleet: Fleet, role: EmulatorRole = .sysadmin, version: APIVersion? = nil,
        body: (LiveVoxClient, ClientNumber) async throws -> Void
    ) async throws {
        let account = fleet.accounts[0]
        let login = try await fleet.login(account, role: role).resolved(forCode: account.clientName)
        let number = try ClientNumber(account.clientId)
        try await LiveVoxClient.with(
            fleet.settings { $0.apiVersion = version }, login: login, clock: fleet.clock.clock
        ) { client in
            try await body(client, number)
        }
    }

    @Test(arguments: [nil, APIVersion("v5.0")])
    func `all seven methods work in both path forms`(version: APIVersion?) async throws {
        try await Fleet.run(clients: 2) { fleet in
            try await with(fleet, version: version) { client, number in
                #expect(try await client.logIn() == number)
                #expect(try await client.isSessionValid())
                let voice = try VoiceID(11)
                for form in [number, nil] {
                    #expect(try await client.readInternalSettings(client: form).callRecordingDays.value != nil)
                    #expect(
                        try await client.readGeneralSettings(client: form).clientCode
                            == .value(fleet.accounts[0].clientName))
                    #expect(try await client.readMessagingSettings(client: form).properties.value?.isEmpty == false)
                    let before = try await client.readVoicePool(client: form).ids
                    try await client.addVoice(voice, client: form)
                    #expect(try await client.readVoicePool(client: form).ids == before.union([11]))
                    #expect(try await client.removeVoice(voice, client: form) == .removed)
                    #expect(try await client.readVoicePool(client: form).ids == before.subtracting([11]))
                    #expect(try await client.removeVoice(voice, client: form) == .wasAbsent)
                }
                let countries = try await client.listCountries()
                #expect(countries.count == 68)
                #expect(fleet.emulator.statistics.requests(.login) == 1)
                #expect(fleet.emulator.statistics.requests(.logout) == 0)
            }
        }
    }

    @Test func `a user without the role gets a typed 403`() async throws {
        try await Fleet.run(clients: 1) { fleet in
            try await with(fleet, role: .manager) { client, _ in
                let error = await #expect(throws: LiveVoxError.self) { try await client.readVoicePool() }
                #expect(error?.status == 403)
                #expect(error?.failure.reason == .forbidden)
            }
        }
    }

    @Test func `an error carries status, code and message`() async throws {
        try await Fleet.run(clients: 1) { fleet in
            await fleet.emulator.add(
                EmulatorFault(kind: .internal, status: 400, body: #"{"code":"440","message":"1. Invalid Account"}"#))
            try await with(fleet) { client, number in
                let error = await #expect(throws: LiveVoxError.self) {
                    try await client.readInternalSettings(client: number)
                }
                #expect(error?.status == 400)
                #expect(error?.code == 440)
                #expect(
                    error?.description
                        == "rejected: HTTP 400 from GET /configuration/clients/4199/internal: the server says "
                        + "\"1. Invalid Account\" (code 440)")
            }
        }
    }

    @Test func `a write is never sent twice, and a voice that is not known is an error`() async throws {
        try await Fleet.run(clients: 1) { fleet in
            try await with(fleet) { client, number in
                _ = try await client.readVoicePool()
                await fleet.emulator.add(EmulatorFault(kind: .addVoice, status: 503, retryAfter: "1"))
                await #expect(throws: LiveVoxError.self) { try await client.addVoice(VoiceID(11), client: number) }
                await fleet.emulator.removeFaults()
                await fleet.emulator.add(EmulatorFault(kind: .addVoice, cut: .beforeAnswer))
                await #expect(throws: LiveVoxError.self) { try await client.addVoice(VoiceID(11), client: number) }
                await fleet.emulator.removeFaults()
                #expect(fleet.clock.waits.isEmpty)
                let error = await #expect(throws: LiveVoxError.self) { try await client.addVoice(VoiceID(7)) }
                #expect(error?.failure.reason == .notFound)
            }
        }
    }

    @Test func `a 404 on removing proves nothing while the pool still has the voice`() async throws {
        try await Fleet.run(clients: 1) { fleet in
            try await with(fleet) { client, _ in
                let voice = try #require(try await client.readVoicePool().ids.min())
                await fleet.emulator.add(EmulatorFault(kind: .removeVoice, status: 404))
                let error = await #expect(throws: LiveVoxError.self) {
                    try await client.removeVoice(VoiceID(Int(voice)))
                }
                #expect(error?.status == 404)
            }
        }
    }

    @Test func `a session that ended is renewed even before a write, since nothing was done`() async throws {
        try await Fleet.run(clients: 1) { fleet in
            try await with(fleet) { client, _ in
                _ = try await client.readVoicePool()
                await fleet.emulator.endSessions()
                #expect(try await client.isSessionValid() == false)
                try await client.addVoice(VoiceID(11))
                #expect(fleet.emulator.statistics.requests(.login) == 2)
                #expect(try await client.readVoicePool().ids.contains(11))
            }
        }
    }
}
