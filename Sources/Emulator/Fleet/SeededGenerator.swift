/// SplitMix64 (Steele, Lea, Flood 2014): small, fast, and the same sequence on every platform for a seed.
struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A generator of its own for one subject, so that drawing one more number for a client never moves its neighbours.
    /// - Parameters:
    ///   - purpose: what is drawn; different purposes give unrelated sequences.
    ///   - number: the client's place in the fleet, or another number within the purpose.
    init(seed: UInt64, purpose: Purpose, number: Int = 0) {
        var mixer = SeededGenerator(seed: seed ^ (purpose.rawValue &* 0xA24B_AED4_963E_E407))
        let mixed = mixer.next()
        self.init(seed: mixed ^ (UInt64(truncatingIfNeeded: number) &* 0x9FB2_1C65_1E98_DF25))
        _ = next()
    }

    /// What a sequence is drawn for.
    enum Purpose: UInt64 {
        case companyNames = 1
        case credentials, settings, countries, scenario, sessions, passwordAge
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True in `percent` of a hundred draws.
    mutating func happens(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    /// A number of the range.
    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// One of `choices`, which must not be empty.
    mutating func one<Choice>(of choices: [Choice]) -> Choice { choices[number(0...choices.count - 1)] }

    /// `length` characters of A–Z, a–z and 0–9; ten of them fit into one draw.
    mutating func alphanumerics(_ length: Int) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(length)
        var drawn: UInt64 = 0
        for position in 0..<length {
            if position % 10 == 0 { drawn = next() }
            output.append(Self.alphabet[Int(drawn % 62)])
            drawn /= 62
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

    /// A text of the shape of a random UUID (version 4, lower case).
    mutating func uuid() -> String {
        var bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &self) }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array("0123456789abcdef".utf8)
        var output: [UInt8] = []
        output.reserveCapacity(36)
        for (position, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(position) { output.append(UInt8(ascii: "-")) }
            output.append(digits[Int(byte >> 4)])
            output.append(digits[Int(byte & 15)])
        }
        return String(decoding: output, as: UTF8.self)
    }
}
