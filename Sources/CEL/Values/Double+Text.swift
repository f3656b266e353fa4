// Doubles as text. The shortest digits that read back as the same number come from Swift; where a number of digits is
// asked for, all of a double's digits are worked out, for only then is rounding half to even exact.

extension Double {
    /// The shortest digits, and where the point stands: 0.digits × 10^point. Zero has no digits.
    var shortestDigits: (digits: [UInt8], point: Int) {
        // `123.45`, `1e-05`, `6.02e+23`
        var digits: [UInt8] = []
        var point = 0
        var exponent = 0
        var hasPoint = false
        var bytes = Array(magnitude.description.utf8)[...]
        while let byte = bytes.popFirst() {
            if isDigit(byte) {
                digits.append(byte - UInt8(ascii: "0"))
                if !hasPoint { point += 1 }
            } else if byte == UInt8(ascii: ".") {
                hasPoint = true
            } else {
                exponent = Int(String(decoding: bytes, as: UTF8.self)) ?? 0
                break
            }
        }
        let leading = digits.prefix { $0 == 0 }.count
        digits.removeFirst(leading)
        while digits.last == 0 { digits.removeLast() }
        return (digits, digits.isEmpty ? 0 : point - leading + exponent)
    }

    /// As `string(x)` gives it: the shortest digits, with an exponent below 1e-4 and from 1e21 on.
    var celText: String {
        if let special = specialText { return special }
        let (digits, point) = shortestDigits
        if digits.isEmpty { return sign == .minus ? "-0" : "0" }
        guard point > -4, point <= 21 else {
            return signText + exponentText(digits, exponent: point - 1)
        }
        return signText + plainText(digits, point: point)
    }

    /// Without an exponent, however large or small.
    var plainText: String {
        if let special = specialText { return special }
        let (digits, point) = shortestDigits
        return digits.isEmpty ? (sign == .minus ? "-0" : "0") : signText + plainText(digits, point: point)
    }

    /// With so many digits after the point.
    func fixedText(precision: Int) -> String {
        if let special = specialText { return special }
        var (digits, point) = exactDigits
        Self.round(&digits, &point, toCount: point + precision)
        var text = ""
        if point <= 0 { text = "0" }
        for index in 0..<max(point, 0) { text += String(index < digits.count ? digits[index] : 0) }
        if precision > 0 {
            text += "."
            for index in 0..<precision {
                let position = point + index
                text += String(digits.indices.contains(position) ? digits[position] : 0)
            }
        }
        return signText + text
    }

    /// As `1.234500e+03`, with so many digits after the point.
    func scientificText(precision: Int) -> String {
        if let special = specialText { return special }
        var (digits, point) = exactDigits
        if digits.isEmpty { point = 1 }
        Self.round(&digits, &point, toCount: precision + 1)
        // A carry can have made one digit more, a zero.
        if digits.count > precision + 1 { digits.removeLast() }
        while digits.count < precision + 1 { digits.append(0) }
        return signText + exponentText(digits, exponent: point - 1)
    }

    private var signText: String { sign == .minus ? "-" : "" }

    private var specialText: String? {
        if isNaN { return "NaN" }
        return isInfinite ? (self < 0 ? "-Infinity" : "Infinity") : nil
    }

    private func exponentText(_ digits: [UInt8], exponent: Int) -> String {
        let fraction = digits.dropFirst().map { String($0) }.joined()
        let power = String(abs(exponent))
        return String(digits[0]) + (fraction.isEmpty ? "" : "." + fraction) + (exponent < 0 ? "e-" : "e+")
            + (power.utf8.count < 2 ? "0" : "") + power
    }

    private func plainText(_ digits: [UInt8], point: Int) -> String {
        let all = digits.map { String($0) }
        if point <= 0 { return "0." + String(repeating: "0", count: -point) + all.joined() }
        if point >= all.count { return all.joined() + String(repeating: "0", count: point - all.count) }
        return all[..<point].joined() + "." + all[point...].joined()
    }

