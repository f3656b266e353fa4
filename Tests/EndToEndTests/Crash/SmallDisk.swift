import Foundation

/// A file system of a few megabytes, in memory.
struct SmallDisk {
    let folder: URL
    private let sizeInBytes: Int
    private var filler: URL { folder.appending(path: "filler") }

    /// Mounts it; nil, and a printed reason, where that is not allowed.
    init?(at folder: URL, sizeInBytes: Int) {
        self.folder = folder
        self.sizeInBytes = sizeInBytes
        guard geteuid() == 0 else {
            print("skipped: only root may mount a small disk")
            return nil
        }
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard Self.run("mount", "-t", "tmpfs", "-o", "size=\(sizeInBytes),mode=0700", "tmpfs", folder.path) else {
            print("skipped: a small disk cannot be mounted here")
            return nil
        }
    }

    /// Fills it up to so many bytes.
    func fill(leaving room: Int) throws {
        try makeRoom()
        // More than there is: the system takes what fits; then the room is given back.
        _ = Self.run("dd", "if=/dev/zero", "of=\(filler.path)", "bs=4096", "status=none")
        let size = try FileManager.default.attributesOfItem(atPath: filler.path)[.size] as? Int ?? 0
        guard truncate(filler.path, off_t(max(0, size - room))) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Removes what fills it.
    func makeRoom() throws {
        if FileManager.default.fileExists(atPath: filler.path) { try FileManager.default.removeItem(at: filler) }
    }

    /// Takes it away.
    func unmount() { _ = Self.run("umount", folder.path) }

    private static func run(_ command: String...) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}

/// A user to whom permissions apply: the one who runs the tests, or, for root, nobody.
struct UnprivilegedUser {
    /// What runs a command as that user.
    let wrapper: [String]

    /// Gives a folder to that user; nil, and a printed reason, where root cannot become anyone else.
    init?(owning folder: URL) {
        guard geteuid() == 0 else {
            wrapper = []
            return
        }
        let program = "/usr/bin/setpriv"
        guard FileManager.default.isExecutableFile(atPath: program) else {
            print("skipped: root may write everywhere, and there is no \(program) to be somebody else")
            return nil
        }
        let nobody: UInt32 = 65_534
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        for path in [folder.path] + names.map({ folder.appending(path: $0).path }) {
            guard chown(path, nobody, nobody) == 0 else {
                print("skipped: \(path) cannot be given to another user")
                return nil
            }
        }
        wrapper = [program, "--reuid=\(nobody)", "--regid=\(nobody)", "--clear-groups"]
    }
}
