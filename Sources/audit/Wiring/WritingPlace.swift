import Foundation

/// Where bytes for a path go.
enum WritingPlace: Equatable {
    /// A file, or where one will be: the path with the links of its last part followed.
    case file(String)
    /// Something that is no file, such as a named pipe or a terminal: it is opened and written, never replaced.
    case stream(String)

    /// Looks at what is at a path; changes nothing.
    init(_ path: String) throws(FileWriter.Failure) {
        var found = stat()
        if stat(path, &found) == 0 {
            switch found.st_mode & S_IFMT {
            case S_IFREG: break
            case S_IFDIR:
                throw FileWriter.Failure(
                    path: path, cause: "it is a folder", advice: "Name a file in it; nothing was changed there.")
            case S_IFBLK:
                throw FileWriter.Failure(
                    path: path, cause: "it is a disk", advice: "Name a file; nothing was changed there.")
            default:
                self = .stream(path)
                return
            }
        }
        self = try Self.following(path)
    }

    private static func following(_ path: String) throws(FileWriter.Failure) -> Self {
        var target = path
        // As many links as Linux follows.
        for _ in 0...40 {
            var link = stat()
            guard lstat(target, &link) == 0, link.st_mode & S_IFMT == S_IFLNK else { return .file(target) }
            let folder = URL(filePath: target).deletingLastPathComponent().path
            // /dev/stdout leads there: to an open file, which a rename would take from whoever opened it.
            if folder.hasPrefix("/proc/") { return .stream(path) }
            var above = stat()
            // What the system's own protection of links says (proc(5), protected_symlinks), which reading a link goes past.
            if stat(folder, &above) == 0, above.st_mode & (S_ISVTX | S_IWOTH) == S_ISVTX | S_IWOTH,
                link.st_uid != geteuid(), link.st_uid != above.st_uid
            {
                throw FileWriter.Failure(
                    path: path, cause: "\(target) is a link that another user made in a folder that all may write",
                    advice: "Name another file; nothing was changed there.")
            }
            guard let text = try? FileManager.default.destinationOfSymbolicLink(atPath: target) else {
                return .file(target)
            }
            target = text.hasPrefix("/") ? text : folder + "/" + text
        }
        throw FileWriter.Failure(
            path: path, cause: String(cString: strerror(ELOOP)),
            advice: "Its links lead in a circle; nothing was changed there.")
    }

    /// One text for one place, however its path is written.
    var identity: String {
        switch self {
        case .stream(let path): return URL(filePath: path).standardizedFileURL.path
        case .file(let path):
            let url = URL(filePath: path).standardizedFileURL
            let folder = url.deletingLastPathComponent().path
            guard let real = realpath(folder, nil) else { return url.path }
            defer { free(real) }
            return String(cString: real) + "/" + url.lastPathComponent
        }
    }
}
