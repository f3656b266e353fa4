import AuditModel
import Policies
import Synchronization

/// Recorded policies and waivers that were compiled before, for those who tell of many runs in one zone. Their texts never
/// change, so none can grow stale.
public final class RecordedRulings: Sendable {
    private struct State {
        var policies: [Digest: PolicySet] = [:]
        var waivers: [Digest: WaiverSet] = [:]
    }

    /// How many sets of each kind are kept.
    private static let capacity = 32

    private let state = Mutex(State())

    /// Nothing compiled yet.
    public init() {}

    /// The policies of a digest; made where they are not known, which what cannot be made stays.
    func policies(_ digest: Digest, make: () throws -> PolicySet?) rethrows -> PolicySet? {
        if let known = state.withLock({ $0.policies[digest] }) { return known }
        guard let made = try make() else { return nil }
        state.withLock { state in
            if state.policies.count >= Self.capacity { state.policies = [:] }
            state.policies[digest] = made
        }
        return made
    }

    /// The waivers of a digest, likewise.
    func waivers(_ digest: Digest, make: () throws -> WaiverSet?) rethrows -> WaiverSet? {
        if let known = state.withLock({ $0.waivers[digest] }) { return known }
        guard let made = try make() else { return nil }
        state.withLock { state in
            if state.waivers.count >= Self.capacity { state.waivers = [:] }
            state.waivers[digest] = made
        }
        return made
    }
}
