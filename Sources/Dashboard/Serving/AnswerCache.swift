import Synchronization

/// Answers that were made before, as long as the store stays what it is. All of them are forgotten as soon as a run is
/// sealed, and the least lately asked for as soon as they are too many.
final class AnswerCache: Sendable {
    private struct State {
        var mark = ""
        var young: [String: WebAnswer] = [:]
        var old: [String: WebAnswer] = [:]
        var youngBytes = 0
    }

    private let state = Mutex(State())
    private let capacity: Int

    /// - Parameter capacityInBytes: what the bodies may take; half of it belongs to those asked for lately.
    init(capacityInBytes: Int = 64 << 20) { capacity = capacityInBytes / 2 }

    /// The answer of a key while the store is at a mark; nil where it is not known.
    func answer(for key: String, at mark: String) -> WebAnswer? {
        state.withLock { state in
            guard state.mark == mark else { return nil }
            if let answer = state.young[key] { return answer }
            guard let answer = state.old.removeValue(forKey: key) else { return nil }
            keep(answer, key, in: &state)
            return answer
        }
    }

    /// Keeps an answer; one that would fill half of the room alone is not kept.
    func insert(_ answer: WebAnswer, for key: String, at mark: String) {
        guard answer.body.count < capacity / 2 else { return }
        state.withLock { state in
            if state.mark != mark { state = State(mark: mark) }
            keep(answer, key, in: &state)
        }
    }

    private func keep(_ answer: WebAnswer, _ key: String, in state: inout State) {
        if state.youngBytes + answer.body.count > capacity {
            state.old = state.young
            state.young = [:]
            state.youngBytes = 0
        }
        if let before = state.young[key] { state.youngBytes -= before.body.count }
        state.young[key] = answer
        state.youngBytes += answer.body.count
    }
}
