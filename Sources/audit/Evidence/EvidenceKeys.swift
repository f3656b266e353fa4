import AuditModel
import Collector
import Evidence
import Foundation
import LiveVoxAPI

/// Keys of the log of sealed runs: secret ones by reference, public ones as text or in files.
enum EvidenceKeys {
    /// The key that checkpoints are signed with; nil where the configuration names none.
    static func signer(of settings: EvidenceSettings) async throws -> SignerKey? {
        guard let reference = settings.key else { return nil }
        do {
            let resolved = try await CredentialReference(reference).resolved()
            for warning in resolved.warnings { Console.message("evidence: key: \(warning).") }
            return try SignerKey(skey: resolved.secret.reveal())
        } catch let error as CredentialError {
            throw CommandEnd(.usage, "evidence: key: \(error).")
        } catch let error as KeyError {
            throw CommandEnd(.usage, "evidence: key: \(error). 'audit checkpoint key FILE' makes one.")
        }
    }

    /// The public keys of the command line: `NAME+ID+BASE64`, or a file that holds one a line.
    static func verifiers(_ texts: [String]) throws -> [VerifierKey] {
        try texts.flatMap { text -> [VerifierKey] in
            do throws(KeyError) { return [try VerifierKey(vkey: text)] } catch {
                guard let data = FileManager.default.contents(atPath: text) else {
                    throw CommandEnd(.usage, "--key \(text): \(error); and there is no such file.")
                }
                let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
                guard !lines.isEmpty else {
                    throw CommandEnd(.usage, "--key \(text): the file is empty; a public key is NAME+ID+BASE64.")
                }
                return try lines.map { line in
                    do throws(KeyError) { return try VerifierKey(vkey: String(line)) } catch {
                        throw CommandEnd(.usage, "--key \(text): \(error).")
                    }
                }
            }
        }
    }

    /// 32 bytes by chance.
    static func seed() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// Makes a new file of mode 0600; never replaces one.
    static func write(_ key: SignerKey, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandEnd(
                errno == EEXIST ? .usage : .inputOutput,
                "could not make \(path): \(String(cString: strerror(errno))). A key is never overwritten; choose another file."
            )
        }
        defer { close(descriptor) }
        let bytes = Array((key.skey + "\n").utf8)
        let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count, fsync(descriptor) == 0 else {
            unlink(path)
            throw CommandEnd(.inputOutput, "could not write \(path): \(String(cString: strerror(errno))).")
        }
    }
}
