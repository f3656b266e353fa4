/// Why bytes are no archive that is read here, or files no archive that can be written.
public enum ZipError: Error, Sendable, Hashable {
    /// Why a name is refused.
    public enum NameFlaw: Sendable, Hashable {
        /// Empty, or longer than names may be.
        case length
        /// A control character.
        case controlCharacter
        /// A backslash or a colon.
        case foreignSeparator
        /// It starts with a slash.
        case absolute
        /// It ends with a slash.
        case folder
        /// An empty part, `.` or `..`.
        case outside
    }

    /// It does not start and end as archives do.
    case notAnArchive
    /// It starts as an archive, and its end is missing or has something behind it.
    case noEnd
    /// The directory at its end cannot be read.
    case damagedDirectory
    /// It is in several parts.
    case severalDisks
    /// It is of the extension for large archives.
    case zip64
    /// There are bytes that belong to no file.
    case bytesBetween
    /// The archive is larger than the limit, in bytes.
    case archiveTooLarge(limit: Int)
    /// More files than the limit.
    case tooManyEntries(Int, limit: Int)
    /// A file is larger than the limit, in bytes.
    case entryTooLarge(String, size: Int, limit: Int)
    /// A name is not UTF-8, or not marked so.
    case nameNotUTF8
    /// A name that would lead elsewhere.
    case invalidName(String, NameFlaw)
    /// Two files have names that are one on some systems.
    case duplicateName(String)
    /// A file does not lie behind the one before it: it overlaps, or the order is another.
    case notInOrder(String)
    /// What stands before a file and what the directory says of it are not the same.
    case headersDiffer(String)
    /// A file is compressed.
    case compressed(String)
    /// A file is encrypted.
    case encrypted(String)
    /// A file has flags that are not known here.
    case unknownFlags(String)
    /// A file has an extra field or a comment, in which anything can hide.
    case extraField(String)
    /// An entry is a link or something else that is no file.
    case notAFile(String)
}
