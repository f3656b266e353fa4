public import AuditModel
public import LiveVoxAPI

/// What is to be written to one client's voice pool, and of what it was worked out. Nothing else can be applied.
///
/// Its id is the SHA-256 of its canonical JSON: who has read a plan knows by the digest that just this is applied.
public struct RemediationPlan: Sendable, Hashable {
    /// The environment and its base URL, both of which must be the same when it is applied.
    public var environment: EnvironmentName
    /// The environment's base URL.
    public var baseURL: String
    /// Whether the environment is an emulator.
    public var isSynthetic: Bool
    /// The vendor's number of the client.
    public var client: Int
    /// The client's code: what the login names, and what the client's settings must echo.
    public var code: String
    /// The pool that it was worked out of.
    public var seen: PoolSeen
    /// The writes, in the order in which they are made: all additions before all removals, so that the pool is never
    /// smaller than it ends.
    public var actions: [PlannedWrite]
    /// When it was made.
    public var createdAt: Timestamp
    /// From when on it is not applied any more.
    public var expiresAt: Timestamp
    /// The version of the tool that made it.
    public var toolVersion: String

    /// Joins the parts, the writes in their order.
    ///
    /// - Throws: ``PlanDefect`` for a plan that could do harm or nothing.
    public init(
        environment: EnvironmentName, baseURL: String, isSynthetic: Bool, client: Int, code: String, seen: PoolSeen,
        actions: [PlannedWrite], createdAt: Timestamp, expiresAt: Timestamp, toolVersion: String
    ) throws(PlanDefect) {
        self.environment = environment
        self.baseURL = baseURL
        self.isSynthetic = isSynthetic
        self.client = client
        self.code = code
        self.seen = seen
        self.actions = actions.sorted()
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.toolVersion = toolVersion
        try check()
    }

    /// The pool after the first so many writes: as many and one more pools as writes, no two alike.
    public var pools: [Set<Int>] {
        var pool = Set(seen.voices)
        var pools = [pool]
        for action in actions {
            switch action.kind {
            case .add: pool.insert(action.voice)
            case .remove: pool.remove(action.voice)
            }
            pools.append(pool)
        }
        return pools
    }

    /// The pool after all writes.
    public var wanted: Set<Int> { pools.last ?? Set(seen.voices) }

    /// The id: the digest of the canonical JSON.
    public var digest: Digest { Digest(of: json) }

    private func check() throws(PlanDefect) {
        let ids = 1...Int(Int32.max)
        guard client >= 1, !code.isEmpty, !environment.rawValue.isEmpty, !baseURL.isEmpty else { throw .noClient }
        guard !actions.isEmpty else { throw .nothingToWrite }
        guard seen.voices.allSatisfy(ids.contains), actions.allSatisfy({ ids.contains($0.voice) }) else {
            throw .noVoiceID
        }
        guard Set(seen.voices).count == seen.voices.count, Set(actions.map(\.voice)).count == actions.count else {
            throw .repeatedVoice
        }
        for action in actions where seen.voices.contains(action.voice) != (action.kind == .remove) {
            throw .withoutEffect(action.voice)
        }
        guard !wanted.isEmpty else { throw .emptiesPool }
        guard expiresAt > createdAt else { throw .neverValid }
    }
}

/// The pool that a plan was worked out of.
public struct PoolSeen: Sendable, Hashable {
    /// The ids in it, sorted.
    public var voices: [Int]
    /// The client's default voice; nil where there was none, or where it was not known.
    public var defaultVoice: Int?
    /// Whether the default voice was known.
    public var knowsDefaultVoice: Bool
    /// The digest of the captured document.
    public var document: Digest
    /// The run that captured it.
    public var run: AuditRun.ID
    /// When the platform answered.
    public var answeredAt: Timestamp

    /// Joins the parts.
    public init(
        voices: [Int], defaultVoice: Int?, knowsDefaultVoice: Bool, document: Digest, run: AuditRun.ID,
        answeredAt: Timestamp
    ) {
        self.voices = voices.sorted()
        self.defaultVoice = defaultVoice
        self.knowsDefaultVoice = knowsDefaultVoice
        self.document = document
        self.run = run
        self.answeredAt = answeredAt
    }
}

/// One write to a voice pool.
public struct PlannedWrite: Sendable, Hashable, Comparable {
    /// Which of the two that the API has.
    public enum Kind: String, Sendable, Hashable {
        /// Add the voice (POST).
        case add
        /// Remove it (DELETE).
        case remove
    }

    /// The failure that it answers.
    public struct Reason: Sendable, Hashable {
        /// The finding's id.
        public var finding: String
        /// The rule's id.
        public var rule: String

        /// Joins the two.
        public init(finding: String, rule: String) {
            self.finding = finding
            self.rule = rule
        }
    }

    /// Which.
    public var kind: Kind
    /// The voice's id.
    public var voice: Int
    /// The failures that it answers, the most severe first.
    public var reasons: [Reason]

    /// Joins the parts.
    public init(_ kind: Kind, _ voice: Int, reasons: [Reason] = []) {
        self.kind = kind
        self.voice = voice
        self.reasons = reasons
    }

    /// The call that makes it, in the form with the client's id: `POST /configuration/clients/4199/voicePool/11`.
    ///
    /// - Throws: for a client or a voice whose number is not 1 or more, which no plan has.
    public func method(client: Int) throws(InvalidIdentifier) -> ClientsMethod {
        let number = try ClientNumber(client)
        let voice = try VoiceID(voice)
        return switch kind {
        case .add: .addVoice(voice, client: number)
        case .remove: .removeVoice(voice, client: number)
        }
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.kind == .add ? 0 : 1, left.voice) < (right.kind == .add ? 0 : 1, right.voice)
    }
}

/// Why something is no plan.
public enum PlanDefect: Error, Sendable, Hashable {
    /// No client, or no environment.
    case noClient
    /// No write.
    case nothingToWrite
    /// A voice's number is not from 1 to 2^31−1.
    case noVoiceID
    /// A voice stands twice in the pool or among the writes.
    case repeatedVoice
    /// A voice is to be added that is there, or removed that is not.
    case withoutEffect(Int)
    /// The last voice would go.
    case emptiesPool
    /// It ends before it begins.
    case neverValid
}
