import AuditTestSupport
import NIOSSL

extension TestCertificate {
    /// What a server that has it needs.
    func serverContext() throws -> NIOSSLContext {
        try NIOSSLContext(
            configuration: TLSConfiguration.makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))))
    }
}
