internal import AuditModel
internal import CEL

extension SettingValue {
    /// The same value as CEL sees it: integers are `int`, other numbers `double`; lists and objects are handed out
    /// member by member, so that no document is converted as a whole.
    var celValue: CEL.Value {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): .int(value)
        case .number(let value): .double(value)
        case .string(let value): .string(value)
        case .array(let elements): .list(SettingList(elements))
        case .object(let object): .map(SettingMap(object))
        }
    }

    /// A value that CEL gives, where JSON has one like it.
    init?(cel value: CEL.Value) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let value):
            guard value.magnitude <= Self.largestInteger.magnitude else { return nil }
            self = .integer(value)
        case .double(let value):
            guard let exact = SettingValue(exactly: value) else { return nil }
            self = exact
        case .string(let value): self = .string(value)
        case .list(let list):
            var elements: [SettingValue] = []
            for element in list.elements {
                guard let element = SettingValue(cel: element) else { return nil }
                elements.append(element)
            }
            self = .array(elements)
        case .map(let map):
            var members: [SettingObject.Member] = []
            for key in map.keys {
                guard case .string(let name) = key, let value = map[key].flatMap(SettingValue.init(cel:)) else {
                    return nil
                }
                members.append(SettingObject.Member(key: name, value: value))
            }
            self = .object(SettingObject(members))
        case .uint, .bytes, .timestamp, .duration, .type, .optional, .opaque: return nil
        }
    }
}

/// A JSON list, as CEL reads it.
private final class SettingList: HostList {
    private let elements: [SettingValue]

    init(_ elements: [SettingValue]) { self.elements = elements }

    var count: Int { elements.count }

    func element(at index: Int) -> CEL.Value { elements[index].celValue }

    /// Reads a member without making a map of its element: what most loops do.
    func field(_ name: String, ofElementAt index: Int) -> Slot {
        guard case .object(let object) = elements[index] else {
            return .failed(
                EvaluationError(.noSuchOverload("select '\(name)'", [elements[index].celValue.typeName.name])))
        }
        return object[name].map { .value($0.celValue) } ?? .absent
    }
}

/// A JSON object, as CEL reads it.
private final class SettingMap: HostMap {
    private let object: SettingObject

    init(_ object: SettingObject) { self.object = object }

    var count: Int { object.count }

    func value(forKey key: String) -> CEL.Value? { object[key]?.celValue }

    func key(at index: Int) -> String { object.members[index].key }
}
