internal import AuditModel

/// What the values that a path with `[*]` leads to must be, together.
struct ListMatcher: Sendable {
    /// One test of the whole list.
    enum Test: Sendable {
        /// Every value is one of these.
        case subsetOf([SettingValue])
        /// Each of these is among the values.
        case supersetOf([SettingValue])
        /// No value is one of these.
        case containsNone([SettingValue])
        /// No value stands twice (true), or one does (false).
        case unique(Bool)
        /// The number of values.
        case size(ScalarMatcher)
        /// Every value alone.
        case each(ScalarMatcher)

        /// As people read it.
        var text: String {
            switch self {
            case .subsetOf(let values): "one of " + ScalarMatcher.Test.list(values)
            case .supersetOf(let values): "a list with " + ScalarMatcher.Test.list(values)
            case .containsNone(let values): "none of " + ScalarMatcher.Test.list(values)
            case .unique(true): "no value twice"
            case .unique(false): "a value twice"
            case .size(let matcher): "size " + matcher.expected
            case .each(let matcher): matcher.expected
            }
        }
    }

    /// All must hold.
    var tests: [Test] = []
    /// What an absent list, or an element without the member, means.
    var absentPasses = false
    /// What `null` in their place means.
    var nullPasses = false
    /// What an empty list means to every test but `size`; nil where arithmetic decides.
    var emptyPasses: Bool?
    /// Whether a test looks at the elements' values, rather than at their number alone.
    var looksAtValues: Bool {
        tests.contains { if case .size = $0 { false } else { true } }
    }
    /// The types of elements that can be compared; empty where any can.
    var accepted: JSONTypes = []
    /// The catalogue's range of an element.
    var legalRange: ClosedRange<Int64>?
    /// The catalogue's doubt about the elements.
    var caveat: String?
}
