import AuditModel
import Dispatch
import Foundation
import Synchronization

/// Watches for SIGINT and SIGTERM, so that a command ends in order instead of being cut off.
final class SignalWatch: Sendable {
    private let received = Mutex<Int32?>(nil)
    private let sources: Mutex<[any DispatchSourceSignal]>

    private init() {
        sources = Mutex([])
    }

    /// Calls `handler` at the first of the two signals; a second one ends the process at once.
    static func start(_ handler: @escaping @Sendable () -> Void) -> SignalWatch {
        let watch = SignalWatch()
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                let isFirst = watch.received.withLock { received in
                    defer { received = received ?? number }
                    return received == nil
                }
                if isFirst { handler() } else { _exit(128 + number) }
            }
            source.resume()
            watch.sources.withLock { $0.append(source) }
        }
        return watch
    }

    /// The status for the signal that came, or nil.
    var status: ExitStatus? {
        received.withLock { $0 }.map { $0 == SIGINT ? .interrupted : .terminated }
    }

    /// Gives the signals their usual meaning again.
    func cancel() {
        sources.withLock { sources in
            for source in sources { source.cancel() }
            sources = []
        }
        signal(SIGINT, SIG_DFL)
        signal(SIGTERM, SIG_DFL)
    }
}
