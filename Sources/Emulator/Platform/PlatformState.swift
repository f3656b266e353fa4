import NIOCore

/// Everything about the emulated platform that changes while it runs. Held behind one lock by ``Platform``.
struct PlatformState: Sendable {
    let fleet: Fleet
    let accounts: [EmulatorAccount]
    private let placeByCode: [String: Int]

    var night: Int
    var sessions: SessionRegister
    var users = UserRegister()
    var faults: [EmulatorFault] = []
    var trail: [EmulatorTrailEntry] = []
    var counter = RequestCounter()
    /// Writes to voice pools, laid over the night's pool: the place of the client, then its edits in order.
    private var voiceEdits: [Int: [VoiceEdit]] = [:]
    private var replacedBodies: [BodyKey: ReplacedBody] = [:]
    /// What was served tonight, by place.
    private var rendered: [Rendered?]
    /// Equal bodies are kept once: large fleets repeat themselves.
    private var interned: Set<ByteBuffer> = []

    struct VoiceEdit: Sendable {
        var adds: Bool
        var voice: Int
    }

    struct BodyKey: Sendable, Hashable {
        var place: Int
        var group: EmulatorGroup
    }

    struct ReplacedBody: Sendable {
        var bytes: ByteBuffer
        var contentType: String
    }

    /// One client's bodies of one night.
    struct Rendered: Sendable {
        var availability: Fleet.Availability
        var `internal`: ByteBuffer
        var settings: ByteBuffer
        var messaging: ByteBuffer
        var voicePool: ByteBuffer
        var countries: ByteBuffer
    }

    init(fleet: Fleet, accounts: [EmulatorAccount], night: Int) {
        self.fleet = fleet
        self.accounts = accounts
        self.night = night
        placeByCode = Dictionary(uniqueKeysWithValues: accounts.enumerated().map { ($0.element.clientName, $0.offset) })
        sessions = SessionRegister(seed: fleet.seed)
        rendered = Array(repeating: nil, count: fleet.count)
    }

    /// The place of the client with this Client Code, where the platform knows it tonight.
    func place(ofCode code: String) -> Int? {
        guard let place = placeByCode[code], fleet.availability(at: place, night: night) != .removed else { return nil }
        return place
    }

    // MARK: Bodies

    /// What `group` of the client at `place` answers tonight.
    mutating func body(at place: Int, _ group: EmulatorGroup) -> Answer {
        if !replacedBodies.isEmpty, let replaced = replacedBodies[BodyKey(place: place, group: group)] {
            var answer = Answer(status: 200, body: replaced.bytes)
            answer.contentType = replaced.contentType
            return answer
        }
        let bodies = bodies(at: place)
        return switch group {
        case .internal: Answer(status: 200, body: bodies.internal)
        case .settings: Answer(status: 200, body: bodies.settings)
        case .messaging: Answer(status: 200, body: bodies.messaging)
        case .voicePool: Answer(status: 200, body: bodies.voicePool)
        case .countries: Answer(status: 200, body: bodies.countries)
        }
    }

    /// Whether the client at `place` may be read tonight.
    mutating func isReadable(at place: Int) -> Bool { bodies(at: place).availability == .readable }

    private mutating func bodies(at place: Int) -> Rendered {
        if let bodies = rendered[place] { return bodies }
        let profile = profile(at: place)
        let bodies = Rendered(
            availability: fleet.availability(at: place, night: night),
            internal: interned(profile.document(.internal)), settings: interned(profile.document(.settings)),
            messaging: interned(profile.document(.messaging)), voicePool: interned(profile.document(.voicePool)),
            countries: interned(profile.document(.countries)))
        rendered[place] = bodies
        return bodies
    }

    private mutating func interned(_ document: OrderedJSON) -> ByteBuffer {
        interned.insert(ByteBuffer(bytes: document.bytes)).memberAfterInsert
    }

    /// The settings tonight, write requests included.
    func profile(at place: Int) -> ClientProfile {
        var profile = fleet.profile(at: place, night: night)
        for edit in voiceEdits[place] ?? [] {
            if !edit.adds {
                profile.voices.removeAll { $0 == edit.voice }
            } else if !profile.voices.contains(edit.voice) {
                profile.voices.append(edit.voice)
            }
        }
        return profile
    }

    /// Lays a write over the pool of the client at `place`.
    mutating func apply(_ edit: VoiceEdit, at place: Int) {
        voiceEdits[place, default: []].append(edit)
        rendered[place] = nil
    }

    /// Serves other bytes as one body, or with `nil` the fleet's own again.
    mutating func replaceBody(at place: Int, _ group: EmulatorGroup, with body: ReplacedBody?) {
        replacedBodies[BodyKey(place: place, group: group)] = body
    }

    // MARK: Nights

    /// Moves to another night, earlier ones included. Sessions of clients that are gone end.
    mutating func setNight(_ night: Int) {
        self.night = night
        rendered = Array(repeating: nil, count: fleet.count)
        interned = []
        let state = self
        sessions.revise { session in
            let place = session.owner.user.client
            guard state.fleet.availability(at: place, night: night) != .removed else { return nil }
            var session = session
            session.passwordExpires = state.passwordExpiry(of: session.owner.user, in: state.profile(at: place))
            return session
        }
    }
}
