import AuditModel

// What is wrong, as clauses for people; the caller knows the pack's name.

extension ZipError: CustomStringConvertible {
    /// What is wrong, and where it can be said, how to mend it.
    public var description: String {
        switch self {
        case .notAnArchive: "it is no ZIP archive"
        case .noEnd: "the end of the archive is missing, or something is behind it: it was cut off, or more was added"
        case .damagedDirectory: "the directory at the end of the archive is damaged"
        case .severalDisks: "the archive is one part of several; give the whole in one file"
        case .zip64: "the archive is of the ZIP64 form, which no review pack has"
        case .bytesBetween: "the archive has bytes that belong to no file"
        case .archiveTooLarge(let limit): "the archive is larger than \(Self.size(limit)); choose one client (--client)"
        case .tooManyEntries(let count, let limit): "the archive has \(count) files, and at most \(limit) are read"
        case .entryTooLarge(let name, let size, let limit):
            "\(Self.quoted(name)) has \(size) bytes, and at most \(Self.size(limit)) are read; choose one client (--client)"
        case .nameNotUTF8: "the name of a file is not UTF-8"
        case .invalidName(let name, let flaw): "the name \(Self.quoted(name)) \(Self.clause(flaw))"
        case .duplicateName(let name):
            "the name \(Self.quoted(name)) comes twice (names that differ in case alone are one on some systems)"
        case .notInOrder(let name):
            "\(Self.quoted(name)) does not lie behind the file before it; files that overlap are how small archives become "
                + "huge ones"
        case .headersDiffer(let name): "the archive says two different things of \(Self.quoted(name))"
        case .compressed(let name):
            "\(Self.quoted(name)) is compressed, and a review pack never is: this archive was made by another program. Check "
                + "its files with 'sha256sum -c SHA256SUMS' in the unpacked folder"
        case .encrypted(let name): "\(Self.quoted(name)) is encrypted"
        case .unknownFlags(let name): "\(Self.quoted(name)) is stored in a way that is not read here"
        case .extraField(let name): "\(Self.quoted(name)) has an extra field or a comment, which no review pack has"
        case .notAFile(let name): "\(Self.quoted(name)) is a link or something else that is no file"
        }
    }

    private static func clause(_ flaw: NameFlaw) -> String {
        switch flaw {
        case .length: "is empty or longer than \(ZipArchive.nameLimit) bytes"
        case .controlCharacter: "has a control character"
        case .foreignSeparator: "has a backslash or a colon, which lead elsewhere on some systems"
        case .absolute: "starts with a slash and would be unpacked elsewhere"
        case .folder: "is that of a folder"
        case .outside: "has an empty part, '.' or '..' and would be unpacked elsewhere"
        }
    }

    private static func size(_ bytes: Int) -> String {
        bytes % (1 << 20) == 0 ? "\(bytes >> 20) MiB" : "\(bytes) bytes"
    }

    private static func quoted(_ name: String) -> String { CanonicalJSON.text(of: .string(name)) }
}

extension ManifestError: CustomStringConvertible {
    /// What is wrong, as a clause.
    public var description: String {
        switch self {
        case .notJSON(let error): "it is not JSON: \(error)"
        case .otherFormat: "it is of another format or version than this version of audit reads"
        case .missing(let key): "'\(key)' is missing"
        case .invalid(let key): "'\(key)' has a value that cannot be"
        }
    }
}
