internal import AuditModel
internal import LinearRegex

/// A number that a value is compared with.
enum Bound: Sendable {
    case integer(Int64)
    case number(Double)

    /// Negative, zero or positive as the value is below, at or above the bound; nil where the value is no number.
    ///
    /// Integers of settings are within ±(2^53−1), so their doubles are exact.
    func order(of value: SettingValue) -> Int? {
        switch (value, self) {
        case (.integer(let value), .integer(let bound)): value < bound ? -1 : (value == bound ? 0 : 1)
        case (.integer(let value), .number(let bound)): Self.order(Double(value), bound)
        case (.number(let value), .integer(let bound)): Self.order(value, Double(bound))
        case (.number(let value), .number(let bound)): Self.order(value, bound)
        case (.null, _), (.bool, _), (.string, _), (.array, _), (.object, _): nil
        }
    }

    private static func order(_ value: Double, _ bound: Double) -> Int { value < bound ? -1 : (value == bound ? 0 : 1) }

    /// As people read it.
    var text: String {
        switch self {
        case .integer(let value): String(value)
        case .number(let value): CanonicalJSON.text(of: .number(value))
        }
    }
}

/// JSON types, as a set.
struct JSONTypes: OptionSet, Sendable {
    let rawValue: UInt8
    static let null = JSONTypes(rawValue: 1)
    static let bool = JSONTypes(rawValue: 2)
    static let integer = JSONTypes(rawValue: 4)
    static let number = JSONTypes(rawValue: 8)
    static let string = JSONTypes(rawValue: 16)
    static let array = JSONTypes(rawValue: 32)
    static let object = JSONTypes(rawValue: 64)
    static let anyNumber: JSONTypes = [.integer, .number]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(of value: SettingValue) {
        switch value {
        case .null: self = .null
        case .bool: self = .bool
        case .integer: self = .integer
        case .number: self = .number
        case .string: self = .string
        case .array: self = .array
        case .object: self = .object
        }
    }

    /// The type of a value that a rule compares with; an integer may be compared with any number.
    init(comparableWith value: SettingValue) {
        let type = JSONTypes(of: value)
        self = type.isSubset(of: .anyNumber) ? .anyNumber : type
    }
}

/// What one value must be: every test holds, and what happens to values that are not there or cannot be compared.
struct ScalarMatcher: Sendable {
    /// One test of a value that is there and has the right type.
    enum Test: Sendable {
        case equals(SettingValue)
        case notEquals(SettingValue)
        case isIn([SettingValue])
        case notIn([SettingValue])
        case atLeast(Bound)
        case atMost(Bound)
        case between(Bound, Bound)
        case greaterThan(Bound)
        case lessThan(Bound)
        /// The pattern (RE2 syntax) is found somewhere in the text.
        case matches(LinearPattern)

        func holds(for value: SettingValue) -> Bool {
            switch self {
            case .equals(let wanted): value == wanted
            case .notEquals(let unwanted): value != unwanted
            case .isIn(let wanted): wanted.contains(value)
            case .notIn(let unwanted): !unwanted.contains(value)
            case .atLeast(let bound): bound.order(of: value).map { $0 >= 0 } ?? false
            case .atMost(let bound): bound.order(of: value).map { $0 <= 0 } ?? false
            case .between(let low, let high):
                (low.order(of: value).map { $0 >= 0 } ?? false) && (high.order(of: value).map { $0 <= 0 } ?? false)
            case .greaterThan(let bound): bound.order(of: value).map { $0 > 0 } ?? false
            case .lessThan(let bound): bound.order(of: value).map { $0 < 0 } ?? false
            case .matches(let pattern): value.stringValue.map(pattern.isMatch(in:)) ?? false
            }
        }

