import AuditModel

/// The lines of a journal, read and held against each other.
struct JournalText {
    /// The records, each of which names the digest of the line before.
    var records: [JournalRecord] = []
    /// The digest of the last whole line.
    var head = JournalText.start
    /// The bytes of the whole lines, their line feeds included.
    var wholeBytes = 0
    /// The bytes after the last line feed: a record that a crash cut off.
    var tornBytes = 0

    /// What the first record names as the line before.
    static let start: Digest = Digest(bytes: [UInt8](repeating: 0, count: 32)) ?? Digest(of: "")

    /// An empty journal.
    init() {}

    /// Reads a journal.
    ///
    /// - Throws: ``RemediationError/journalAltered(path:line:)`` with the first line that is no record, does not have its
    ///   number, or does not fit the line before.
    init(_ bytes: [UInt8], path: String) throws(RemediationError) {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let line = Array(rest[..<end])
            guard let record = JournalRecord(line: line), record.number == records.count + 1,
                record.previous == head
            else { throw .journalAltered(path: path, line: records.count + 1) }
            records.append(record)
            head = Digest(of: line)
            rest = rest[(end + 1)...]
        }
        wholeBytes = bytes.count - rest.count
        tornBytes = rest.count
    }
}
