public import AuditModel

/// An HTTP method that the API uses.
public enum HTTPVerb: String, Sendable, Hashable {
    /// Reads; the only one that is ever repeated on its own.
    case get = "GET"
    /// Log in, add a voice.
    case post = "POST"
    /// Remove a voice, log out.
    case delete = "DELETE"
}

/// The seven "Clients API Methods". Without a client the session's own client is meant.
///
/// Source: the vendor's page "Clients API Methods" (fall23). Its introduction lists fewer methods than its sections;
/// the sections are followed.
public enum ClientsMethod: Sendable, Hashable {
    /// Reads the internal settings.
    case readInternalSettings(client: ClientNumber?)
    /// Reads the general settings.
    case readGeneralSettings(client: ClientNumber?)
    /// Reads the messaging settings.
    case readMessagingSettings(client: ClientNumber?)
    /// Reads the voice pool.
    case readVoicePool(client: ClientNumber?)
    /// Adds a voice to the pool.
    case addVoice(VoiceID, client: ClientNumber?)
    /// Removes a voice from the pool.
    case removeVoice(VoiceID, client: ClientNumber?)
    /// Lists the countries of the session's own client; there is no form with an id.
    case listCountries

    /// The method that reads a group; the client is not used for countries.
    public static func read(_ group: SettingsGroup, client: ClientNumber?) -> ClientsMethod {
        switch group {
        case .internal: .readInternalSettings(client: client)
        case .settings: .readGeneralSettings(client: client)
        case .messaging: .readMessagingSettings(client: client)
        case .voicePool: .readVoicePool(client: client)
        case .countries: .listCountries
        }
    }

    /// The HTTP method.
    ///
    /// The vendor's sample for "Remove Voice" shows POST on the path of "Add Voice"; such a request would *add* the
    /// voice, so removing is DELETE, as the page's method line says.
    public var verb: HTTPVerb {
        switch self {
        case .readInternalSettings, .readGeneralSettings, .readMessagingSettings, .readVoicePool, .listCountries: .get
        case .addVoice: .post
        case .removeVoice: .delete
        }
    }

    /// The absolute path, for example `/configuration/v5.0/clients/4199/voicePool/11`. Case matters.
    public func path(version: APIVersion? = nil) -> String {
        let root = version.map { "/configuration/\($0.text)/clients" } ?? "/configuration/clients"
        func of(_ client: ClientNumber?, _ resource: String) -> String {
            client.map { "\(root)/\($0.rawValue)/\(resource)" } ?? "\(root)/\(resource)"
        }
        return switch self {
        case .readInternalSettings(let client): of(client, "internal")
        case .readGeneralSettings(let client): of(client, "settings")
        case .readMessagingSettings(let client): of(client, "messaging")
        case .readVoicePool(let client): of(client, "voicePool")
        case .addVoice(let voice, let client), .removeVoice(let voice, let client):
            of(client, "voicePool/\(voice.rawValue)")
        case .listCountries: "\(root)/countries"
        }
    }

    /// The HTTP method and path, as failures name them.
    public func request(version: APIVersion? = nil) -> String {
        "\(verb.rawValue) \(path(version: version))"
    }
}
