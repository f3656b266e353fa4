import AuditModel
import AuditPipeline
import Dashboard
import Foundation
import SnapshotStore
import Synchronization

/// Connections for reading, one for each question that is answered at the same time; they are kept for the next.
///
/// A database that was replaced (restored from a backup, made anew by the demo) is noticed by its file's identity, and then
/// opened anew.
final class StoreReaders: Sendable {
    /// What names a file whatever its path.
    struct Identity: Hashable {
        var device: UInt64
        var file: UInt64
    }

    private struct State {
        var identity: Identity?
        var idle: [SnapshotStore] = []
    }

    /// How many connections are kept open while nobody asks.
    private static let mostIdle = 4

    let path: String
    private let state = Mutex(State())

    init(path: String) { self.path = path }

    /// The file that is at the path now.
    ///
    /// - Throws: ``StoreError/missing(path:)``.
    func identity() throws -> Identity {
        var status = stat()
        guard stat(path, &status) == 0 else { throw StoreError.missing(path: path) }
        return Identity(device: UInt64(status.st_dev), file: UInt64(status.st_ino))
    }

    /// Lends a connection.
    func reading<Result>(_ body: (SnapshotStore) throws -> Result) throws -> Result {
        let identity = try identity()
        let idle = state.withLock { state in
            if state.identity != identity { state = State(identity: identity) }
            return state.idle.popLast()
        }
        let store = try idle ?? SnapshotStore.open(at: path, access: .readOnly)
        let result = try body(store)
        // A connection that failed is not kept.
        state.withLock { state in
            if state.identity == identity, state.idle.count < Self.mostIdle { state.idle.append(store) }
        }
        return result
    }
}
