import AuditModel
import AuditPipeline
import Foundation

/// `record.json`: a review's record, written the one way that it is written.
enum ReviewRecordFile {
    /// Why bytes are no record.
    enum Failure: Error {
        /// Not JSON, not of this form, or with a value that cannot be.
        case unreadable(String)
        /// A record, but not written as this tool writes it.
        case notAsWritten
    }

    /// The file.
    static func bytes(of record: ReviewRecord) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(record), as: UTF8.self)
        return escaped(text) + [0x0A]
    }

    /// JSON of ASCII alone, so that nothing which settings or names hold can steer whoever looks at the file.
    private static func escaped(_ text: String) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count)
        for unit in text.utf16 {
            guard unit >= 0x7F else {
                output.append(UInt8(truncatingIfNeeded: unit))
                continue
            }
            let digits = String(unit, radix: 16)
            output += Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
        }
        return output
    }

    /// Reads the file.
    static func record(of bytes: [UInt8]) throws(Failure) -> ReviewRecord {
        guard !hasOddNumbers(bytes) else { throw .unreadable("it has a number that no record has") }
        let record: ReviewRecord
        do { record = try JSONDecoder().decode(ReviewRecord.self, from: Data(bytes)) } catch {
            throw .unreadable(sentence(error))
        }
        guard record.schema.isIdentical(to: ReviewRecord.currentSchema) else {
            throw .unreadable("it is of another form than \(ReviewRecord.currentSchema)")
        }
        guard let own = try? Self.bytes(of: record), own == bytes else { throw .notAsWritten }
        return record
    }

    private static func sentence(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "it is no JSON" }
        func place(_ path: [any CodingKey]) -> String {
            let names = path.map { $0.intValue.map(String.init) ?? $0.stringValue }
            return names.isEmpty ? "at its top" : "at \(names.joined(separator: "."))"
        }
        return switch error {
        case .keyNotFound(let key, let context): "\(place(context.codingPath)) there is no \(key.stringValue)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(place(context.codingPath)) is a value of another kind"
        case .dataCorrupted(let context): "\(place(context.codingPath)): \(context.debugDescription)"
        @unknown default: "it is no record"
        }
    }

    private static let daysLeft = Array("\"daysLeft\":".utf8)

    /// Whether a number outside of strings is negative (but for the days since a waiver ended), longer than counts ever are, or
    /// no integer: what is drawn and summed from it must not fail, whoever wrote the file.
    private static func hasOddNumbers(_ bytes: [UInt8]) -> Bool {
        var isInString = false
        var isEscaped = false
        var digits = 0
        for (place, byte) in bytes.enumerated() {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""):
                isInString = true
                digits = 0
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                if digits > 12 { return true }
            case UInt8(ascii: "-"):
                if !bytes[..<place].suffix(daysLeft.count).elementsEqual(daysLeft) { return true }
            case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
                if digits > 0 { return true }
            default: digits = 0
            }
        }
        return false
    }
}
