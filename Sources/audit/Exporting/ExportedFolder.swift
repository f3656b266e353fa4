import AuditModel
import Foundation

/// A folder of exported snapshots: `DIR/environment/number.json`, or one environment's folder itself.
///
/// Files are read with the system's own calls into one buffer: thousands of them are judged in the time that a process
/// takes to start.
struct ExportedFolder {
    /// The folder that holds the files.
    let path: String
    /// The names of its `.json` files, sorted.
    let names: [String]

    /// Finds the files of one environment.
    ///
    /// - Parameter environment: the environment; needed only where the folder holds several.
    init(_ folder: String, environment: String?) throws {
        let (files, folders) = try Self.entries(of: folder)
        if !files.isEmpty {
            path = folder
            names = files
            return
        }
        if let environment {
            let name = ExportedSnapshot.folder(of: EnvironmentName(environment))
            guard folders.contains(name) else {
                let near = NearestName.to(name, among: folders).map { " Did you mean '\($0)'?" } ?? ""
                throw CommandEnd(.usage, "\(folder) has no snapshots of the environment '\(environment)'.\(near)")
            }
            path = folder + "/" + name
            names = try Self.entries(of: path).files
        } else {
            let filled = try folders.filter { try !Self.entries(of: folder + "/" + $0).files.isEmpty }
            guard filled.count <= 1 else {
                throw CommandEnd(
                    .usage,
                    "\(folder) holds several environments (\(filled.joined(separator: ", "))); choose one with --environment."
                )
            }
            path = filled.first.map { folder + "/" + $0 } ?? folder
            names = try filled.isEmpty ? [] : Self.entries(of: path).files
        }
        guard !names.isEmpty else {
            throw CommandEnd(.usage, "\(path) holds no exported snapshots; 'audit snapshot export DIR' writes them.")
        }
    }

    /// The files and the folders in a folder that are not hidden, sorted; of the files those that end in `.json`.
    static func entries(of folder: String) throws -> (files: [String], folders: [String]) {
        guard let stream = opendir(folder) else {
            throw CommandEnd(.usage, "the folder \(folder) cannot be read: \(String(cString: strerror(errno))).")
        }
        defer { closedir(stream) }
        var files: [String] = []
        var folders: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name.hasPrefix(".") { continue }
            if name.hasSuffix(".json") {
                files.append(name)
            } else {
                var status = stat()
                if stat(folder + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { folders.append(name) }
            }
        }
        return (files.sorted(), folders.sorted())
    }

    /// Reads some of the files in order, one at a time in memory.
    ///
    /// - Returns: everything that is wrong with them, as lines with file and place.
    func read(
        _ range: Range<Int>, care: ExportedReader.Care, _ body: (String, ExportedSnapshot) -> Void
    ) -> [String] {
        var reader = ExportedReader(care: care)
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var mistakes: [String] = []
        for name in names[range] {
            let file = path + "/" + name
            guard let size = Self.read(file, into: &buffer) else {
                mistakes.append("\(file): it cannot be read: \(String(cString: strerror(errno)))")
                continue
            }
            let result = buffer.withUnsafeBufferPointer { bytes in
                reader.snapshot(of: UnsafeBufferPointer(rebasing: bytes[..<size]))
            }
            switch result {
            case .success(let snapshot): body(file, snapshot)
            case .failure(let error): mistakes += error.mistakes.map { "\(file): \($0)" }
            }
        }
        return mistakes
    }

    /// Reads a whole file into the buffer, which grows as needed; its size, or nil with `errno` set.
    private static func read(_ file: String, into buffer: inout [UInt8]) -> Int? {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var size = 0
        while true {
            if size == buffer.count {
                guard size <= ExportedSnapshot.limits.sizeInBytes else { return size }
                buffer.append(contentsOf: repeatElement(0, count: buffer.count))
            }
            let count = buffer.withUnsafeMutableBytes { bytes in
                Foundation.read(descriptor, bytes.baseAddress?.advanced(by: size), bytes.count - size)
            }
            if count < 0 {
                if errno == EINTR { continue }
                return nil
            }
            if count == 0 { return size }
            size += count
        }
    }
}