    /// Rounds half to even, to so many digits; none may be left.
    private static func round(_ digits: inout [UInt8], _ point: inout Int, toCount count: Int) {
        guard count < digits.count else { return }
        if count < 0 {
            digits = []
            return
        }
        let next = digits[count]
        let isTie = next == 5 && digits[(count + 1)...].allSatisfy { $0 == 0 }
        let isOdd = count > 0 && digits[count - 1] % 2 == 1
        digits.removeLast(digits.count - count)
        guard next > 5 || next == 5 && (!isTie || isOdd) else { return }
        var index = count - 1
        while index >= 0, digits[index] == 9 {
            digits[index] = 0
            index -= 1
        }
        if index >= 0 {
            digits[index] += 1
        } else {
            digits.insert(1, at: 0)
            point += 1
        }
    }

    /// All digits of the exact value, at most 767, and where the point stands: 0.digits × 10^point. Zero has none.
    private var exactDigits: (digits: [UInt8], point: Int) {
        guard self != 0 else { return ([], 0) }
        // significand × 2^power, both whole
        let isSubnormal = exponentBitPattern == 0
        let significand = significandBitPattern | (isSubnormal ? 0 : 1 << 52)
        let power = Int(isSubnormal ? 1 : exponentBitPattern) - 1075
        var number = DecimalNumber(significand)
        // x × 2^-n is x × 5^n × 10^-n
        if power >= 0 { number.multiply(by: 2, times: power) } else { number.multiply(by: 5, times: -power) }
        var digits = number.digits
        let point = digits.count + min(power, 0)
        while digits.last == 0 { digits.removeLast() }
        return (digits, point)
    }
}

/// A whole number of any size, in limbs of nine decimal digits, the least first.
private struct DecimalNumber {
    private var limbs: [UInt64]

    init(_ value: UInt64) {
        limbs = [value % 1_000_000_000, value / 1_000_000_000 % 1_000_000_000, value / 1_000_000_000_000_000_000]
    }

    mutating func multiply(by factor: UInt64, times: Int) {
        // As many factors at once as fit beside nine digits.
        let step = factor == 2 ? 30 : 13
        var left = times
        while left > 0 {
            let count = min(left, step)
            var power: UInt64 = 1
            for _ in 0..<count { power *= factor }
            var carry: UInt64 = 0
            for index in limbs.indices {
                let product = limbs[index] * power + carry
                limbs[index] = product % 1_000_000_000
                carry = product / 1_000_000_000
            }
            while carry > 0 {
                limbs.append(carry % 1_000_000_000)
                carry /= 1_000_000_000
            }
            left -= count
        }
    }

    /// The most first, without leading zeros.
    var digits: [UInt8] {
        var digits: [UInt8] = []
        for limb in limbs {
            var limb = limb
            for _ in 0..<9 {
                digits.append(UInt8(limb % 10))
                limb /= 10
            }
        }
        while digits.last == 0 { digits.removeLast() }
        return digits.reversed()
    }
}

extension Double {
    /// Reads a decimal number with an optional sign and exponent, `NaN` or `Infinity`; nil for anything else.
    init?(celText text: String) {
        var bytes = Array(text.utf8)[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
        switch String(decoding: bytes, as: UTF8.self).lowercased() {
        case "nan":
            self = .nan
            return
        case "inf", "infinity":
            self = isNegative ? -.infinity : .infinity
            return
        default: break
        }
        let whole = bytes.prefix(while: isDigit).count
        var rest = bytes.dropFirst(whole)
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = rest.prefix(while: isDigit).count
            rest = rest.dropFirst(fraction)
        }
        guard whole + fraction > 0 else { return nil }
        if let exponent = rest.first, exponent | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
            guard !rest.isEmpty, rest.allSatisfy(isDigit) else { return nil }
        } else if !rest.isEmpty {
            return nil
        }
        // Swift's own reader wants a digit before the point.
        let digits = String(decoding: bytes, as: UTF8.self)
        guard let value = Double(whole == 0 ? "0" + digits : digits), value.isFinite else { return nil }
        self = isNegative ? -value : value
    }
}
