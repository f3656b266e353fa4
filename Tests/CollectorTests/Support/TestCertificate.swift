import Foundation
import NIOSSL
import Testing

/// A certificate and its key, made by the system's `openssl` for one test run, so that the repository holds no key.
struct TestCertificate {
    static let tool: String? = ["/usr/bin/openssl", "/usr/local/bin/openssl", "/opt/homebrew/bin/openssl"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    static func isToolMissing() -> Bool {
        if tool == nil { print("skipped the tests of trust files: no openssl to make a certificate with") }
        return tool == nil
    }

    var certificate: String
    var key: String

    init(in folder: URL, name: String) throws {
        certificate = folder.appending(path: "certificate.pem").path
        key = folder.appending(path: "key.pem").path
        let process = Process()
        process.executableURL = URL(filePath: try #require(Self.tool))
        process.arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=\(name)", "-addext",
            "subjectAltName=\(name)", "-keyout", key, "-out", certificate,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    /// What a server that has it needs.
    func serverContext() throws -> NIOSSLContext {
        try NIOSSLContext(
            configuration: TLSConfiguration.makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))))
    }
}