        /// As people read it: `at most 5`, `true`, `one of 1, 2, 3`.
        var text: String {
            switch self {
            case .equals(let value): CanonicalJSON.text(of: value)
            case .notEquals(let value): "not " + CanonicalJSON.text(of: value)
            case .isIn(let values): "one of " + Self.list(values)
            case .notIn(let values): "none of " + Self.list(values)
            case .atLeast(let bound): "at least " + bound.text
            case .atMost(let bound): "at most " + bound.text
            case .between(let low, let high): "between \(low.text) and \(high.text)"
            case .greaterThan(let bound): "greater than " + bound.text
            case .lessThan(let bound): "less than " + bound.text
            case .matches(let pattern): "text that matches " + CanonicalJSON.text(of: .string(pattern.pattern))
            }
        }

        /// A list longer than a line is cut: the policy has the whole of it, and the finding names what is not in it.
        static func list(_ values: [SettingValue]) -> String {
            if values.isEmpty { return "nothing" }
            let shown = values.count > 24 ? values.prefix(8) : values[...]
            let text = shown.map { CanonicalJSON.text(of: $0) }.joined(separator: ", ")
            return shown.count < values.count ? text + ", … (\(values.count) values)" : text
        }
    }

    /// What the rule says of 0.
    enum Zero: Sendable {
        case violates
        case satisfies
    }

    /// All must hold.
    var tests: [Test] = []
    /// What an absent key means; failing but where the rule says `absent: pass`.
    var absentPasses = false
    /// What `null` means, where no test names it.
    var nullPasses = false
    /// Whether the tests themselves decide about `null`, because one of them names it.
    var comparesNull = false
    /// What 0 means; nil where arithmetic decides.
    var zero: Zero?
    /// Whether text that is an integer is compared as that integer.
    var coercesToInteger = false
    /// The types that can be compared.
    var accepted: JSONTypes = []
    /// The catalogue's range of the setting.
    var legalRange: ClosedRange<Int64>?
    /// What 0 may mean after the catalogue.
    var zeroMeaning: String?
    /// The catalogue's doubt about the setting.
    var caveat: String?
    /// As people read it; made once.
    var expected = ""

    /// How a value comes out.
    func reason(for value: SettingValue?) -> ComparisonReason {
        guard var value else { return absentPasses ? .satisfied : .absent }
        if case .null = value, !comparesNull { return nullPasses ? .satisfied : .null }
        if coercesToInteger, case .string(let text) = value {
            guard let integer = Int64(text), integer.magnitude <= SettingValue.largestInteger.magnitude else {
                return .wrongType
            }
            value = .integer(integer)
        }
        guard accepted.contains(JSONTypes(of: value)) else { return .wrongType }
        if case .integer(let integer) = value {
            if let legalRange, !legalRange.contains(integer) { return .outOfRange }
            if integer == 0, let zero { return zero == .violates ? .zero : .satisfied }
        }
        for test in tests where !test.holds(for: value) { return .violated }
        return .satisfied
    }

    /// Whether 0 is decided by arithmetic although it may mean something else.
    func leavesZeroOpen(for value: SettingValue?) -> Bool {
        guard case .integer(0)? = value else { return false }
        return zeroMeaning != nil && zero == nil
    }

    /// What a reader must know besides of a value that failed (or, of a pass, only what 0 may mean).
    func note(for value: SettingValue?, failed: Bool) -> String? {
        var sentences: [String] = []
        if let zeroMeaning, value == .integer(0), failed || zero == nil { sentences.append(zeroMeaning + ".") }
        if failed, let caveat { sentences.append(caveat) }
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }

    /// The text of all tests and of what is said about 0.
    var describedTests: String {
        var parts = tests.map(\.text)
        switch zero {
        case .violates? where tests.allSatisfy { $0.holds(for: .integer(0)) }: parts.append("not 0")
        case .satisfies? where !tests.allSatisfy { $0.holds(for: .integer(0)) }: parts.append("or 0")
        case .violates?, .satisfies?, nil: break
        }
        return parts.joined(separator: ", ")
    }
}
