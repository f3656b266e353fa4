extension PlatformState {
    /// The seven Clients methods: who asks, may they, is it their client, and then the answer.
    mutating func clientsMethod(_ route: Route, sessionID: String?, now: Duration) -> Answer {
        guard let sessionID, let session = sessions.use(sessionID, now: now) else { return .unauthorized }
        guard session.role.mayCallClientsMethods else { return .forbidden }
        switch route {
        case .read(let group, let client):
            switch target(of: client, for: session) {
            case .success(let place): return body(at: place, group)
            case .failure(let refusal): return refusal.answer
            }
        case .writeVoice(let adds, let client, let voice):
            switch target(of: client, for: session) {
            case .success(let place): return writeVoice(adds: adds, voice: voice, at: place, session: session)
            case .failure(let refusal): return refusal.answer
            }
        case .login, .password, .validate, .logout, .methodNotAllowed, .unknown, .control: return .notFound
        }
    }

    /// Why a client may not be read.
    private struct Refusal: Error { var answer: Answer }

    private mutating func target(of client: Route.Identifier?, for session: Session) -> Result<Int, Refusal> {
        let own = session.owner.user.client
        let place: Int
        switch client {
        case nil: place = own
        case .malformed: return .failure(Refusal(answer: .badRequest("The client id is a positive integer.")))
        case .number(let id):
            // 403 and not 404 for what does not exist, too: ids cannot be probed.
            guard let found = fleet.place(ofClient: id), found == own || session.readsEveryClient else {
                return .failure(Refusal(answer: .forbidden))
            }
            place = found
        }
        return isReadable(at: place) ? .success(place) : .failure(Refusal(answer: .forbidden))
    }

    private mutating func writeVoice(
        adds: Bool, voice: Route.Identifier, at place: Int, session: Session
    ) -> Answer {
        guard case .number(let id) = voice else { return .badRequest("The voice id is a positive integer.") }
        let inPool = profile(at: place).voices.contains(id)
        let answer: Answer = (adds ? knownVoices.contains(id) : inPool) ? .noContent : .notFound
        let changes = answer.status == 204 && adds != inPool
        if changes { apply(VoiceEdit(adds: adds, voice: id), at: place) }
        let user = session.owner.user
        trail.append(
            EmulatorTrailEntry(
                number: trail.count + 1, night: night, userName: accounts[user.client].users[user.user].userName,
                clientID: Fleet.firstID + place, kind: adds ? .addVoice : .removeVoice, voiceID: id,
                status: answer.status, changed: changes))
        return answer
    }
}
