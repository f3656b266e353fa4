import Foundation
import Synchronization

/// Writes whole files: under a temporary name, synced, then renamed, so that a reader never sees half of one.
enum FileWriter {
    /// What could not be written, and why.
    struct Failure: Error, CustomStringConvertible {
        var path: String
        var cause: String
        /// How to mend it.
        var advice = "Check that the folder exists, is writable and has room; nothing was changed there."
        var description: String { "could not write \(path): \(cause). \(advice)" }
    }

    /// Replaces the file at a path by these bytes; makes the folders above it; readable by its owner alone. A link stays, and
    /// the file it leads to is replaced; what is there and no file (a named pipe, a device) is written into.
    ///
    /// - Parameter waitsForDisk: whether the bytes must survive a power cut when this returns.
    static func write(_ bytes: [UInt8], to path: String, waitsForDisk: Bool = true) throws(Failure) {
        switch try WritingPlace(path) {
        case .file(let target): try replace(target, by: bytes, named: path, waitsForDisk: waitsForDisk)
        case .stream:
            // With O_CREAT, since that is when the system looks at who made a pipe in a folder that all may write.
            let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOCTTY | O_CLOEXEC, 0o600)
            var failure = descriptor < 0 ? errno : writeAll(bytes, to: descriptor)
            if descriptor >= 0, close(descriptor) != 0 { failure = failure ?? errno }
            if let failure {
                throw Failure(
                    path: path, cause: String(cString: strerror(failure)),
                    advice:
                        "It is no file but a pipe or a device, which may have taken a part; check it and who reads it.")
            }
        }
    }

    private static func replace(
        _ target: String, by bytes: [UInt8], named path: String, waitsForDisk: Bool
    ) throws(Failure) {
        let folder = URL(filePath: target).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure(path: path, cause: "the folder \(folder) cannot be made")
        }
        removeLeftovers(in: folder)
        let temporary = folder + "/\(leftoverPrefix)\(getpid()).tmp"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Failure(path: path, cause: String(cString: strerror(errno))) }
        var failure = writeAll(bytes, to: descriptor)
        if failure == nil, waitsForDisk, fsync(descriptor) != 0 { failure = errno }
        close(descriptor)
        if failure == nil, rename(temporary, target) != 0 { failure = errno }
        if let failure {
            unlink(temporary)
            throw Failure(path: path, cause: String(cString: strerror(failure)))
        }
    }

    /// The number of the error that stopped it, or nil.
    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let written = Foundation.write(
                    descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
                if written < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                offset += written
            }
            return nil
        }
    }

    /// How the name of an unfinished file begins; the number of the process follows.
    private static let leftoverPrefix = ".audit-"
    private static let cleanedFolders = Mutex<Set<String>>([])

    /// Removes what processes that were killed while they wrote have left in a folder; looked at once a process.
    private static func removeLeftovers(in folder: String) {
        guard cleanedFolders.withLock({ $0.insert(folder).inserted }) else { return }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where name.hasPrefix(leftoverPrefix) && name.hasSuffix(".tmp") {
            let number = name.dropFirst(leftoverPrefix.count).dropLast(".tmp".count)
            guard let process = Int32(number), process != getpid(), kill(process, 0) != 0, errno == ESRCH else {
                continue
            }
            unlink(folder + "/" + name)
        }
    }
}
