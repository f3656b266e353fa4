#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The few system calls that files beside the database need: mode 0600 from the first moment, and all or nothing.
enum FileSystem {
    /// What a system call answered.
    struct Failure: Error {
        /// `errno`.
        var code: Int32
        /// The system's text for it.
        var text: String { String(cString: strerror(code)) }
    }

    /// The size of a file in bytes, or nil where there is none.
    static func size(of path: String) throws(Failure) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw Failure(code: errno)
        }
        return Int(status.st_size)
    }

    /// Whether the effective user may write to a file or folder.
    static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

    /// The first bytes of a file, at most `count`; nil where there is no file.
    static func head(of path: String, count: Int) throws(Failure) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw Failure(code: errno)
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                read(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled)
            }
            if got < 0 {
                if errno == EINTR { continue }
                throw Failure(code: errno)
            }
            if got == 0 { break }
            filled += got
        }
        return Array(bytes[..<filled])
    }

    /// Makes a new file of mode 0600 with these bytes, on the disk when this returns. Fails where the file exists.
    static func create(_ path: String, bytes: [UInt8]) throws(Failure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        defer { close(descriptor) }
        try writeAll(bytes, to: descriptor)
        guard fsync(descriptor) == 0 else { throw Failure(code: errno) }
    }

    /// Writes all bytes at the descriptor's place.
    static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                write(descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw Failure(code: errno)
            }
            written += count
        }
    }

    /// Gives a finished file its final name; false where that name is taken (then nothing changes).
    static func publish(_ temporary: String, as path: String) throws(Failure) -> Bool {
        guard link(temporary, path) == 0 else {
            if errno == EEXIST { return false }
            throw Failure(code: errno)
        }
        remove(temporary)
        try sync(folderOf: path)
        return true
    }

    /// Removes a file, if it is there.
    static func remove(_ path: String) { unlink(path) }

    /// Makes the folder of a file, if only that one is missing.
    static func makeFolder(of path: String) { mkdir(folder(of: path), 0o700) }

    /// The folder of a file.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// A suffix that no other living process uses.
    static var processSuffix: String { ".new-\(getpid())" }

    /// Removes what processes that were killed while they made a store or its key have left beside it; a leftover may be
    /// a copy of the key. What a living process is making is left alone.
    static func removeLeftovers(of path: String) {
        let folder = folder(of: path)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let stream = opendir(folder) else { return }
        defer { closedir(stream) }
        var leftovers: [String] = []
        while let entry = readdir(stream) {
            let found = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                    String(cString: $0)
                }
            }
            for prefix in ["\(name).new-", "\(name).key.new-"] where found.hasPrefix(prefix) {
                let digits = found.dropFirst(prefix.count).prefix { $0.isASCII && $0.isNumber }
                guard let process = Int32(digits), process != getpid(), kill(process, 0) != 0, errno == ESRCH else {
                    continue
                }
                leftovers.append(folder + "/" + found)
            }
        }
        for leftover in leftovers { remove(leftover) }
    }

    private static func sync(folderOf path: String) throws(Failure) {
        let descriptor = open(folder(of: path), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        defer { close(descriptor) }
        // Some file systems cannot sync a folder, and say EINVAL; the file itself is safe.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw Failure(code: errno) }
    }

    /// Opens or makes a file of mode 0600 and takes its advisory lock; nil where another descriptor holds it.
    ///
    /// The lock goes with the descriptor: the system frees it when the process dies, however it dies.
    static func openLocked(_ path: String) throws(Failure) -> Int32? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            if code == EINTR { continue }
            close(descriptor)
            if code == EWOULDBLOCK { return nil }
            throw Failure(code: code)
        }
        return descriptor
    }

    /// Replaces the content of an open file.
    static func replaceContent(of descriptor: Int32, by bytes: [UInt8]) throws(Failure) {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw Failure(code: errno) }
        try writeAll(bytes, to: descriptor)
    }

    /// Closes a descriptor, which frees its lock.
    static func closeDescriptor(_ descriptor: Int32) { close(descriptor) }
}
