import LiveVoxAPI

/// A part of a login.
public enum LoginPart: String, CaseIterable, Sendable, Hashable {
    /// The user's name.
    case userName
    /// The password.
    case password
    /// The access token.
    case accessToken
}

extension ResolvedLogin {
    /// The parts whose values are the same in another login, wherever each of them is kept.
    ///
    /// Compared in a time that depends on lengths alone, so that nobody who can name a reference learns how much of a secret
    /// fits; the values are kept and printed nowhere.
    public func partsShared(with other: ResolvedLogin) -> [LoginPart] {
        let pairs: [(LoginPart, String, String)] = [
            (.userName, userName, other.userName), (.password, password.reveal(), other.password.reveal()),
            (.accessToken, accessToken.reveal(), other.accessToken.reveal()),
        ]
        return pairs.filter { Self.areSame(Array($0.1.utf8), Array($0.2.utf8)) }.map(\.0)
    }

    private static func areSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
