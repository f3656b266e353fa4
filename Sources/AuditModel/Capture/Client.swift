/// The name of one LiveVox environment in `audit.yaml`, such as `na3`.
public struct EnvironmentName: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The name as configured.
    public let rawValue: String

    /// Takes a name as it is.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// The name as configured.
    public var description: String { rawValue }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// An audited LiveVox account (a "Client" in the vendor's words; the HTTP side is called `Collector`).
public struct Client: Sendable, Hashable, Codable {
    /// What identifies a client for ever: its environment and the number that the vendor gave it.
    public struct ID: Sendable, Hashable, Comparable, CustomStringConvertible {
        /// The environment; two environments may use one number for two clients.
        public var environment: EnvironmentName
        /// The vendor's client id, 1 or more.
        public var number: Int

        /// Joins the two parts.
        public init(environment: EnvironmentName, number: Int) {
            self.environment = environment
            self.number = number
        }

        /// `environment/number`, for example `na3/4199`.
        public var description: String { "\(environment)/\(number)" }

        public static func < (left: Self, right: Self) -> Bool {
            (left.environment, left.number) < (right.environment, right.number)
        }
    }

    /// The identity.
    public var id: ID
    /// The vendor's client code, which is the login's `clientName` and must be `settings.clientCode`.
    public var code: String
    /// A name for people, from the configuration; may be empty.
    public var name: String
    /// The account of `audit.yaml` through which this client is read.
    public var account: String
    /// Facts about the client that policies may scope on, from the configuration; never its settings.
    public var labels: [String: String]

    /// Joins the parts.
    public init(id: ID, code: String, name: String = "", account: String = "", labels: [String: String] = [:]) {
        self.id = id
        self.code = code
        self.name = name
        self.account = account
        self.labels = labels
    }
}
