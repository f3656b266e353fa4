import NIOCore

extension EmulatorFault {
    /// What can be wrong with a body. The rest of it is the client's own, so that nothing else differs.
    public enum Payload: Sendable, Equatable {
        /// The first half of the JSON, as the whole body.
        case truncated
        /// The page of a login or of a proxy.
        case html
        /// The platform's error shape.
        case error
        /// The same group of another client, by id.
        case client(Int)
        /// Followed by white space, up to so many bytes.
        case size(Int)
        /// Packed, and so many bytes when unpacked.
        case bomb(Int)
        /// The first key stands twice, with two values.
        case duplicateKey
        /// The first value is `NaN`, which no JSON has.
        case notANumber
        /// The first value is half a surrogate pair.
        case surrogate
        /// Every value is null.
        case nulls
        /// One value is null.
        case null(String)
        /// One key is left out.
        case omit(String)
        /// `{}`.
        case empty
        /// A key more than the vendor documents.
        case extra
        /// Every number as a text.
        case textNumbers
    }
}

extension EmulatorFault.Payload {
    /// The bytes of the other client's or of the own body, made wrong.
    ///
    /// - Parameter real: the body of a client, by id; `nil` is the one that was asked for.
    func answer(for real: (Int?) -> OrderedJSON?) -> Answer {
        var own: OrderedJSON { real(nil) ?? .object([]) }
        switch self {
        case .truncated:
            let bytes = own.bytes
            return Answer(status: 200, body: ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
        case .html:
            var answer = Answer(
                status: 200,
                body: ByteBuffer(
                    string: "<!DOCTYPE html>\n<html><head><title>Log in</title></head><body></body></html>\n"))
            answer.contentType = "text/html"
            return answer
        case .error: return .json(["code": .number(440), "message": "Invalid session."])
        case .client(let id): return .json(real(id) ?? .object([]))
        case .size(let count):
            var body = ByteBuffer(bytes: own.bytes)
            body.writeRepeatingByte(UInt8(ascii: " "), count: max(0, count - body.readableBytes))
            return Answer(status: 200, body: body)
        case .bomb(let count):
            var answer = Answer(status: 200, body: GzipBomb.bytes(unpackingTo: count))
            answer.contentEncoding = "gzip"
            return answer
        case .duplicateKey: return .json(own.withFirstMember { [$0, .init(key: $0.key, value: .null)] })
        case .notANumber: return .json(own.withFirstMember { [.init(key: $0.key, value: .raw("NaN"))] })
        case .surrogate: return .json(own.withFirstMember { [.init(key: $0.key, value: .raw(#""\ud800""#))] })
        case .nulls: return .json(own.mapMembers { [.init(key: $0.key, value: .null)] })
        case .null(let key): return .json(own.mapMembers { $0.key == key ? [.init(key: key, value: .null)] : [$0] })
        case .omit(let key): return .json(own.mapMembers { $0.key == key ? [] : [$0] })
        case .empty: return .json(.object([]))
        case .extra: return .json(own.withFirstMember { [$0, .init(key: "experimentalSetting", value: true)] })
        case .textNumbers: return .json(own.withTextNumbers)
        }
    }
}

extension OrderedJSON {
    /// With each member of the object replaced; of a list, in each of its objects.
    fileprivate func mapMembers(_ replaced: (Member) -> [Member]) -> OrderedJSON {
        switch self {
        case .object(let members): .object(members.flatMap(replaced))
        case .array(let elements): .array(elements.map { $0.mapMembers(replaced) })
        case .null, .bool, .number, .string, .raw: self
        }
    }

    /// With the first member of the object replaced; of a list, that of its first object.
    fileprivate func withFirstMember(_ replaced: (Member) -> [Member]) -> OrderedJSON {
        switch self {
        case .object(let members):
            .object((members.first.map(replaced) ?? []) + members.dropFirst())
        case .array(let elements):
            .array((elements.first.map { [$0.withFirstMember(replaced)] } ?? []) + elements.dropFirst())
        case .null, .bool, .number, .string, .raw: self
        }
    }

    fileprivate var withTextNumbers: OrderedJSON {
        switch self {
        case .number(let number): .string(String(number))
        case .object(let members): .object(members.map { .init(key: $0.key, value: $0.value.withTextNumbers) })
        case .array(let elements): .array(elements.map(\.withTextNumbers))
        case .null, .bool, .string, .raw: self
        }
    }
}

/// A small body that unpacks to a large one: deflate with fixed codes (RFC 1951), as a repetition of one space.
enum GzipBomb {
    static func bytes(unpackingTo count: Int) -> ByteBuffer {
        var writer = BitWriter()
        writer.write(0b011, count: 3)  // the last block, with fixed codes; a number's lowest bit comes first
        writer.code(0x30 + 0x20, length: 8)  // one space
        for _ in 0..<max(0, count / 258) {
            writer.code(0xC0 + 5, length: 8)  // 258 bytes
            writer.code(0, length: 5)  // from one byte back
        }
        writer.code(0, length: 7)
        // Check sum and length are wrong: nobody who reads that far needs them.
        return ByteBuffer(
            bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF] + writer.finished + [UInt8](repeating: 0, count: 8))
    }

    private struct BitWriter {
        private var bytes: [UInt8] = []
        private var pending: UInt64 = 0
        private var pendingCount = 0

        /// The lowest bits of a number, lowest first.
        mutating func write(_ value: UInt64, count: Int) {
            pending |= value << UInt64(pendingCount)
            pendingCount += count
            while pendingCount >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: pending))
                pending >>= 8
                pendingCount -= 8
            }
        }

        /// A Huffman code, which stands with its highest bit first.
        mutating func code(_ value: UInt64, length: Int) {
            var reversed: UInt64 = 0
            for bit in 0..<length where value >> UInt64(bit) & 1 == 1 { reversed |= 1 << UInt64(length - 1 - bit) }
            write(reversed, count: length)
        }

        var finished: [UInt8] { pendingCount > 0 ? bytes + [UInt8(truncatingIfNeeded: pending)] : bytes }
    }
}
