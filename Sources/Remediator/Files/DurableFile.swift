#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The system calls that plans and the journal need: mode 0600 from the first moment, and on the disk when they return.
enum DurableFile {
    /// What a system call answered, and for what.
    struct Failure: Error, Hashable {
        var path: String
        /// `errno`.
        var code: Int32
        /// The system's text for it.
        var text: String { String(cString: strerror(code)) }
    }

    /// Makes a folder of mode 0700, if it is not there; its parent must be.
    static func makeFolder(_ path: String) throws(Failure) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw Failure(path: path, code: errno) }
    }

    /// The names in a folder, sorted; none where there is no folder.
    static func names(in folder: String) throws(Failure) -> [String] {
        guard let stream = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw Failure(path: folder, code: errno)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
                        String(cString: $0)
                    }
                })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }

    /// A file's bytes, or nil where there is none.
    static func bytes(of path: String) throws(Failure) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw Failure(path: path, code: errno)
        }
        defer { close(descriptor) }
        return try bytes(of: descriptor, path: path)
    }

    /// An open file's bytes, from its beginning.
    static func bytes(of descriptor: Int32, path: String) throws(Failure) -> [UInt8] {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw Failure(path: path, code: errno) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw Failure(path: path, code: errno)
            }
            if count == 0 { return bytes }
            bytes += piece[..<count]
        }
    }

    /// Puts a file with these bytes in place, whole or not at all.
    static func replace(_ path: String, by bytes: [UInt8]) throws(Failure) {
        let temporary = path + ".new-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
        do throws(Failure) {
            defer { close(descriptor) }
            try write(bytes, to: descriptor, path: path)
            try sync(descriptor, path: path)
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let code = errno
            unlink(temporary)
            throw Failure(path: path, code: code)
        }
        try syncFolder(of: path)
    }

    /// Opens or makes a file of mode 0600 to append to.
    static func openForAppending(_ path: String) throws(Failure) -> Int32 {
        let isNew = access(path, F_OK) != 0
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
        if isNew { try syncFolder(of: path) }
        return descriptor
    }

    /// Opens or makes a file and takes its advisory lock, which ends with the descriptor; nil where somebody has it.
    static func openLocked(_ path: String) throws(Failure) -> Int32? {
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            if code == EINTR { continue }
            close(descriptor)
            if code == EWOULDBLOCK { return nil }
            throw Failure(path: path, code: code)
        }
        return descriptor
    }

    /// Cuts an open file to its first bytes.
    static func cut(_ descriptor: Int32, to size: Int, path: String) throws(Failure) {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw Failure(path: path, code: errno) }
    }

    /// Writes all bytes at the descriptor's place.
    static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(Failure) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                systemWrite(descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw Failure(path: path, code: errno)
            }
            written += count
        }
    }

    /// Returns when what was written survives a power cut.
    static func sync(_ descriptor: Int32, path: String) throws(Failure) {
        guard fsync(descriptor) == 0 else { throw Failure(path: path, code: errno) }
    }

    static func closeDescriptor(_ descriptor: Int32) { close(descriptor) }

    private static func syncFolder(of path: String) throws(Failure) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
        defer { close(descriptor) }
        // Some file systems cannot sync a folder, and say EINVAL; the file itself is safe.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw Failure(path: path, code: errno) }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
