/// The seeded fleet: which clients there are, who may log in, and what a client's settings are on a night.
///
/// A pure function of the number of clients and the seed; a client's settings are computed when they are asked for.
struct Fleet: Sendable {
    /// 1 or more; place 0 is the vendor's demo client.
    let count: Int
    let seed: UInt64
    let names: CompanyNames
    let scenario: EmulatorScenario

    init(clients: Int, seed: UInt64) {
        count = max(1, clients)
        self.seed = seed
        names = CompanyNames(seed: seed)
        scenario = EmulatorScenario(clients: count, seed: seed)
    }

    /// The id of the client at place 0; the others follow without a gap.
    static let firstID = ClientProfile.vendorSample.id

    /// The place of the client with `id`, whether or not it still exists tonight.
    func place(ofClient id: Int) -> Int? {
        let place = id - Self.firstID
        return place >= 0 && place < count ? place : nil
    }

    /// The Client Code of the client at `place`.
    func code(at place: Int) -> String { place == 0 ? "CAVALRY" : names.code(at: place) }

    /// The settings of the client at `place` on `night`, write requests left out.
    func profile(at place: Int, night: Int) -> ClientProfile {
        var profile = baseProfile(at: place)
        for step in scenario.steps(at: place) where step.night <= night { step.edit.apply(to: &profile) }
        return profile
    }

    /// Whether the platform knows the client at `place` on `night`, and lets anybody read it.
    func availability(at place: Int, night: Int) -> Availability {
        var availability = Availability.readable
        for step in scenario.steps(at: place) where step.night <= night {
            switch step.edit {
            case .removeClient: availability = .removed
            case .denyAccess: availability = .denied
            case .restoreAccess: availability = .readable
            case .set, .setProperty, .removeVoice, .addCountry, .reorder: break
            }
        }
        return availability
    }

    /// What a client answers with on a night.
    enum Availability: Sendable { case readable, denied, removed }

    /// Every account, in the order of the client ids.
    func accounts() -> [EmulatorAccount] { (0..<count).map(account(at:)) }

    private func account(at place: Int) -> EmulatorAccount {
        var generator = SeededGenerator(seed: seed, purpose: .credentials, number: place)
        let id = Self.firstID + place
        let accessToken = generator.alphanumerics(32)
        let secondAccessToken = generator.alphanumerics(32)
        let named: [(EmulatorRole, String)] = [
            (.sysadmin, "api_sysadmin"), (.itUser, "api_ituser"), (.superuser, "api_superuser"),
            (.manager, "api_manager"), (.agent, "api_agent"),
        ]
        var users = named.enumerated().map { position, user in
            EmulatorUser(
                userName: user.1, password: generator.alphanumerics(20), role: user.0, clientIDs: [id],
                userID: 1001 + place * 10 + position)
        }
        if place == 0 {
            users.append(
                EmulatorUser(
                    userName: EmulatorManifest.fleetUserName, password: generator.alphanumerics(20), role: .sysadmin,
                    clientIDs: Array(Self.firstID..<Self.firstID + count), userID: 1001 + users.count))
        }
        return EmulatorAccount(
            clientName: code(at: place), accessToken: accessToken, secondAccessToken: secondAccessToken, clientId: id,
            users: users)
    }
}
