import Synchronization

/// Draws how far a collection is, on standard error: a bar on a terminal, else a line now and then.
final class ProgressDrawing: Sendable {
    private struct State {
        var lastDrawn: ContinuousClock.Instant?
        var hasBar = false
    }

    private let state = Mutex(State())
    private let isTerminal: Bool
    private let isQuiet: Bool
    private let started = ContinuousClock.now

    /// Draws for this process's standard error, unless told to be quiet.
    init(isQuiet: Bool, isTerminal: Bool = Console.errorIsTerminal) {
        self.isQuiet = isQuiet
        self.isTerminal = isTerminal
    }

    /// Tells that so many of the clients are done.
    func update(done: Int, total: Int, failed: Int, requestsPerSecond: Double, timeLeft: Duration?) {
        guard !isQuiet, total > 0 else { return }
        let now = ContinuousClock.now
        let line = state.withLock { state -> String? in
            let interval = isTerminal ? Duration.milliseconds(100) : .seconds(10)
            // Without a terminal the first line comes after the first interval: a short run leaves no line at all.
            let since = state.lastDrawn ?? (isTerminal ? nil : started)
            if let since, now - since < interval, !(isTerminal && done == total) { return nil }
            state.lastDrawn = now
            state.hasBar = isTerminal
            return Self.text(
                done: done, total: total, failed: failed, requestsPerSecond: requestsPerSecond, timeLeft: timeLeft,
                withBar: isTerminal)
        }
        guard let line else { return }
        Console.draw(isTerminal ? "\r\u{1B}[K" + line : line + "\n")
    }

    /// Clears the bar, so that what follows starts on a clean line.
    func finish() {
        let hadBar = state.withLock { state in
            defer { state.hasBar = false }
            return state.hasBar
        }
        if hadBar { Console.draw("\r\u{1B}[K") }
    }

    /// One line: bar, counts, rate, time left.
    static func text(
        done: Int, total: Int, failed: Int, requestsPerSecond: Double, timeLeft: Duration?, withBar: Bool
    ) -> String {
        var parts = ["\(done) of \(count(total, "client"))"]
        if failed > 0 { parts.append("\(failed) with failures") }
        parts.append("\(Int(requestsPerSecond.rounded())) requests/s")
        if let timeLeft, done < total { parts.append("about \(duration(timeLeft / .seconds(1))) left") }
        let text = parts.joined(separator: ", ")
        guard withBar else { return "collecting: " + text }
        let width = 24
        let filled = width * done / total
        return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled) + " " + text
    }

    private static func duration(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        return whole < 90 ? "\(whole) s" : "\((whole + 30) / 60) min"
    }
}
