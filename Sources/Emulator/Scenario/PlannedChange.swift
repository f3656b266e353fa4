/// One change that the emulator makes on a night of its scenario, as data to hold a diff against.
public struct PlannedChange: Sendable, Equatable {
    /// The first night that serves the new state; night 0 is the state before any change.
    public var night: Int
    /// The client that changes.
    public var clientID: Int
    /// The body that changes; `nil` where the whole client is concerned.
    public var group: EmulatorGroup?
    /// What happens.
    public var kind: Kind
    /// Where, such as `internal.encryptCcsPassword` or `voicePool.voice[id=5]`; `nil` for re-orderings and whole clients.
    public var path: String?
    /// The JSON text before; `nil` where there was nothing, or where ``path`` is `nil`.
    public var from: String?
    /// The JSON text after; `nil` where there is nothing any more, or where ``path`` is `nil`.
    public var to: String?

    /// What happens to a client on a night.
    public enum Kind: String, Sendable, CaseIterable {
        /// A value is another one.
        case modified
        /// A list has one element more.
        case added
        /// A list has one element less.
        case removed
        /// A list has the same elements in another order: never a change to report.
        case reordered
        /// Logins and ids of the client are unknown from this night on.
        case clientRemoved
        /// The client's five bodies answer 403; its login works.
        case accessDenied
        /// The 403 of the night before is over.
        case accessRestored
    }
}
