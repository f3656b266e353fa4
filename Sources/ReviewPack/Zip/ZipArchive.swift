/// A ZIP archive in memory: files by name, kept as they are.
///
/// Of the format (PKWARE's APPNOTE 6.3) it has what a pack needs: stored entries, names in UTF-8, CRC-32. No compression,
/// no encryption, no folders, no ZIP64, nothing between, before or behind the entries.
public enum ZipArchive {
    /// One file of an archive.
    public struct Entry: Sendable, Hashable {
        /// The name: a relative path with `/`.
        public var name: String
        /// The content.
        public var bytes: [UInt8]
        /// Whether the content has the checksum that the archive states; true for what is yet to be written.
        public var isIntact: Bool

        /// Joins the parts.
        public init(name: String, bytes: [UInt8], isIntact: Bool = true) {
            self.name = name
            self.bytes = bytes
            self.isIntact = isIntact
        }
    }

    /// How large an archive may be, so that a hostile one can neither fill the memory nor keep a reader busy.
    public struct Limits: Sendable, Hashable {
        /// The largest archive, in bytes.
        public var archiveInBytes: Int
        /// The largest file in it, in bytes.
        public var entryInBytes: Int
        /// The most files.
        public var entries: Int

        /// Joins the parts. By default 1 GiB, 512 MiB and 10,000 files.
        public init(archiveInBytes: Int = 1 << 30, entryInBytes: Int = 1 << 29, entries: Int = 10_000) {
            self.archiveInBytes = archiveInBytes
            self.entryInBytes = entryInBytes
            self.entries = entries
        }
    }

    static let localSignature: UInt32 = 0x0403_4B50
    static let centralSignature: UInt32 = 0x0201_4B50
    static let endSignature: UInt32 = 0x0605_4B50
    static let localSize = 30
    static let centralSize = 46
    static let endSize = 22
    /// Bit 11 of the flags: the name is UTF-8.
    static let nameIsUTF8: UInt16 = 1 << 11
    /// The longest name, in bytes of UTF-8.
    static let nameLimit = 240

    /// Why a name cannot be that of a file in an archive, or nil where it can: one that would lead out of the folder it is
    /// unpacked in, be another file on another system, or act on a terminal.
    static func flaw(inName name: String) -> ZipError.NameFlaw? {
        let bytes = Array(name.utf8)
        if bytes.isEmpty || bytes.count > nameLimit { return .length }
        if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            return .controlCharacter
        }
        // A backslash is a separator on Windows, and a colon names a drive or a stream there.
        if bytes.contains(UInt8(ascii: "\\")) || bytes.contains(UInt8(ascii: ":")) { return .foreignSeparator }
        let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        if parts.first?.isEmpty == true { return .absolute }
        if parts.last?.isEmpty == true { return .folder }
        if parts.contains(where: { $0.isEmpty || $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }) {
            return .outside
        }
        return nil
    }

    /// What two names have in common that are one file where letters' case or composition does not count.
    static func folded(_ name: String) -> String { name.lowercased() }
}
