internal import AuditModel

/// Five pairs of moments in as few bytes as they need.
///
/// First a byte with one bit for each group that has times (1 for `internal`, 2, 4, 8, 16 for `countries`); then for each
/// of these groups, in that order, two variable-length integers (LEB128) in zigzag form: the milliseconds from the
/// request of the group before (from the start of the run for the first), and those from request to answer. A clock that
/// goes backwards gives negative ones, which are kept.
enum TimesCode {
    /// The bytes of the times of a run that started at `start`.
    static func bytes(of times: PerGroup<CaptureTimes?>, since start: Timestamp) -> [UInt8] {
        var bytes: [UInt8] = [0]
        bytes.reserveCapacity(24)
        var reference = start.milliseconds
        for group in SettingsGroup.allCases {
            guard let times = times[group] else { continue }
            bytes[0] |= bit(of: group)
            append(times.requestedAt.milliseconds &- reference, to: &bytes)
            append(times.answeredAt.milliseconds &- times.requestedAt.milliseconds, to: &bytes)
            reference = times.requestedAt.milliseconds
        }
        return bytes
    }

    /// The times of some bytes. What ``bytes(of:since:)`` would not write is refused, so that one night has one form.
    static func times(of bytes: UnsafeRawBufferPointer, since start: Timestamp) throws -> PerGroup<CaptureTimes?> {
        guard let mask = bytes.first else { throw StoreError.inconsistent("a night has no times") }
        guard mask < 1 << SettingsGroup.allCases.count else {
            throw StoreError.inconsistent("a night has times of a group that does not exist")
        }
        var position = 1
        var reference = start.milliseconds
        let times = try PerGroup<CaptureTimes?> { group in
            guard mask & bit(of: group) != 0 else { return nil }
            let requested = reference &+ (try integer(in: bytes, at: &position))
            let answered = requested &+ (try integer(in: bytes, at: &position))
            reference = requested
            return CaptureTimes(
                requestedAt: Timestamp(milliseconds: requested), answeredAt: Timestamp(milliseconds: answered))
        }
        guard position == bytes.count else { throw StoreError.inconsistent("a night's times are too long") }
        return times
    }

    private static func bit(of group: SettingsGroup) -> UInt8 { 1 << (GroupCode.code(of: group) - 1) }

    private static func append(_ value: Int64, to bytes: inout [UInt8]) {
        var rest = UInt64(bitPattern: value << 1 ^ value >> 63)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func integer(in bytes: UnsafeRawBufferPointer, at position: inout Int) throws -> Int64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            guard position < bytes.count, shift < 64 else {
                throw StoreError.inconsistent("a night's times end too early")
            }
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 {
                guard byte != 0 || shift == 0, shift < 63 || byte <= 1 else {
                    throw StoreError.inconsistent("a night's times are written in no canonical form")
                }
                break
            }
            shift += 7
        }
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }
}
