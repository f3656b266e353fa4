import Foundation
import Synchronization

/// Writes whole files: under a temporary name, synced, then renamed, so that a reader never sees half of one.
enum FileWriter {
    /// What could not be written, and why.
    struct Failure: Error, CustomStringConvertible {
        var path: String
        var cause: String
        var description: String {
            "could not write \(path): \(cause). Check that the folder exists, is writable and has room; nothing was changed there."
        }
    }

    /// Replaces the file at a path by these bytes; makes the folders above it; readable by its owner alone.
    ///
    /// - Parameter waitsForDisk: whether the bytes must survive a power cut when this returns.
    static func write(_ bytes: [UInt8], to path: String, waitsForDisk: Bool = true) throws(Failure) {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure(path: path, cause: "the folder \(folder) cannot be made")
        }
        removeLeftovers(in: folder)
        let temporary = folder + "/\(leftoverPrefix)\(getpid()).tmp"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Failure(path: path, cause: String(cString: strerror(errno))) }
        var failure: Int32?
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let written = Foundation.write(
                    descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
                if written < 0 {
                    if errno == EINTR { continue }
                    failure = errno
                    return
                }
                offset += written
            }
        }
        if failure == nil, waitsForDisk, fsync(descriptor) != 0 { failure = errno }
        close(descriptor)
        if failure == nil, rename(temporary, path) != 0 { failure = errno }
        if let failure {
            unlink(temporary)
            throw Failure(path: path, cause: String(cString: strerror(failure)))
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
