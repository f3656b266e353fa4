/// CSV read as RFC 4180 has it: what a spreadsheet sees.
public struct CSVRecords {
    /// It is no CSV, or its records have different numbers of fields.
    public struct Malformed: Error {}

    /// Each record but the first, by the names in the first.
    public private(set) var rows: [[String: String]] = []

    /// Reads a document.
    public init(_ bytes: [UInt8]) throws {
        var records: [[[UInt8]]] = []
        var record: [[UInt8]] = []
        var field: [UInt8] = []
        var isQuoted = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch (byte, isQuoted) {
            case (UInt8(ascii: "\""), true) where index + 1 < bytes.count && bytes[index + 1] == byte:
                field.append(byte)
                index += 1
            case (UInt8(ascii: "\""), true): isQuoted = false
            case (UInt8(ascii: "\""), false):
                guard field.isEmpty else { throw Malformed() }
                isQuoted = true
            case (UInt8(ascii: ","), false):
                record.append(field)
                field = []
            case (0x0D, false):
                guard index + 1 < bytes.count, bytes[index + 1] == 0x0A else { throw Malformed() }
                records.append(record + [field])
                (record, field) = ([], [])
                index += 1
            default: field.append(byte)
            }
            index += 1
        }
        guard !isQuoted, record.isEmpty, field.isEmpty, let head = records.first else { throw Malformed() }
        let names = head.map { String(decoding: $0, as: UTF8.self) }
        for record in records.dropFirst() {
            guard record.count == names.count else { throw Malformed() }
            rows.append(
                Dictionary(zip(names, record.map { String(decoding: $0, as: UTF8.self) }), uniquingKeysWith: { $1 }))
        }
    }
}
