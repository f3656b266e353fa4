public import AuditModel

extension ZipArchive {
    /// The archive of some files, sorted by name; the same files and moment give the same bytes.
    ///
    /// - Parameter modified: the moment that every file is dated by, told in UTC, in steps of two seconds and within 1980
    ///   to 2107, as the format has it.
    /// - Throws: ``ZipError/invalidName(_:_:)``, ``ZipError/duplicateName(_:)``, ``ZipError/entryTooLarge(_:size:limit:)``,
    ///   ``ZipError/archiveTooLarge(limit:)``, ``ZipError/tooManyEntries(_:limit:)``.
    public static func bytes(
        of entries: [Entry], modified: Timestamp, limits: Limits = Limits()
    ) throws(ZipError) -> [UInt8] {
        guard entries.count <= limits.entries else {
            throw .tooManyEntries(entries.count, limit: limits.entries)
        }
        let sorted = entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        var names: Set<String> = []
        var size = endSize
        for entry in sorted {
            if let flaw = flaw(inName: entry.name) { throw .invalidName(entry.name, flaw) }
            guard names.insert(folded(entry.name)).inserted else { throw .duplicateName(entry.name) }
            guard entry.bytes.count <= limits.entryInBytes else {
                throw .entryTooLarge(entry.name, size: entry.bytes.count, limit: limits.entryInBytes)
            }
            size += localSize + centralSize + 2 * entry.name.utf8.count + entry.bytes.count
            guard size <= limits.archiveInBytes else { throw .archiveTooLarge(limit: limits.archiveInBytes) }
        }
        let moment = DOSMoment(modified)
        var output: [UInt8] = []
        output.reserveCapacity(size)
        var directory: [UInt8] = []
        for entry in sorted {
            let fields = Fields(
                flags: entry.name.utf8.allSatisfy { $0 < 0x80 } ? 0 : nameIsUTF8, moment: moment,
                checksum: CRC32.checksum(of: entry.bytes), size: UInt32(entry.bytes.count),
                nameLength: UInt16(entry.name.utf8.count))
            let offset = UInt32(output.count)
            append(localSignature, to: &output)
            fields.append(to: &output)
            output += entry.name.utf8
            output += entry.bytes

            append(centralSignature, to: &directory)
            // Made on Unix (3), by the rules of version 2.0: so that the mode of the files is told.
            append(UInt16(3) << 8 | 20, to: &directory)
            fields.append(to: &directory)
            append(UInt16(0), to: &directory)  // comment
            append(UInt16(0), to: &directory)  // disk
            append(UInt16(0), to: &directory)  // internal attributes
            append(UInt32(0o100600) << 16, to: &directory)
            append(offset, to: &directory)
            directory += entry.name.utf8
        }
        let start = UInt32(output.count)
        output += directory
        append(endSignature, to: &output)
        append(UInt32(0), to: &output)  // disks
        append(UInt16(sorted.count), to: &output)
        append(UInt16(sorted.count), to: &output)
        append(UInt32(directory.count), to: &output)
        append(start, to: &output)
        append(UInt16(0), to: &output)  // comment
        return output
    }

    /// What a file's two headers have in common, from the version on.
    struct Fields: Hashable {
        var flags: UInt16
        var moment: DOSMoment
        var checksum: UInt32
        var size: UInt32
        var nameLength: UInt16

        func append(to output: inout [UInt8]) {
            ZipArchive.append(UInt16(20), to: &output)  // version needed
            ZipArchive.append(flags, to: &output)
            ZipArchive.append(UInt16(0), to: &output)  // stored
            ZipArchive.append(moment.time, to: &output)
            ZipArchive.append(moment.date, to: &output)
            ZipArchive.append(checksum, to: &output)
            ZipArchive.append(size, to: &output)
            ZipArchive.append(size, to: &output)
            ZipArchive.append(nameLength, to: &output)
            ZipArchive.append(UInt16(0), to: &output)  // extra field
        }
    }

    static func append(_ number: some FixedWidthInteger, to output: inout [UInt8]) {
        withUnsafeBytes(of: number.littleEndian) { output += $0 }
    }
}

/// A moment as MS-DOS wrote it.
struct DOSMoment: Hashable {
    /// Hours, minutes, and seconds in steps of two.
    var time: UInt16
    /// Years since 1980, month, day.
    var date: UInt16

    init(time: UInt16, date: UInt16) {
        self.time = time
        self.date = date
    }

    /// A moment in UTC; the nearest that can be told where it cannot.
    init(_ moment: Timestamp) {
        let seconds = Int(moment.milliseconds >= 0 ? moment.milliseconds / 1000 : 0)
        let fields = CalendarDay(daysSince1970: seconds / 86_400).fields
        guard fields.year >= 1980 else {
            self.init(time: 0, date: 0 << 9 | 1 << 5 | 1)
            return
        }
        guard fields.year <= 2107 else {
            self.init(time: 23 << 11 | 59 << 5 | 29, date: 127 << 9 | 12 << 5 | 31)
            return
        }
        let inDay = seconds % 86_400
        self.init(
            time: UInt16((inDay / 3600) << 11 | (inDay / 60 % 60) << 5 | inDay % 60 / 2),
            date: UInt16((fields.year - 1980) << 9 | fields.month << 5 | fields.day))
    }
}
