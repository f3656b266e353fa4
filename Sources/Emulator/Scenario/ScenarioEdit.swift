/// What one step of the scenario does to a client.
enum ScenarioEdit: Sendable, Equatable {
    case set(EmulatorGroup, key: String, OrderedJSON)
    case setProperty(key: String, value: String)
    case removeVoice(Int)
    case addCountry(Int)
    case reorder(EmulatorGroup, places: Int)
    case removeClient
    case denyAccess
    case restoreAccess

    /// Applies the step; a step that concerns the whole client leaves its settings alone.
    func apply(to profile: inout ClientProfile) {
        switch self {
        case .set(let group, let key, let value): profile[group, key] = value
        case .setProperty(let key, let value):
            guard let place = profile.properties.firstIndex(where: { $0.key == key }) else { return }
            profile.properties[place].value = value
        case .removeVoice(let id): profile.voices.removeAll { $0 == id }
        case .addCountry(let id):
            // Where the page's order has it; at the end of a list that the server has re-ordered.
            let places = Country.placeByID
            let next = profile.countries.firstIndex { places[$0, default: 0] > places[id, default: 0] }
            profile.countries.insert(id, at: next ?? profile.countries.endIndex)
        case .reorder(let group, let places): profile.reorder(group, by: places)
        case .removeClient, .denyAccess, .restoreAccess: break
        }
    }

    /// The change as published, given the settings before it.
    func planned(night: Int, before: ClientProfile) -> PlannedChange {
        var change = PlannedChange(night: night, clientID: before.id, group: nil, kind: .modified)
        switch self {
        case .set(let group, let key, let value):
            change.group = group
            change.path = "\(group.rawValue).\(key)"
            change.from = before[group, key]?.text
            change.to = value.text
        case .setProperty(let key, let value):
            change.group = .messaging
            change.path = "messaging.property[key=\(key)].value"
            change.from = before.properties.first { $0.key == key }.map { OrderedJSON.string($0.value).text }
            change.to = OrderedJSON.string(value).text
        case .removeVoice(let id):
            change.group = .voicePool
            change.kind = .removed
            change.path = "voicePool.voice[id=\(id)]"
            change.from = "{\"id\":\(id)}"
        case .addCountry(let id):
            change.group = .countries
            change.kind = .added
            change.path = "countries[id=\(id)]"
            change.to = Country.byID[id]?.json.text
        case .reorder(let group, _):
            change.group = group
            change.kind = .reordered
        case .removeClient: change.kind = .clientRemoved
        case .denyAccess: change.kind = .accessDenied
        case .restoreAccess: change.kind = .accessRestored
        }
        return change
    }
}
