import AuditModel
import Foundation
import Synchronization
import UnixSignals

/// Watches for SIGINT and SIGTERM, so that a command ends in order instead of being cut off.
final class SignalWatch: Sendable {
    private let received: ReceivedSignal
    private let watching: Task<Void, Never>

    private init(received: ReceivedSignal, watching: Task<Void, Never>) {
        self.received = received
        self.watching = watching
    }

    /// Calls `handler` at the first of the two signals; a second one ends the process at once.
    ///
    /// The signals are caught when this returns, and not only some time later.
    static func start(_ handler: @escaping @Sendable () -> Void) async -> SignalWatch {
        let received = ReceivedSignal()
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let watching = Task {
            for await signal in signals {
                let status: ExitStatus = signal == .sigint ? .interrupted : .terminated
                guard received.keep(status) else { _exit(status.rawValue) }
                handler()
            }
        }
        return SignalWatch(received: received, watching: watching)
    }

    /// The status for the signal that came, or nil.
    var status: ExitStatus? { received.status }

    /// Gives the signals their usual meaning again.
    func cancel() {
        watching.cancel()
        signal(SIGINT, SIG_DFL)
        signal(SIGTERM, SIG_DFL)
    }
}

/// The first signal that came.
private final class ReceivedSignal: Sendable {
    private let first = Mutex<ExitStatus?>(nil)

    var status: ExitStatus? { first.withLock { $0 } }

    /// Keeps the status of a signal; false where one came before.
    func keep(_ status: ExitStatus) -> Bool {
        first.withLock { first in
            guard first == nil else { return false }
            first = status
            return true
        }
    }
}
