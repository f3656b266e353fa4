/// All settings of one emulated client on one night, before they become bytes.
struct ClientProfile: Sendable, Equatable {
    /// 4199 for the vendor's demo client, 4200 and up for the others.
    var id: Int
    /// Internal settings in the vendor's key order.
    var internalSettings: [OrderedJSON.Member]
    /// General settings in the vendor's key order.
    var generalSettings: [OrderedJSON.Member]
    /// The messaging properties in the order served.
    var properties: [Property]
    var defaultInputFilterId: Int
    /// Voice ids in the order served; the vendor's own sample is not sorted.
    var voices: [Int]
    /// Country ids in the order served.
    var countries: [Int]

    /// One messaging property.
    struct Property: Sendable, Equatable {
        var key: String
        var value: String
    }
}

extension ClientProfile {
    /// The body of `group`.
    func document(_ group: EmulatorGroup) -> OrderedJSON {
        switch group {
        case .internal: .object(internalSettings)
        case .settings: .object(generalSettings)
        case .messaging:
            [
                "property": .array(properties.map { ["key": .string($0.key), "value": .string($0.value)] }),
                "defaultInputFilterId": .number(defaultInputFilterId),
            ]
        case .voicePool: ["voice": .array(voices.map { ["id": .number($0)] })]
        case .countries: .array(countries.compactMap { Country.byID[$0]?.json })
        }
    }

    /// The internal setting `key`, where it is a number; what the login uses to decide on lockout and expiry.
    func internalNumber(_ key: String) -> Int? {
        guard case .number(let number) = internalSettings.first(where: { $0.key == key })?.value else { return nil }
        return number
    }

    /// The value of an internal or general setting; `nil` where the key is absent.
    subscript(group: EmulatorGroup, key: String) -> OrderedJSON? {
        get {
            switch group {
            case .internal: internalSettings.first { $0.key == key }?.value
            case .settings: generalSettings.first { $0.key == key }?.value
            case .messaging, .voicePool, .countries: nil
            }
        }
        set {
            guard let newValue else { return }
            switch group {
            case .internal: Self.replace(key, in: &internalSettings, with: newValue)
            case .settings: Self.replace(key, in: &generalSettings, with: newValue)
            case .messaging, .voicePool, .countries: break
            }
        }
    }

    private static func replace(_ key: String, in members: inout [OrderedJSON.Member], with value: OrderedJSON) {
        guard let place = members.firstIndex(where: { $0.key == key }) else { return }
        members[place].value = value
    }

    /// Turns the list of `group` round by some places: the same set in another order.
    mutating func reorder(_ group: EmulatorGroup, by places: Int) {
        switch group {
        case .messaging: properties = Self.turned(properties, by: places)
        case .voicePool: voices = Self.turned(voices, by: places)
        case .countries: countries = Self.turned(countries, by: places)
        case .internal, .settings: break
        }
    }

    /// A turn by 1 … count − 1 places is never the identity, which a shuffle may be.
    private static func turned<Element>(_ list: [Element], by places: Int) -> [Element] {
        guard list.count > 1 else { return list }
        let places = 1 + places % (list.count - 1)
        return Array(list[places...] + list[..<places])
    }
}

/// The ten voices of the platform: 1 Julie, 2 Juanita, 3 Kate, 4 Gisele, 5 Bob, 6 GruffM, 8 GruffF, 9 Lee, 10 Scarlet,
/// 11 Claudine. There is no 7.
let knownVoices: [Int] = [1, 2, 3, 4, 5, 6, 8, 9, 10, 11]
