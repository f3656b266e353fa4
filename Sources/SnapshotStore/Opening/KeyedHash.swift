internal import AuditModel
internal import struct Crypto.SHA256

/// HMAC-SHA256 (RFC 2104) that has taken its key in, and perhaps the beginning of its text.
///
/// Written over SHA-256 rather than with the package's `HMAC`, which is generic and not specialised across modules: on
/// bodies of some hundred bytes, which most are, that took about three times as long. A test holds it to the codes of
/// RFC 4231.
struct KeyedHash: Sendable {
    private var inner: SHA256
    private var outer: SHA256

    /// - Parameter key: At most 64 bytes, the block of SHA-256; longer ones would have to be hashed first.
    init(key: [UInt8]) {
        precondition(key.count <= SHA256.blockByteCount, "a store's key has 32 bytes")
        let padded = key + Array(repeating: 0, count: SHA256.blockByteCount - key.count)
        inner = SHA256()
        outer = SHA256()
        Self.add(padded.map { $0 ^ 0x36 }, to: &inner)
        Self.add(padded.map { $0 ^ 0x5C }, to: &outer)
    }

    /// The same after some text more.
    func followed(by text: String) -> KeyedHash {
        var copy = self
        Self.add(Array(text.utf8), to: &copy.inner)
        return copy
    }

    /// The code of what was taken in, and these bytes.
    func digest(of bytes: [UInt8]) -> Digest {
        bytes.withUnsafeBytes { digest(of: $0, after: "") }
    }

    /// The code of what was taken in, a text and some bytes.
    func digest(of bytes: UnsafeRawBufferPointer, after text: String) -> Digest {
        var inner = inner
        var text = text
        text.withUTF8 { inner.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        inner.update(bufferPointer: bytes)
        var outer = outer
        inner.finalize().withUnsafeBytes { outer.update(bufferPointer: $0) }
        // SHA-256 gives 32 bytes, so there always is a digest of them.
        return outer.finalize().withUnsafeBytes { Digest(bytes: $0) ?? Digest(of: Array($0)) }
    }

    private static func add(_ bytes: [UInt8], to hash: inout SHA256) {
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
}
