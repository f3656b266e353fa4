public import AuditModel
internal import Synchronization

/// The journal of one database, open for applying: held by one process at a time.
///
/// Each record is on the disk when ``append(_:of:at:)`` returns.
public final class RemediationJournal: Sendable {
    /// The file.
    public let path: String
    private let state: Mutex<State>

    private struct State {
        var text: JournalText
        var descriptor: Int32
        var lock: Int32
    }

    private init(path: String, text: JournalText, descriptor: Int32, lock: Int32) {
        self.path = path
        state = Mutex(State(text: text, descriptor: descriptor, lock: lock))
    }

    deinit {
        state.withLock { state in
            DurableFile.closeDescriptor(state.descriptor)
            DurableFile.closeDescriptor(state.lock)
        }
    }

    /// Takes the right to apply plans of a database, and opens its journal; a last line that a crash has cut off is dropped,
    /// which is recorded.
    ///
    /// - Parameters:
    ///   - holder: what others are told while it is held: command, process, host, since when.
    ///   - now: when it is.
    /// - Throws: ``RemediationError/busy(holder:)``, ``RemediationError/journalAltered(path:line:)``.
    public static func open(
        in folder: RemediationFolder, holder: String, now: Timestamp
    ) throws(RemediationError) -> RemediationJournal {
        let lock = try attempt { () throws(DurableFile.Failure) in
            try DurableFile.makeFolder(folder.path)
            return try DurableFile.openLocked(folder.lock)
        }
        guard let lock else {
            let words = try attempt { () throws(DurableFile.Failure) in try DurableFile.bytes(of: folder.lock) }
            throw .busy(holder: String(decoding: (words ?? []).prefix(1024), as: UTF8.self))
        }
        let journal: RemediationJournal
        do throws(RemediationError) {
            journal = try attempt { () throws(DurableFile.Failure) in
                try DurableFile.cut(lock, to: 0, path: folder.lock)
                try DurableFile.write(Array(holder.utf8), to: lock, path: folder.lock)
                return RemediationJournal(
                    path: folder.journal, text: JournalText(),
                    descriptor: try DurableFile.openForAppending(folder.journal), lock: lock)
            }
        } catch {
            DurableFile.closeDescriptor(lock)
            throw error
        }
        try journal.load(now: now)
        return journal
    }

    /// The records of a database's journal, held against each other; none where there is no journal.
    public static func records(in folder: RemediationFolder) throws(RemediationError) -> [JournalRecord] {
        let bytes = try attempt { () throws(DurableFile.Failure) in try DurableFile.bytes(of: folder.journal) }
        return try JournalText(bytes ?? [], path: folder.journal).records
    }

    /// All records.
    public var records: [JournalRecord] { state.withLock { $0.text.records } }
    /// The digest of the last record: whoever holds it can tell whether records were cut off the end.
    public var head: Digest { state.withLock { $0.text.head } }

    /// Adds a record, which is on the disk when this returns.
    public func append(_ event: JournalEvent, of plan: Digest?, at now: Timestamp) throws(RemediationError) {
        try state.withLock { state throws(RemediationError) in
            let record = JournalRecord(
                number: state.text.records.count + 1, previous: state.text.head, at: now, plan: plan, event: event)
            let line = record.line
            try attempt { () throws(DurableFile.Failure) in
                do throws(DurableFile.Failure) {
                    try DurableFile.write(line + [UInt8(ascii: "\n")], to: state.descriptor, path: path)
                    try DurableFile.sync(state.descriptor, path: path)
                } catch {
                    // Half a record must not stand before the next one; where this fails, too, the next opening mends it.
                    try? DurableFile.cut(state.descriptor, to: state.text.wholeBytes, path: path)
                    throw error
                }
            }
            state.text.records.append(record)
            state.text.head = Digest(of: line)
            state.text.wholeBytes += line.count + 1
        }
    }

    private func load(now: Timestamp) throws(RemediationError) {
        let dropped = try state.withLock { state throws(RemediationError) -> Int in
            let bytes = try attempt { () throws(DurableFile.Failure) in
                try DurableFile.bytes(of: state.descriptor, path: path)
            }
            state.text = try JournalText(bytes, path: path)
            let torn = state.text.tornBytes
            if torn > 0 {
                try attempt { () throws(DurableFile.Failure) in
                    try DurableFile.cut(state.descriptor, to: state.text.wholeBytes, path: path)
                }
                state.text.tornBytes = 0
            }
            return torn
        }
        if dropped > 0 { try append(.mended(droppedBytes: dropped), of: nil, at: now) }
    }
}
