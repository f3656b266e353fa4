// RFC 3339 for instants, and for spans the notation of Go (`1h45m47.5s`), which the language takes over.

extension TimestampValue: CustomStringConvertible {
    /// Reads RFC 3339: `2009-02-13T23:31:30.5Z`, with `Z` or an offset; at most nine digits of fraction.
    ///
    /// Nil where the text is none or the instant is out of range.
    public init?(_ text: String) {
        var reader = DigitReader(text)
        guard let year = reader.number(digits: 4), reader.take("-"), let month = reader.number(digits: 2),
            reader.take("-"), let day = reader.number(digits: 2), reader.take("T") || reader.take("t"),
            let hour = reader.number(digits: 2), reader.take(":"), let minute = reader.number(digits: 2),
            reader.take(":"), let second = reader.number(digits: 2)
        else { return nil }
        guard (1...12).contains(month), (1...CivilDate.lengthOfMonth(month, year: year)).contains(day), hour < 24,
            minute < 60, second < 60
        else { return nil }
        var nanoseconds: Int32 = 0
        if reader.take(".") {
            guard let fraction = reader.fractionInNanoseconds() else { return nil }
            nanoseconds = fraction
        }
        var offset: Int64 = 0
        if !reader.take("Z") && !reader.take("z") {
            guard let read = reader.offsetInSeconds() else { return nil }
            offset = read
        }
        guard reader.isAtEnd else { return nil }
        let days = CivilDate.days(year: year, month: month, day: day)
        self.init(
            seconds: days * 86_400 + hour * 3600 + minute * 60 + second - offset, nanoseconds: nanoseconds)
    }

    /// RFC 3339 in UTC, with as many digits of fraction as are needed.
    public var description: String {
        let date = CivilDate(secondsSince1970: seconds)
        let time = date.secondOfDay
        return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2) + "T"
            + padded(time / 3600, 2) + ":" + padded(time / 60 % 60, 2) + ":" + padded(time % 60, 2)
            + fractionText(Int64(nanoseconds)) + "Z"
    }
}

extension DurationValue: CustomStringConvertible {
    /// Reads a sum of numbers with units `h`, `m`, `s`, `ms`, `us`, `ns`: `1h45m`, `-1.5s`, `0`.
    ///
    /// Nil where the text is none or the span is out of range.
    public init?(_ text: String) {
        var bytes = Array(text.utf8)[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        if bytes.elementsEqual("0".utf8) {
            self.init(nanoseconds: 0)
            return
        }
        guard !bytes.isEmpty else { return nil }
        var total: UInt64 = 0
        while !bytes.isEmpty {
            guard let part = Self.part(of: &bytes) else { return nil }
            let (sum, overflow) = total.addingReportingOverflow(part)
            guard !overflow else { return nil }
            total = sum
        }
        if isNegative, total == Int64.min.magnitude {
            self.init(nanoseconds: .min)
        } else {
            guard let value = Int64(exactly: total) else { return nil }
            self.init(nanoseconds: isNegative ? -value : value)
        }
    }

    /// Takes one number with its unit, in nanoseconds.
    private static func part(of bytes: inout ArraySlice<UInt8>) -> UInt64? {
        let whole = bytes.prefix { isDigit($0) }
        bytes = bytes.dropFirst(whole.count)
        var fraction: ArraySlice<UInt8> = []
        if bytes.first == UInt8(ascii: ".") {
            bytes = bytes.dropFirst()
            fraction = bytes.prefix { isDigit($0) }
            bytes = bytes.dropFirst(fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        let unitText = bytes.prefix { !isDigit($0) && $0 != UInt8(ascii: ".") }
        bytes = bytes.dropFirst(unitText.count)
        guard let unit = units[String(decoding: unitText, as: UTF8.self)] else { return nil }
        let digits = String(decoding: whole, as: UTF8.self)
        guard let value = whole.isEmpty ? 0 : UInt64(digits) else { return nil }
        let (scaled, overflow) = value.multipliedReportingOverflow(by: unit)
        guard !overflow else { return nil }
        // An hour has 3.6e12 nanoseconds, so fifteen digits of fraction are exact to the nanosecond; what is left is cut off.
        var numerator: UInt64 = 0
        var denominator: UInt64 = 1
        for digit in fraction.prefix(15) {
            numerator = numerator * 10 + UInt64(digit - UInt8(ascii: "0"))
            denominator *= 10
        }
        // The quotient is less than the unit, so it cannot overflow.
        let rest = denominator.dividingFullWidth(numerator.multipliedFullWidth(by: unit)).quotient
        let (sum, overflowToo) = scaled.addingReportingOverflow(rest)
        return overflowToo ? nil : sum
    }

    private static let units: [String: UInt64] = [
        "h": 3_600_000_000_000, "m": 60_000_000_000, "s": 1_000_000_000, "ms": 1_000_000, "us": 1000, "µs": 1000,
        "μs": 1000, "ns": 1,
    ]

    /// Seconds with as many digits of fraction as are needed, and `s`.
    public var description: String {
        let (seconds, rest) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        return (nanoseconds < 0 ? "-" : "") + String(seconds) + fractionText(Int64(rest)) + "s"
    }
}

/// Takes digits and signs from a text, from its start on.
struct DigitReader {
    private var bytes: ArraySlice<UInt8>

    init(_ text: String) {
        bytes = Array(text.utf8)[...]
    }

    var isAtEnd: Bool { bytes.isEmpty }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard character.isASCII, bytes.first == UInt8(ascii: character) else { return false }
        bytes.removeFirst()
        return true
    }

    /// Exactly so many digits.
    mutating func number(digits: Int) -> Int64? {
        guard bytes.count >= digits, bytes.prefix(digits).allSatisfy(isDigit) else { return nil }
        defer { bytes = bytes.dropFirst(digits) }
        return bytes.prefix(digits).reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }

    /// One to nine digits after a point.
    mutating func fractionInNanoseconds() -> Int32? {
        let digits = bytes.prefix(while: isDigit)
        guard (1...9).contains(digits.count) else { return nil }
        bytes = bytes.dropFirst(digits.count)
        var value = digits.reduce(0) { $0 * 10 + Int32($1 - UInt8(ascii: "0")) }
        for _ in digits.count..<9 { value *= 10 }
        return value
    }

    /// `+02:00`, in seconds.
    mutating func offsetInSeconds() -> Int64? {
        let isNegative = take("-")
        guard isNegative || take("+"), let hours = number(digits: 2), take(":"), let minutes = number(digits: 2),
            hours < 24, minutes < 60
        else { return nil }
        let offset = hours * 3600 + minutes * 60
        return isNegative ? -offset : offset
    }
}

func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

private func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// `.5` for 500,000,000; nothing for 0.
private func fractionText(_ nanoseconds: Int64) -> String {
    guard nanoseconds > 0 else { return "" }
    var digits = padded(nanoseconds, 9)
    while digits.hasSuffix("0") { digits.removeLast() }
    return "." + digits
}
