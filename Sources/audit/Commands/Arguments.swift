public import ArgumentParser
public import AuditModel

/// A duration on the command line or in `audit.yaml`: `500ms`, `30s`, `5m`, `6h`.
struct DurationArgument: ExpressibleByArgument, Sendable, CustomStringConvertible {
    var duration: Duration

    /// Takes a duration.
    init(duration: Duration) { self.duration = duration }

    /// Reads a whole number with its unit.
    init?(argument: String) {
        let units: [(String, Int64)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)]
        for (unit, milliseconds) in units where argument.hasSuffix(unit) {
            guard let number = Int64(argument.dropLast(unit.count)), number >= 0, number < 1_000_000_000 else {
                continue
            }
            duration = .milliseconds(number * milliseconds)
            return
        }
        return nil
    }

    /// Seconds, for the defaults that help shows.
    var description: String {
        let (seconds, attoseconds) = duration.components
        return attoseconds == 0 ? "\(seconds)s" : "\(seconds * 1000 + attoseconds / 1_000_000_000_000_000)ms"
    }
}

extension Severity: ExpressibleByArgument {}
extension Console.ColorChoice: ExpressibleByArgument {}

/// How a list is printed.
enum TableFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, json, csv
}

/// What counts first where there are both findings and gaps.
enum IncompleteChoice: String, CaseIterable, ExpressibleByArgument, Sendable {
    case incomplete, findings
}
