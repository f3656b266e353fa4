/// What a dashboard is started with.
public struct DashboardConfiguration: Sendable {
    /// The files of a certificate.
    public struct TLSFiles: Sendable, Hashable {
        /// The certificate and those that it was signed by, in PEM.
        public var certificate: String
        /// Its private key, in PEM.
        public var key: String

        /// Joins the two.
        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// The address to listen on.
    public var host: String
    /// The port to listen on; 0 lets the system choose.
    public var port: Int
    /// What readers must show; nil where everybody may read who reaches it.
    public var token: String?
    /// The certificate; nil for plain HTTP.
    public var tls: TLSFiles?
    /// Names that it is reached by besides those of loopback, for the check of `Host`.
    public var hostNames: [String]
    /// The version of the program, which pages show and which is a part of their ETag.
    public var toolVersion: String

    /// Joins the parts.
    public init(
        host: String = "127.0.0.1", port: Int = 8080, token: String? = nil, tls: TLSFiles? = nil,
        hostNames: [String] = [], toolVersion: String
    ) {
        self.host = host
        self.port = port
        self.token = token
        self.tls = tls
        self.hostNames = hostNames
        self.toolVersion = toolVersion
    }

    /// Whether only programs of this machine can reach it.
    public var isLoopback: Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
        return host == "localhost" || host == "::1" || isIPv4 && parts[0] == "127"
    }

    /// How short a token may be, in bytes.
    static let shortestToken = 16

    /// Why it must not be started so; nil where it may.
    public var refusal: DashboardRefusal? {
        if let token, token.utf8.count < Self.shortestToken { return .tokenTooShort }
        if !isLoopback, token == nil { return .needsToken(host: host) }
        if !isLoopback, tls == nil { return .needsTLS(host: host) }
        return nil
    }
}

/// Why a dashboard is not started.
public enum DashboardRefusal: Error, Sendable, Hashable {
    /// Others can reach the address, and there is no token.
    case needsToken(host: String)
    /// Others can reach the address, and there is no certificate.
    case needsTLS(host: String)
    /// The token can be guessed.
    case tokenTooShort
    /// A certificate or key cannot be read or used.
    case certificate(path: String, cause: String)
    /// The address cannot be listened on.
    case cannotListen(host: String, port: Int, cause: String)
}

extension DashboardRefusal: CustomStringConvertible {
    /// The sentence: what happened, and how to mend it.
    public var description: String {
        switch self {
        case .needsToken(let host):
            "\(host) can be reached from other machines, so readers must show a token: --token env:NAME or file:/PATH, "
                + "with --tls-certificate and --tls-key. Without --host it listens on 127.0.0.1 alone."
        case .needsTLS(let host):
            "\(host) can be reached from other machines, so tokens and pages must go over TLS: --tls-certificate FILE and "
                + "--tls-key FILE. Without --host it listens on 127.0.0.1 alone."
        case .tokenTooShort:
            "the token has fewer than \(DashboardConfiguration.shortestToken) bytes and could be guessed; draw a longer one, "
                + "for example with 'openssl rand -hex 32'."
        case .certificate(let path, let cause): "\(path) cannot be used: \(cause)."
        case .cannotListen(let host, let port, let cause):
            "the dashboard cannot listen on \(host), port \(port): \(cause). Choose another --port, or --port 0 for any that is free."
        }
    }
}
