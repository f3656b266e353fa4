/// What writes to a client's voice pool, all that the API can write, can do about a rule that fails for it.
public enum VoicePoolRemedy: Sendable, Hashable {
    /// Adding and removing these voices makes the rule pass, and no rule fail that did not; sorted, not both empty.
    case writes(additions: [Int64], removals: [Int64])
    /// Only people can mend it.
    case byHand(ByHandReason)
}

/// Why a failure comes out as a step for people.
public enum ByHandReason: Sendable, Hashable {
    /// It is not about the voice pool, and the API can write nothing else.
    case otherSetting
    /// The rule, or the part of it that fails, can be satisfied in several ways; a machine must not choose.
    case severalWays
    /// The part of the rule that fails is an expression, of which nobody can tell what would satisfy it.
    case expression
    /// The pool was not captured, or is no list of different voice ids.
    case unusablePool
    /// The rule wants something in the pool that is no voice id (1 or more).
    case noVoiceID
    /// The writes would leave the pool without any voice.
    case emptiesPool
    /// After the writes the rule would still fail: its matchers contradict each other, or it wants other settings, too.
    case notEnough
    /// After the writes these rules, which do not fail now, would fail; or those that an earlier remedy has mended.
    case breaks(rules: [String])
}

/// The remedies of some failures of one client, which fit together.
public struct VoicePoolRemedies: Sendable, Hashable {
    /// One of the failures.
    public struct Entry: Sendable, Hashable {
        /// The rule.
        public var ruleID: String
        /// What can be done.
        public var remedy: VoicePoolRemedy
    }

    /// In the order in which the rules were given.
    public var entries: [Entry]
    /// The voices to add, sorted: those of all entries.
    public var additions: [Int64]
    /// The voices to remove, sorted: those of all entries.
    public var removals: [Int64]
}
