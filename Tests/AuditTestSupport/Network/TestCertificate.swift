public import Foundation

/// A certificate and its key, made by the system's `openssl` for one test run, so that the repository holds no key.
public struct TestCertificate: Sendable {
    /// The program; nil where there is none.
    public static let tool: String? = ["/usr/bin/openssl", "/usr/local/bin/openssl", "/opt/homebrew/bin/openssl"].first
    {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Whether tests that need one are skipped; says so.
    public static func isToolMissing() -> Bool {
        if tool == nil { print("skipped tests of TLS: no openssl to make a certificate with") }
        return tool == nil
    }

    /// The program is missing, or made none.
    public struct NotMade: Error {}

    /// The file of the certificate, in PEM.
    public let certificate: String
    /// The file of its key, in PEM.
    public let key: String

    /// Makes one that signs itself.
    ///
    /// - Parameter name: whom it is for, as `DNS:localhost` or `IP:127.0.0.1`.
    public init(in folder: URL, name: String) throws {
        certificate = folder.appending(path: "certificate.pem").path
        key = folder.appending(path: "key.pem").path
        guard let tool = Self.tool else { throw NotMade() }
        let process = Process()
        process.executableURL = URL(filePath: tool)
        process.arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=\(name)", "-addext",
            "subjectAltName=\(name)", "-keyout", key, "-out", certificate,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw NotMade() }
    }
}
