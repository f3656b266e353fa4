import Emulator
import Foundation
import Testing

/// What every client of an emulator answers on one night, read over HTTP with sessions of the clients' own.
struct Bodies: Equatable {
    private(set) var replies: [Key: Answer] = [:]

    struct Key: Hashable, CustomStringConvertible {
        var client: Int
        var group: EmulatorGroup
        var description: String { "\(client) \(group.rawValue)" }
    }

    struct Answer: Equatable {
        var status: Int
        var text: String
    }

    init(from peer: Peer, sessions: [Int: String]) async throws {
        for (client, session) in sessions {
            for group in EmulatorGroup.allCases {
                let reply = try await peer.send("GET", "/configuration/clients/\(group.rawValue)", session: session)
                replies[Key(client: client, group: group)] = Answer(status: reply.status, text: reply.text)
            }
        }
    }

    /// One Sysadmin session a client.
    static func sessions(_ peer: Peer) async throws -> [Int: String] {
        var sessions: [Int: String] = [:]
        for (place, account) in peer.emulator.manifest.accounts.enumerated() {
            sessions[account.clientId] = try await peer.session(place: place)
        }
        return sessions
    }

    subscript(client: Int, group: EmulatorGroup) -> Answer? { replies[Key(client: client, group: group)] }

    /// The clients and groups that answer otherwise than in `other`.
    func differences(from other: Bodies) -> Set<Key> {
        Set(replies.keys.filter { replies[$0] != other.replies[$0] })
    }

    /// The JSON text, keys sorted, of what stands at the path of a planned change; `nil` where nothing does.
    func value(of change: PlannedChange) throws -> String? {
        let path = try #require(change.path)
        let group = try #require(change.group)
        let reply = try #require(self[change.clientID, group])
        var value: Any? = try JSONSerialization.jsonObject(with: Data(reply.text.utf8))
        for step in path.dropFirst(group.rawValue.count).matches(of: /\.(\w+)|\[(\w+)=([^\]]*)\]/) {
            if let key = step.1 {
                value = (value as? [String: Any])?[String(key)]
            } else if let key = step.2, let wanted = step.3 {
                value = (value as? [[String: Any]])?.first { "\($0[String(key)] ?? "")" == wanted }
            }
        }
        return try value.map(Self.canonical)
    }

    /// The same text for the same JSON value.
    static func canonical(_ value: Any) throws -> String {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .fragmentsAllowed]
        return String(decoding: try JSONSerialization.data(withJSONObject: value, options: options), as: UTF8.self)
    }

    static func canonical(text: String) throws -> String {
        try canonical(JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed))
    }
}
