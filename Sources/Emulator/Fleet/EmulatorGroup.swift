/// The five bodies that a client has, named by the API's own path words.
public enum EmulatorGroup: String, Sendable, CaseIterable {
    /// `GET /configuration/clients/{id}/internal`.
    case `internal`
    /// `GET /configuration/clients/{id}/settings`.
    case settings
    /// `GET /configuration/clients/{id}/messaging`.
    case messaging
    /// `GET /configuration/clients/{id}/voicePool`.
    case voicePool
    /// `GET /configuration/clients/countries`: the session's client, no id form.
    case countries
}
