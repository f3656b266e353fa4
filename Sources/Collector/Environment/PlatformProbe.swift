import LiveVoxAPI
import NIOHTTP1

/// One harmless request without credentials: who answers at an environment's base URL, if anyone?
///
/// It asks whether a session id that cannot exist is valid, which needs no login and changes nothing.
public struct PlatformProbe: Sendable, Hashable {
    /// The status of the answer.
    public var status: Int
    /// The `Server` header; untrusted text, nil where there is none.
    public var server: String?
    /// The `Date` header as it came; nil where there is none.
    public var date: String?

    /// Whether the emulator of this very tool answered.
    public var isEmulator: Bool { server == "audit-emulator" }

    /// Why nothing answered, as one clause.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// The clause.
        public var description: String
    }

    /// Asks once, within ten seconds.
    public static func probe(_ settings: EnvironmentSettings) async throws -> PlatformProbe {
        var settings = settings
        settings.requestTimeout = min(settings.requestTimeout, .seconds(10))
        let limit = settings.requestTimeout
        return try await HTTPTransport.with(settings) { transport in
            let root = settings.apiVersion.map { "/session/\($0.text)" } ?? "/session"
            switch await transport.send(
                .get, path: root + "/validate/00000000-0000-0000-0000-000000000000",
                headers: ["Accept": "application/json", "User-Agent": settings.userAgent], within: limit)
            {
            case .success(let answer):
                return PlatformProbe(status: answer.status, server: answer.server, date: answer.date)
            case .failure(let failure):
                throw Failure(description: failure.detail.isEmpty ? "\(failure.kind)" : failure.detail)
            }
        }
    }
}
