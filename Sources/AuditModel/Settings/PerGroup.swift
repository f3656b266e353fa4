/// Exactly one value for each of the five settings groups.
///
/// A struct of five fields rather than a dictionary: no group can be forgotten, and no look-up can miss.
public struct PerGroup<Value> {
    private var `internal`: Value
    private var settings: Value
    private var messaging: Value
    private var voicePool: Value
    private var countries: Value

    /// Makes the five values, in the order of ``SettingsGroup/allCases``.
    public init(_ make: (SettingsGroup) throws -> Value) rethrows {
        `internal` = try make(.internal)
        settings = try make(.settings)
        messaging = try make(.messaging)
        voicePool = try make(.voicePool)
        countries = try make(.countries)
    }

    /// The same value five times.
    public init(repeating value: Value) {
        self.init { _ in value }
    }

    /// The value of one group.
    public subscript(group: SettingsGroup) -> Value {
        get {
            switch group {
            case .internal: `internal`
            case .settings: settings
            case .messaging: messaging
            case .voicePool: voicePool
            case .countries: countries
            }
        }
        set {
            switch group {
            case .internal: `internal` = newValue
            case .settings: settings = newValue
            case .messaging: messaging = newValue
            case .voicePool: voicePool = newValue
            case .countries: countries = newValue
            }
        }
    }

    /// The five values with each transformed.
    public func map<Result>(_ transform: (SettingsGroup, Value) throws -> Result) rethrows -> PerGroup<Result> {
        try PerGroup<Result> { try transform($0, self[$0]) }
    }

    /// The five pairs, in the order of ``SettingsGroup/allCases``.
    public var pairs: [(group: SettingsGroup, value: Value)] {
        SettingsGroup.allCases.map { ($0, self[$0]) }
    }
}

extension PerGroup: Sendable where Value: Sendable {}
extension PerGroup: Equatable where Value: Equatable {}
extension PerGroup: Hashable where Value: Hashable {}
