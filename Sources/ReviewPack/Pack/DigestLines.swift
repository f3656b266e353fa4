public import AuditModel

/// Texts that are known by their digests, one a line, in the order of the digests: the SHA-256 of a line without its end is
/// what leaves name.
public enum DigestLines {
    /// The lines; none of the texts has a line end in it.
    public static func bytes(of texts: [Digest: [UInt8]]) -> [UInt8] {
        texts.sorted { $0.key < $1.key }.flatMap { $0.value + [0x0A] }
    }

    /// Reads lines.
    ///
    /// - Returns: nil where they are out of order, one is empty or comes twice, or the last has no end.
    public static func texts(of bytes: [UInt8]) -> [Digest: [UInt8]]? {
        guard bytes.isEmpty || bytes.last == 0x0A else { return nil }
        var texts: [Digest: [UInt8]] = [:]
        var last: Digest?
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
            let text = Array(line)
            let digest = Digest(of: text)
            guard !text.isEmpty, last.map({ $0 < digest }) ?? true else { return nil }
            texts[digest] = text
            last = digest
        }
        return texts
    }
}
