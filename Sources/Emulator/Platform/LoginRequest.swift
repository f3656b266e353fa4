#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The body of a login or of a password change.
struct LoginRequest: Sendable, Decodable {
    var clientName: String
    var userName: String
    var password: String
    var newPassword: String?
    var agent: Bool

    /// `nil` where the bytes are not JSON, or a mandatory key is missing, blank or no string.
    init?(bytes: [UInt8]) {
        guard let request = try? JSONDecoder().decode(LoginRequest.self, from: Data(bytes)),
            ![request.clientName, request.userName, request.password].contains(where: \.isBlank)
        else { return nil }
        self = request
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        clientName = try container.decode(String.self, forKey: .clientName)
        userName = try container.decode(String.self, forKey: .userName)
        password = try container.decode(String.self, forKey: .password)
        newPassword = try container.decodeIfPresent(String.self, forKey: .newPassword)
        // One public script sends the text "false". `isAgent`, which one client's last revision sends, is ignored.
        if let text = try? container.decode(String.self, forKey: .agent) {
            guard let flag = Bool(text) else {
                throw DecodingError.dataCorruptedError(forKey: .agent, in: container, debugDescription: text)
            }
            agent = flag
        } else {
            agent = try container.decodeIfPresent(Bool.self, forKey: .agent) ?? false
        }
    }

    private enum CodingKeys: String, CodingKey { case clientName, userName, password, newPassword, agent }
}

extension String {
    /// Empty, or white space only.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
