/// What an emulator is started with.
public struct EmulatorConfiguration: Sendable {
    /// How many clients the fleet has, the vendor's demo client included; below 1 counts as 1.
    public var clients: Int = 25
    /// Where names, credentials, settings and the scenario come from; the same seed gives the same bytes.
    public var seed: UInt64 = 7
    /// The night of the scenario to start with; 0 is before any planted change.
    public var night: Int = 0
    /// A wait before every answer of the emulated API.
    public var latency: Duration = .zero
    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port to listen on; 0 lets the system choose, and the manifest tells which.
    public var port = 0

    /// The values that every property shows.
    public init(
        clients: Int = 25, seed: UInt64 = 7, night: Int = 0, latency: Duration = .zero, host: String = "127.0.0.1",
        port: Int = 0
    ) {
        self.clients = clients
        self.seed = seed
        self.night = night
        self.latency = latency
        self.host = host
        self.port = port
    }
}
