/// A map with text keys that the host holds, so that no document has to be converted as a whole.
public protocol HostMap: AnyObject, Sendable {
    /// The number of keys.
    var count: Int { get }
    /// The value at a key, compared by its bytes; nil where the key is absent.
    func value(forKey key: String) -> Value?
    /// The key at an index from 0 to `count - 1`, always in the same order.
    func key(at index: Int) -> String
}

/// A map, of the evaluator's own or the host's; keeps the order in which keys were put in.
public struct MapValue: Sendable {
    enum Storage: Sendable {
        case own(Entries)
        case host(any HostMap)
    }

    let storage: Storage

    /// A map that the host holds.
    public init(_ host: any HostMap) {
        storage = .host(host)
    }

    init(_ entries: Entries) {
        storage = .own(entries)
    }

    /// A map of entries whose keys are int, uint, bool or string; nil where a key is of another type or comes twice.
    public init?(_ entries: [(key: Value, value: Value)]) {
        var builder = MapBuilder()
        for entry in entries {
            guard let key = MapKey(entry.key), builder.insert(entry.value, at: key, entry.key) else { return nil }
        }
        self = builder.map
    }

    /// The number of keys.
    public var count: Int {
        switch storage {
        case .own(let entries): entries.keys.count
        case .host(let host): host.count
        }
    }

    /// Whether there is none.
    public var isEmpty: Bool { count == 0 }

    /// The keys, in a stable order.
    public var keys: [Value] {
        switch storage {
        case .own(let entries): entries.keys
        case .host(let host): (0..<host.count).map { .string(host.key(at: $0)) }
        }
    }

    /// The key at an index from 0 to `count - 1`.
    public func key(at index: Int) -> Value {
        switch storage {
        case .own(let entries): entries.keys[index]
        case .host(let host): .string(host.key(at: index))
        }
    }

    /// The value at a text key; nil where it is absent.
    public func value(forKey key: String) -> Value? {
        switch storage {
        case .host(let host): return host.value(forKey: key)
        case .own(let entries): return entries.value(at: .string(key))
        }
    }

    /// The value at a key, numbers compared by what they are worth (`1`, `1u` and `1.0` are one key); nil where it is absent.
    public subscript(key: Value) -> Value? {
        if case .host(let host) = storage {
            guard case .string(let key) = key else { return nil }
            return host.value(forKey: key)
        }
        guard case .own(let entries) = storage, let key = MapKey(lookingUp: key) else { return nil }
        return entries.value(at: key)
    }
}

/// The entries of a map that was built here.
final class Entries: Sendable {
    let keys: [Value]
    let values: [Value]
    private let index: [MapKey: Int]

    init(keys: [Value], values: [Value], index: [MapKey: Int]) {
        self.keys = keys
        self.values = values
        self.index = index
    }

    func value(at key: MapKey) -> Value? {
        index[key].map { values[$0] }
    }
}

/// A map in the making.
struct MapBuilder {
    private var keys: [Value] = []
    private var values: [Value] = []
    private var index: [MapKey: Int] = [:]

    /// Adds an entry; false, and nothing added, where the key is there already.
    mutating func insert(_ value: Value, at key: MapKey, _ original: Value) -> Bool {
        guard index.updateValue(keys.count, forKey: key) == nil else { return false }
        keys.append(original)
        values.append(value)
        return true
    }

    var map: MapValue {
        MapValue(Entries(keys: keys, values: values, index: index))
    }
}

/// A key as it is compared: numbers by what they are worth, texts by their bytes.
enum MapKey: Sendable {
    case bool(Bool)
    case int(Int64)
    /// Beyond the range of int.
    case uint(UInt64)
    case string(String)

    /// A key for a map in the making; nil where the type is none for keys.
    init?(_ value: Value) {
        switch value {
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .uint(let value): self = Int64(exactly: value).map { .int($0) } ?? .uint(value)
        case .string(let value): self = .string(value)
        default: return nil
        }
    }

    /// A key to look up, for which a double will do that is a whole number.
    init?(lookingUp value: Value) {
        if case .double(let value) = value {
            if let int = Int64(exactly: value) {
                self = .int(int)
            } else if let uint = UInt64(exactly: value) {
                self = .uint(uint)
            } else {
                return nil
            }
        } else {
            self.init(value)
        }
    }
}

extension MapKey: Hashable {
    static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.uint(let left), .uint(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        default: false
        }
    }

    func hash(into hasher: inout Hasher) {
        switch self {
        case .bool(let value): hasher.combine(value)
        case .int(let value): hasher.combine(value)
        case .uint(let value): hasher.combine(value)
        case .string(let value):
            var value = value
            value.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }
}
