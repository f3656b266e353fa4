/// Why a collection could not even begin.
public enum CollectorError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file of additional trust roots holds no certificate that can be read.
    case unusableTrustRoots(path: String)

    /// One sentence.
    public var description: String {
        switch self {
        case .unusableTrustRoots(let path):
            "the trust file '\(path)' holds no PEM certificate that can be read; check its path and content"
        }
    }
}
