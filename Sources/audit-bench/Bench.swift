import AuditModel
import Foundation

/// Measures how fast the product's jobs are, each figure beside a reference of the same run, and prints ratios.
///
/// Nothing here passes or fails: machines differ, so the ratios are what counts.
@main
enum Bench {
    static func main() throws {
        let chosen = Set(CommandLine.arguments.dropFirst())
        let parts: [(name: String, run: () throws -> Void)] = [
            ("evaluate", EvaluationBench.run), ("compare", ComparisonBench.run), ("read", ReadingBench.run),
            ("exported", ExportedBench.run), ("unchanged", UnchangedNightBench.run), ("night", NightBench.run),
            ("history", HistoryBench.run), ("verify", VerifyBench.run), ("prune", PruneBench.run),
            ("dashboard", DashboardBench.run),
            ("peer", PeerBench.run),
            ("memory", PeerBench.memory),
        ]
        for part in parts where chosen.isEmpty || chosen.contains(part.name) {
            print("\n\(part.name)")
            try part.run()
        }
    }
}

/// Times work and prints figures.
enum Measure {
    /// The best of five rounds of at least a third of a second each, as operations a second of this thread's CPU time.
    ///
    /// CPU time and the best round, since other processes disturb these least; the work must stay on the thread.
    static func operationsPerSecond(_ operations: Int, _ work: () throws -> Int) rethrows -> Double {
        var best = 0.0
        var sink = 0
        for _ in 0..<5 {
            let start = threadSeconds()
            var rounds = 0
            while threadSeconds() - start < 0.35 {
                sink &+= try work()
                rounds += 1
            }
            best = max(best, Double(operations * rounds) / (threadSeconds() - start))
        }
        // The result is used, so that the work cannot be optimised away.
        if sink == .min { Swift.print("") }
        return best
    }

    /// The time that this thread has been on a processor.
    static func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

    static func print(_ what: String, _ rate: Double, reference: (name: String, rate: Double), bar: Double?) {
        let against = bar.map { String(format: ", bar %.2f M/s: %@", $0 / 1e6, rate >= $0 ? "met" : "missed") } ?? ""
        Swift.print(
            String(
                format: "  %@: %.3f M/s; %@: %.3f M/s; ratio %.2f%@", what, rate / 1e6, reference.name,
                reference.rate / 1e6, rate / reference.rate, against))
    }
}
