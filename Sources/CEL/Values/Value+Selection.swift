extension Value {
    /// The value at a key of a map, or within an optional value; nil where a map has no such key.
    func selected(_ key: String) throws(EvaluationError) -> Value? {
        switch self {
        case .map(let map): return map.value(forKey: key)
        case .optional(let optional):
            guard let value = optional.value else { return self }
            return .optional(try value.selected(key).map { OptionalValue($0) } ?? .none)
        default: throw EvaluationError.noOverload("select '\(key)'", self)
        }
    }

    /// The value at a key, as a slot.
    func field(_ key: String) -> Slot {
        if case .map(let map) = self { return map.value(forKey: key).map { .value($0) } ?? .absent }
        do throws(EvaluationError) {
            return try selected(key).map { .value($0) } ?? .absent
        } catch {
            return .failed(error)
        }
    }
}
