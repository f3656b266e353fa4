import Foundation
public import LiveVoxAPI

extension CredentialReference {
    /// The credential, and what should be mended about where it is.
    public struct Resolved: Sendable {
        /// The value.
        public var secret: Secret
        /// What should be mended; mostly empty.
        public var warnings: [CredentialWarning]
    }

    /// How long a credential may be.
    static let limitInBytes = 16 << 10

    /// Gets the credential now.
    ///
    /// - Parameters:
    ///   - variables: the environment's variables; nil for the process's own.
    ///   - commandLimit: how long a command may take.
    public func resolved(
        variables: [String: String]? = nil, commandLimit: Duration = .seconds(20)
    ) async throws(CredentialError) -> Resolved {
        switch self {
        case .environment(let name):
            guard let value = (variables ?? ProcessInfo.processInfo.environment)[name] else {
                throw .notSet(name: name)
            }
            return Resolved(secret: try Self.secret(Array(value.utf8), dropsLineEnd: false), warnings: [])
        case .file(let path):
            let (bytes, isOpen) = try Self.contents(ofFile: path)
            return Resolved(
                secret: try Self.secret(bytes, dropsLineEnd: true),
                warnings: isOpen ? [.fileReadableByOthers(path: path)] : [])
        case .held(let secret): return Resolved(secret: secret, warnings: [])
        case .command(let command):
            let bytes = try await CommandOutput.bytes(
                of: command, limitInBytes: Self.limitInBytes, within: commandLimit)
            return Resolved(secret: try Self.secret(bytes, dropsLineEnd: true), warnings: [])
        }
    }

    private static func contents(ofFile path: String) throws(CredentialError) -> (bytes: [UInt8], isOpen: Bool) {
        func unreadable() -> CredentialError {
            .unreadableFile(path: path, cause: String(cString: strerror(errno)))
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable() }
        var bytes = [UInt8](repeating: 0, count: limitInBytes + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes {
                read(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw unreadable() }
            if got == 0 { break }
            count += got
        }
        guard count <= limitInBytes else { throw .tooLong(limitInBytes: limitInBytes) }
        return (Array(bytes.prefix(count)), status.st_mode & 0o004 != 0)
    }

    private static func secret(_ bytes: [UInt8], dropsLineEnd: Bool) throws(CredentialError) -> Secret {
        var bytes = bytes[...]
        if dropsLineEnd {
            if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        }
        guard !bytes.isEmpty else { throw .empty }
        guard let text = String(validating: bytes, as: UTF8.self), bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw .notPlainText
        }
        return Secret(text)
    }
}
