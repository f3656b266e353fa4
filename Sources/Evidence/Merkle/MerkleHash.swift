public import AuditModel

/// The hashes of a Merkle tree: RFC 6962 section 2.1 with SHA-256, the same as RFC 9162's.
///
/// A leaf and an inner node start with different bytes, so that neither can be passed off as the other.
public enum MerkleHash {
    /// The root of the tree without leaves: the hash of no bytes.
    public static let emptyTree = Digest(of: [])

    /// The hash of a leaf with this content.
    public static func leaf(_ content: [UInt8]) -> Digest {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.count + 1)
        bytes.append(leafPrefix)
        bytes.append(contentsOf: content)
        return Digest(of: bytes)
    }

    /// The hash of an inner node.
    public static func node(_ left: Digest, _ right: Digest) -> Digest {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(65)
        bytes.append(nodePrefix)
        left.append(to: &bytes)
        right.append(to: &bytes)
        return Digest(of: bytes)
    }

    /// The hash of an inner node whose children are given as bytes, 32 each in every tree that this tool makes.
    public static func node(_ left: [UInt8], _ right: [UInt8]) -> Digest {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(left.count + right.count + 1)
        bytes.append(nodePrefix)
        bytes.append(contentsOf: left)
        bytes.append(contentsOf: right)
        return Digest(of: bytes)
    }

    /// What stands before the content of a leaf when it is hashed.
    static let leafPrefix: UInt8 = 0x00
    /// What stands before the children of an inner node.
    private static let nodePrefix: UInt8 = 0x01
}
