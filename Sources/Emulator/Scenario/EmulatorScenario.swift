/// The drift that is planted into a fleet, night by night; the same for the same number of clients and seed.
///
/// Night 0 is the state before any change, and the last change comes at ``lastNight``. Every client that the plan does not
/// name serves the same bytes on all nights, the vendor's demo client 4199 among them.
/// A fleet of 25 clients or more gets the whole plan, a smaller one as much of it as it has clients for.
public struct EmulatorScenario: Sendable {
    /// The nights after which nothing changes any more.
    public static let lastNight = 13

    private let stepsByPlace: [Int: [Step]]
    /// Places of clients that only fail standing rules, so that even a small fleet has findings.
    private let standingFailures: [Int]

    /// One edit of one client.
    struct Step: Sendable, Equatable {
        var night: Int
        var place: Int
        var edit: ScenarioEdit
    }

    /// The country that fourteen clients get in one night.
    static let addedCountry = 53
    /// The voice that is taken from one client's pool.
    static let removedVoice = 5

    init(clients: Int, seed: UInt64) {
        var generator = SeededGenerator(seed: seed, purpose: .scenario)
        let victims = Array((1..<max(2, clients)).shuffled(using: &generator).prefix(clients - 1))
        let storylines = Self.storylines
        var steps: [Step] = []
        for (place, storyline) in zip(victims, storylines) {
            steps += storyline.map { Step(night: $0.night, place: place, edit: $0.edit) }
        }
        let others = Array(victims.dropFirst(storylines.count))
        let abroad = others.prefix(14)
        steps += abroad.map { Step(night: 7, place: $0, edit: .addCountry(Self.addedCountry)) }
        steps += Self.reorderings(of: others)
        stepsByPlace = Dictionary(grouping: steps.sorted { $0.night < $1.night }, by: \.place)
        standingFailures = Array(others.prefix(3))
    }

    /// What happens to one client each; in the order in which a small fleet gets them.
    private static let storylines: [[(night: Int, edit: ScenarioEdit)]] = [
        [
            (3, .set(.internal, key: "encryptCcsPassword", false)),
            (6, .set(.internal, key: "encryptCcsPassword", true)),
        ],
        [
            (4, .set(.internal, key: "maxFailedCcsLoginAttempts", 10)),
            (8, .set(.internal, key: "maxFailedCcsLoginAttempts", 20)),
        ],
        [(5, .set(.internal, key: "passwordExpirationDays", 0))],
        [(6, .removeVoice(removedVoice))],
        [(9, .setProperty(key: "requeue_limit", value: "40"))],
        // `false` is what the vendor's page says of a new client.
        [(10, .set(.settings, key: "restrictStrategiesScope", false))],
        [(11, .set(.settings, key: "displayName", "Harbourline Group"))],
        [(12, .removeClient)],
        [(8, .denyAccess), (9, .restoreAccess)],
    ]

    /// Lists that come in another order from some night on: three clients on each of several nights.
    private static func reorderings(of places: [Int]) -> [Step] {
        guard !places.isEmpty else { return [] }
        let lists: [EmulatorGroup] = [.voicePool, .messaging, .countries]
        var steps: [Step] = []
        var seen: Set<Int> = []
        for (turn, night) in [1, 2, 4, 8, 10, 13].enumerated() {
            for (position, list) in lists.enumerated() {
                let chosen = turn * lists.count + position
                // A pair (client, list) comes once: turned twice, a short list could come back to where it was.
                guard seen.insert(chosen % places.count * lists.count + position).inserted else { continue }
                steps.append(
                    Step(night: night, place: places[chosen % places.count], edit: .reorder(list, places: night)))
            }
        }
        return steps
    }

    /// The edits of the client at `place`, the earliest first.
    func steps(at place: Int) -> [Step] { stepsByPlace[place] ?? [] }

    /// Gives a client the settings that its part in the plan starts from.
    func prepare(_ profile: inout ClientProfile, at place: Int) {
        if let failure = standingFailures.firstIndex(of: place) {
            switch failure {
            case 0: profile[.internal, "encryptAcdPassword"] = false
            case 1: profile[.internal, "maxFailedCcsLoginAttempts"] = 0
            default: profile[.internal, "passwordExpirationDays"] = 180
            }
        }
        guard let steps = stepsByPlace[place] else { return }
        for step in steps.reversed() {
            switch step.edit {
            case .set(let group, "encryptCcsPassword", _): profile[group, "encryptCcsPassword"] = true
            case .set(let group, "maxFailedCcsLoginAttempts", _): profile[group, "maxFailedCcsLoginAttempts"] = 5
            case .set(let group, "passwordExpirationDays", _): profile[group, "passwordExpirationDays"] = 90
            case .set(let group, "restrictStrategiesScope", _): profile[group, "restrictStrategiesScope"] = true
            case .set, .setProperty, .reorder, .removeClient, .denyAccess, .restoreAccess: break
            case .removeVoice(let id):
                profile.voices.removeAll { $0 == id }
                profile.voices.insert(id, at: 1)
                profile[.settings, "defaultVoiceId"] = .number(profile.voices[0])
            case .addCountry(let id): profile.countries.removeAll { $0 == id }
            }
        }
    }

    /// The whole plan for a fleet: by night, then by client id.
    public static func plannedChanges(clients: Int, seed: UInt64) -> [PlannedChange] {
        let fleet = Fleet(clients: clients, seed: seed)
        var changes: [PlannedChange] = []
        for place in fleet.scenario.stepsByPlace.keys.sorted() {
            var profile = fleet.baseProfile(at: place)
            for step in fleet.scenario.steps(at: place) {
                changes.append(step.edit.planned(night: step.night, before: profile))
                step.edit.apply(to: &profile)
            }
        }
        return changes.enumerated().sorted { ($0.element.night, $0.offset) < ($1.element.night, $1.offset) }.map(
            \.element)
    }
}
