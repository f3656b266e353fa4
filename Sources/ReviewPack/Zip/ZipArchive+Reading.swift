extension ZipArchive {
    /// The files of an archive, in its order.
    ///
    /// Strict, since an archive comes from strangers: entries lie one behind another without a gap or an overlap, both headers
    /// of each say the same, no name leads elsewhere or comes twice, and nothing is packed, so that no small archive becomes a
    /// large one. A wrong checksum is told by ``Entry/isIntact``, not thrown.
    /// - Throws: ``ZipError``.
    public static func entries(of archive: [UInt8], limits: Limits = Limits()) throws(ZipError) -> [Entry] {
        guard archive.count <= limits.archiveInBytes else { throw .archiveTooLarge(limit: limits.archiveInBytes) }
        let end = try end(of: archive)
        guard end.count <= limits.entries else { throw .tooManyEntries(end.count, limit: limits.entries) }
        var reader = ZipReader(archive, at: end.directory)
        var entries: [Entry] = []
        var names: Set<String> = []
        var position = 0
        for _ in 0..<end.count {
            let record = try centralRecord(&reader, upTo: end.position, limits)
            guard names.insert(folded(record.name)).inserted else { throw .duplicateName(record.name) }
            // The place is that of the file before and no other: a record may not point into another file's content.
            guard record.offset == position else { throw .notInOrder(record.name) }
            let content = try content(of: record, in: archive, upTo: end.directory)
            position = content.endIndex
            entries.append(
                Entry(
                    name: record.name, bytes: Array(content),
                    isIntact: CRC32.checksum(of: content) == record.fields.checksum))
        }
        guard position == end.directory, reader.position == end.position else { throw .bytesBetween }
        return entries
    }

    private struct End {
        var position: Int
        var count: Int
        var directory: Int
    }

    /// The record that the archive ends with. It says where everything is.
    private static func end(of archive: [UInt8]) throws(ZipError) -> End {
        let position = archive.count - endSize
        guard position >= 0 else { throw startsAsArchive(archive) ? .noEnd : .notAnArchive }
        var reader = ZipReader(archive, at: position)
        guard try reader.read(UInt32.self) == endSignature else {
            throw startsAsArchive(archive) ? .noEnd : .notAnArchive
        }
        guard try reader.read(UInt32.self) == 0 else { throw .severalDisks }
        let count = try reader.read(UInt16.self)
        guard try reader.read(UInt16.self) == count else { throw .severalDisks }
        let size = try reader.read(UInt32.self)
        let directory = try reader.read(UInt32.self)
        guard try reader.read(UInt16.self) == 0 else { throw .noEnd }
        guard count != .max, size != .max, directory != .max else { throw .zip64 }
        guard Int(directory) + Int(size) == position else { throw .bytesBetween }
        return End(position: position, count: Int(count), directory: Int(directory))
    }

    private static func startsAsArchive(_ archive: [UInt8]) -> Bool { archive.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

    private struct Record {
        var name: String
        var fields: Fields
        var offset: Int
    }

    private static func centralRecord(
        _ reader: inout ZipReader, upTo end: Int, _ limits: Limits
    ) throws(ZipError) -> Record {
        guard reader.position + centralSize <= end, try reader.read(UInt32.self) == centralSignature else {
            throw .damagedDirectory
        }
        let madeBy = try reader.read(UInt16.self)
        let header = try header(&reader)
        let comment = try reader.read(UInt16.self)
        let disk = try reader.read(UInt16.self)
        _ = try reader.read(UInt16.self)  // internal attributes: text or not
        let attributes = try reader.read(UInt32.self)
        let offset = try reader.read(UInt32.self)
        guard reader.position + Int(header.fields.nameLength) <= end else { throw .damagedDirectory }
        let name = try name(&reader, header.fields)
        try check(header, of: name, limits)
        guard disk == 0 else { throw .severalDisks }
        guard comment == 0 else { throw .extraField(name) }
        // On Unix the upper half is the mode; a link would be followed when it is unpacked.
        let type = attributes >> 28
        if madeBy >> 8 == 3, type != 0, type != 0o10 { throw .notAFile(name) }
        return Record(name: name, fields: header.fields, offset: Int(offset))
    }

    private struct Header: Hashable {
        var fields: Fields
        var method: UInt16
        var packedSize: UInt32
        var extra: UInt16
    }

    private static func header(_ reader: inout ZipReader) throws(ZipError) -> Header {
        _ = try reader.read(UInt16.self)  // version needed
        let flags = try reader.read(UInt16.self)
        let method = try reader.read(UInt16.self)
        let time = try reader.read(UInt16.self)
        let date = try reader.read(UInt16.self)
        let checksum = try reader.read(UInt32.self)
        let packedSize = try reader.read(UInt32.self)
        let size = try reader.read(UInt32.self)
        let nameLength = try reader.read(UInt16.self)
        let extra = try reader.read(UInt16.self)
        return Header(
            fields: Fields(
                flags: flags, moment: DOSMoment(time: time, date: date), checksum: checksum, size: size,
                nameLength: nameLength),
            method: method, packedSize: packedSize, extra: extra)
    }

    private static func check(_ header: Header, of name: String, _ limits: Limits) throws(ZipError) {
        if header.fields.flags & 1 == 1 { throw .encrypted(name) }
        if header.method != 0 { throw .compressed(name) }
        guard header.fields.flags & ~nameIsUTF8 == 0 else { throw .unknownFlags(name) }
        guard header.fields.size != .max else { throw .zip64 }
        guard header.packedSize == header.fields.size else { throw .headersDiffer(name) }
        guard Int(header.fields.size) <= limits.entryInBytes else {
            throw .entryTooLarge(name, size: Int(header.fields.size), limit: limits.entryInBytes)
        }
        guard header.extra == 0 else { throw .extraField(name) }
    }

    private static func name(_ reader: inout ZipReader, _ fields: Fields) throws(ZipError) -> String {
        let bytes = try reader.bytes(Int(fields.nameLength))
        let isASCII = bytes.allSatisfy { $0 < 0x80 }
        guard isASCII || fields.flags & nameIsUTF8 != 0, let name = String(validating: bytes, as: UTF8.self) else {
            throw .nameNotUTF8
        }
        if let flaw = flaw(inName: name) { throw .invalidName(name, flaw) }
        return name
    }

    private static func content(
        of record: Record, in archive: [UInt8], upTo end: Int
    ) throws(ZipError) -> ArraySlice<UInt8> {
        guard record.offset + localSize + Int(record.fields.nameLength) + Int(record.fields.size) <= end else {
            throw .notInOrder(record.name)
        }
        var reader = ZipReader(archive, at: record.offset)
        guard try reader.read(UInt32.self) == localSignature else { throw .headersDiffer(record.name) }
        let header = try header(&reader)
        guard header.fields == record.fields, header.method == 0, header.packedSize == header.fields.size,
            header.extra == 0, try reader.bytes(Int(header.fields.nameLength)).elementsEqual(record.name.utf8)
        else { throw .headersDiffer(record.name) }
        return try reader.bytes(Int(header.fields.size))
    }
}

/// Reads numbers and bytes one after another, and never beyond the end.
private struct ZipReader {
    private let bytes: [UInt8]
    private(set) var position: Int

    init(_ bytes: [UInt8], at position: Int) {
        self.bytes = bytes
        self.position = position
    }

    mutating func read<Number: FixedWidthInteger & UnsignedInteger>(_ type: Number.Type) throws(ZipError) -> Number {
        let width = Number.bitWidth / 8
        var number: Number = 0
        for (place, byte) in try bytes(width).enumerated() { number |= Number(byte) << (8 * place) }
        return number
    }

    mutating func bytes(_ count: Int) throws(ZipError) -> ArraySlice<UInt8> {
        guard count <= bytes.count - position else { throw .damagedDirectory }
        defer { position += count }
        return bytes[position..<position + count]
    }
}
