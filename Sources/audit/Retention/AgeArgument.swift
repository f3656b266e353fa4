import ArgumentParser
import AuditModel

/// An age on the command line: `400d`, `60w`, `2y`. Days of 24 hours; a week has 7 of them, a year 365.
struct AgeArgument: ExpressibleByArgument, Sendable, CustomStringConvertible {
    /// As it was written.
    let text: String
    /// One or more.
    let days: Int64

    /// Reads a whole number with its unit.
    init?(argument: String) {
        let units: [(String, Int64)] = [("d", 1), ("w", 7), ("y", 365)]
        for (unit, days) in units where argument.hasSuffix(unit) {
            let digits = argument.dropLast(unit.count)
            guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
                let number = Int64(digits), number > 0, number <= 36_500
            else { return nil }
            text = argument
            self.days = number * days
            return
        }
        return nil
    }

    /// The moment that is so long before another one.
    func before(_ now: Timestamp) -> Timestamp {
        Timestamp(milliseconds: now.milliseconds - days * 86_400_000)
    }

    /// As it was written.
    var description: String { text }
}
