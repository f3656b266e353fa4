import AuditModel
import Synchronization

/// Counts wrong tokens by the address they came from: after so many, that address is not listened to for a while. Others
/// are, so that nobody can shut a colleague out.
final class AttemptLimiter: Sendable {
    /// How many wrong tokens in a row an address has.
    static let limit = 10
    /// How long it has to wait then.
    static let pause = Duration.seconds(60)
    /// How many addresses are remembered at most; the one that was quiet longest goes first.
    static let capacity = 1024

    private struct Entry {
        var failures = 0
        var last: Timestamp
    }

    private let entries = Mutex<[String: Entry]>([:])

    /// For how many seconds an address has to wait; nil where it has not.
    func wait(for address: String, at now: Timestamp) -> Int? {
        entries.withLock { entries in
            guard let entry = entries[address], entry.failures >= Self.limit else { return nil }
            let end = entry.last.advanced(by: Self.pause)
            guard now < end else {
                entries[address] = nil
                return nil
            }
            return Int((end.milliseconds - now.milliseconds + 999) / 1000)
        }
    }

    /// Takes note of a wrong token.
    func fail(_ address: String, at now: Timestamp) {
        entries.withLock { entries in
            if entries[address] == nil, entries.count >= Self.capacity,
                let oldest = entries.min(by: { $0.value.last < $1.value.last })
            {
                entries[oldest.key] = nil
            }
            entries[address, default: Entry(last: now)].failures += 1
            entries[address]?.last = now
        }
    }

    /// Takes note of the right one.
    func succeed(_ address: String) { entries.withLock { $0[address] = nil } }
}
