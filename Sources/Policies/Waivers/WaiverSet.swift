public import AuditModel

/// The waivers of all waiver files. Made by ``WaiverLoader``.
public struct WaiverSet: Sendable {
    /// The waivers, by id.
    public let waivers: [Waiver]
    /// The files: from them ``WaiverLoader`` makes this very set again.
    public let canonicalSource: [(name: String, text: String)]

    let sources: [String: SourceText]

    init(waivers: [Waiver], canonicalSource: [(name: String, text: String)], sources: [String: SourceText]) {
        self.waivers = waivers.sorted { $0.id.precedesInUTF16($1.id) }
        self.canonicalSource = canonicalSource
        self.sources = sources
    }

    /// No waiver at all, from no file.
    public static let none = WaiverSet(waivers: [], canonicalSource: [], sources: [:])

    /// Whether a waiver that is in force on a day concerns a client.
    public func concerns(_ client: Client, on day: CalendarDay) -> Bool {
        waivers.contains { $0.isInForce(on: day) && $0.concerns(client) }
    }

    /// Whether a waiver that is in force on a day has a `while:`, so that settings are read for it.
    public func readsSettings(on day: CalendarDay) -> Bool {
        waivers.contains { $0.isInForce(on: day) && $0.condition != nil }
    }

    /// The waiver that lies over a rule's failure for a client on a day; nil where none does.
    ///
    /// Of several, the one that ends last, then the first by id. Whether there is a failure at all is for the caller to
    /// know: only a failure can be waived.
    /// - Parameter snapshot: gives the client's settings; called only where a `while:` must be read.
    public func waiver(
        over ruleID: String, of client: Client, on day: CalendarDay, snapshot: () throws -> Snapshot
    ) rethrows -> Waiver? {
        var chosen: Waiver?
        for waiver in waivers where waiver.isInForce(on: day) && waiver.covers(ruleID) && waiver.concerns(client) {
            if let chosen, chosen.expires >= waiver.expires { continue }
            if waiver.condition != nil, !waiver.isPinned(to: try snapshot()) { continue }
            chosen = waiver
        }
        return chosen
    }
}
