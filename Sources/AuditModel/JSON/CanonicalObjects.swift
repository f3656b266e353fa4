/// Compares objects as they are stored, byte by byte, so that only what differs has to be read.
public enum CanonicalObjects {
    /// Two objects with the members that are not the same in both, and perhaps some that are: what differs between the
    /// results differs between the texts, at the same paths, and nothing else does.
    ///
    /// - Returns: nil where one is no object, or not in its canonical form.
    public static func differing(_ left: [UInt8], _ right: [UInt8]) -> (left: [UInt8], right: [UInt8])? {
        left.withUnsafeBufferPointer { one in
            right.withUnsafeBufferPointer { other in differing(CanonicalCursor(one), CanonicalCursor(other)) }
        }
    }

    private struct Member {
        var key: Range<Int>
        var value: Range<Int>
    }

    private static func differing(
        _ one: CanonicalCursor, _ other: CanonicalCursor
    ) -> (left: [UInt8], right: [UInt8])? {
        guard let earlier = members(one), let later = members(other) else { return nil }
        var kept: (left: [Member], right: [Member]) = ([], [])
        // Both are sorted by key: as long as the keys are the same, they belong together.
        var place = 0
        while place < earlier.count, place < later.count, same(one, earlier[place].key, other, later[place].key) {
            if !same(one, earlier[place].value, other, later[place].value) {
                kept.left.append(earlier[place])
                kept.right.append(later[place])
            }
            place += 1
        }
        // From the first key on that one side lacks, all is kept.
        kept.left += earlier[place...]
        kept.right += later[place...]
        return (text(of: kept.left, one), text(of: kept.right, other))
    }

    private static func members(_ start: CanonicalCursor) -> [Member]? {
        var cursor = start
        guard cursor.take(UInt8(ascii: "{")) else { return nil }
        if cursor.take(UInt8(ascii: "}")) { return cursor.isAtEnd ? [] : nil }
        var members: [Member] = []
        members.reserveCapacity(24)
        repeat {
            guard let key = cursor.string(), cursor.take(UInt8(ascii: ":")), let value = cursor.value() else {
                return nil
            }
            members.append(Member(key: key, value: value))
        } while cursor.take(UInt8(ascii: ","))
        return cursor.take(UInt8(ascii: "}")) && cursor.isAtEnd ? members : nil
    }

    private static func same(
        _ one: CanonicalCursor, _ left: Range<Int>, _ other: CanonicalCursor, _ right: Range<Int>
    ) -> Bool {
        left.count == right.count && one.bytes[left].elementsEqual(other.bytes[right])
    }

    private static func text(of members: [Member], _ cursor: CanonicalCursor) -> [UInt8] {
        var text = [UInt8(ascii: "{")]
        for member in members {
            if text.count > 1 { text.append(UInt8(ascii: ",")) }
            // A key stands in quotes, and its value follows behind a colon.
            text.append(contentsOf: cursor.bytes[(member.key.lowerBound - 1)..<member.value.upperBound])
        }
        text.append(UInt8(ascii: "}"))
        return text
    }
}
