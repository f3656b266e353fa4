import AuditModel
import AuditTestSupport

/// Random bodies of the five groups, with the oddities that a server may send: repeated keys, missing keys, keys of
/// another type, nulls, lists that nobody documented.
struct RandomBodies {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func body(of group: SettingsGroup) -> SettingValue {
        switch group {
        case .internal, .settings: object(depth: 2)
        case .messaging: ["defaultInputFilterId": scalar(), "property": list(key: "key")]
        case .voicePool: ["voice": list(key: "id"), "extra": object(depth: 1)]
        case .countries: list(key: "id")
        }
    }

    /// The same with every keyed list in another order, and no other.
    mutating func shuffled(_ value: SettingValue, at path: SettingPath) -> SettingValue {
        switch value {
        case .object(var object):
            for key in object.keys {
                object[key] = object[key].map { shuffled($0, at: path.appending(.key(key))) }
            }
            return .object(object)
        case .array(let elements):
            return SettingsCatalogue.listKey(at: path) == nil ? value : .array(elements.shuffled(using: &generator))
        case .null, .bool, .integer, .number, .string: return value
        }
    }

    /// The same with about one place altered (and sometimes none).
    mutating func mutated(_ value: SettingValue) -> SettingValue {
        guard Int.random(in: 0..<6, using: &generator) > 0 else { return scalar() }
        switch value {
        case .object(var object):
            guard let key = object.keys.randomElement(using: &generator) else { return ["new": scalar()] }
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: object[key] = nil
            case 1: object["k\(Int.random(in: 0..<8, using: &generator))"] = scalar()
            default: object[key] = object[key].map { mutated($0) }
            }
            return .object(object)
        case .array(var elements):
            guard let index = elements.indices.randomElement(using: &generator) else { return [element(key: "id")] }
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: elements.remove(at: index)
            case 1: elements.insert(elements[index], at: 0)
            default: elements[index] = mutated(elements[index])
            }
            return .array(elements)
        case .null, .bool, .integer, .number, .string: return scalar()
        }
    }

    private mutating func scalar() -> SettingValue {
        let number = Int.random(in: 0..<3, using: &generator)
        switch Int.random(in: 0..<9, using: &generator) {
        case 0: return .null
        case 1: return .bool(number > 0)
        case 2, 3: return .integer(Int64(number))
        case 4: return .number(Double(number) + 0.5)
        case 5, 6: return .string(String(number))
        case 7: return number == 0 ? [] : number == 1 ? [:] : ""
        default: return .string(["caf\u{e9}", "cafe\u{301}", "\u{1F600}"][number])
        }
    }

    private mutating func object(depth: Int) -> SettingValue {
        var object = SettingObject()
        for _ in 0..<Int.random(in: 0..<7, using: &generator) {
            let key = "k\(Int.random(in: 0..<8, using: &generator))"
            switch Int.random(in: 0..<6, using: &generator) {
            case 0 where depth > 0: object[key] = self.object(depth: depth - 1)
            case 1 where depth > 0: object[key] = .array((0..<3).map { _ in scalar() })
            default: object[key] = scalar()
            }
        }
        return .object(object)
    }

    private mutating func list(key: String) -> SettingValue {
        .array((0..<Int.random(in: 0..<9, using: &generator)).map { _ in element(key: key) })
    }

    private mutating func element(key: String) -> SettingValue {
        if Int.random(in: 0..<12, using: &generator) == 0 { return scalar() }
        var object = SettingObject()
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: break
        case 1: object[key] = scalar()
        default: object[key] = .integer(Int64.random(in: 0..<6, using: &generator))
        }
        object["value"] = scalar()
        if Bool.random(using: &generator) { object["name"] = self.object(depth: 1) }
        return .object(object)
    }
}
