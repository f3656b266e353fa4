public import AuditModel

/// The state of a log in a few lines: whose it is, how many entries it has, and the root over them
/// (c2sp.org/tlog-checkpoint). Two checkpoints of one log and a proof of consistency show that nothing was rewritten.
///
/// Where the specification leaves a choice, this is strict: the root has 32 bytes, the text ends with a line feed, and
/// extension lines are not empty. Sizes go up to 2^64 − 1.
public struct Checkpoint: Sendable, Hashable {
    /// The log's own name, like a URL without a scheme; never empty.
    public var origin: String
    /// The number of entries.
    public var size: UInt64
    /// The Merkle root over them.
    public var root: Digest
    /// Further lines, whose meaning is the log's own business; none of them empty.
    public var extensions: [String]

    /// Joins the parts.
    ///
    /// - Throws: ``CheckpointError/invalidLine(number:)`` where the origin or an extension is empty or has a line feed or
    ///   another control character.
    public init(origin: String, size: UInt64, root: Digest, extensions: [String] = []) throws(CheckpointError) {
        self.origin = origin
        self.size = size
        self.root = root
        self.extensions = extensions
        for (number, line) in ([origin, "-", "-"] + extensions).enumerated()
        where line.isEmpty || line.utf8.contains(where: { $0 < 0x20 }) {
            throw .invalidLine(number: number + 1)
        }
    }

    /// Reads the text of a checkpoint, without signatures.
    ///
    /// - Throws: ``CheckpointError``.
    public init(text: [UInt8]) throws(CheckpointError) {
        guard text.last == 0x0A, String(validating: text, as: UTF8.self) != nil else { throw .notLines }
        let lines = text.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count >= 3 else { throw .tooFewLines(lines.count) }
        guard let size = Decimal.value(of: lines[1]) else { throw .invalidSize }
        guard let root = Base64.bytes(of: lines[2]).flatMap({ Digest(bytes: $0) }) else { throw .invalidRoot }
        try self.init(
            origin: String(decoding: lines[0], as: UTF8.self), size: size, root: root,
            extensions: lines.dropFirst(3).map { String(decoding: $0, as: UTF8.self) })
    }

    /// The text, as it is signed.
    public var text: String {
        ([origin, String(size), Base64.text(of: root.bytes)] + extensions).map { $0 + "\n" }.joined()
    }

    /// The signed checkpoint.
    ///
    /// The first key should have the name of the origin: verifiers look for that.
    public func signed(with keys: [SignerKey]) throws(NoteError) -> SignedNote {
        try SignedNote(signing: text, with: keys)
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.origin.isIdentical(to: right.origin) && left.size == right.size && left.root == right.root
            && left.extensions.elementsEqual(right.extensions) { $0.isIdentical(to: $1) }
    }
}

/// Why bytes are no checkpoint, or not the one that was expected.
public enum CheckpointError: Error, Sendable, Hashable {
    /// Not UTF-8, or the last line is not ended by a line feed.
    case notLines
    /// Less than the three lines of origin, size and root.
    case tooFewLines(Int)
    /// The second line is not a number from 0 to 2^64 − 1 in plain decimal digits.
    case invalidSize
    /// The third line is not the base64 of 32 bytes.
    case invalidRoot
    /// The line is empty or has a control character; counted from 1.
    case invalidLine(number: Int)
    /// The signed note cannot be read, or its signatures do not hold.
    case note(NoteError)
    /// Keys that are known have signed, but not the log's own.
    case logDidNotSign(KeyIdentity)
    /// A checkpoint of another log.
    case otherOrigin(expected: String, found: String)
    /// The log has fewer entries than the checkpoint that was held elsewhere: some at its end are gone.
    case truncated(held: UInt64, found: UInt64)
    /// The log's entries up to the size of the checkpoint that was held elsewhere are not those it was made of.
    case rewritten(size: UInt64, held: Digest, found: Digest)
}

/// Numbers as these formats write them.
enum Decimal {
    /// Plain digits of ASCII without sign and without leading zeros; nil for all else, and beyond 2^64 − 1.
    static func value(of text: some Collection<UInt8>) -> UInt64? {
        guard let first = text.first, first != UInt8(ascii: "0") || text.count == 1 else { return nil }
        var value: UInt64 = 0
        for byte in text {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowsToo) = product.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
            guard !overflows, !overflowsToo else { return nil }
            value = sum
        }
        return value
    }
}
