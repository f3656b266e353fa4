/// Text in Slack's markup ("mrkdwn") that is safe by construction: literals stand as they are, and what is interpolated
/// can be no link, no mention and no special command.
///
/// Slack reads `&`, `<` and `>` as markup, and nothing else has to be written otherwise (docs.slack.dev, "Formatting
/// message text"): `<!channel>`, `<@U1>` and `<https://…|text>` all begin with `<`. Others that take the same messages
/// (Mattermost, Rocket.Chat) notify everybody at a plain `@here`, so a word joiner goes behind that `@`.
struct SlackText: ExpressibleByStringInterpolation {
    private(set) var text: String

    init(stringLiteral value: String) { text = value }

    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    struct StringInterpolation: StringInterpolationProtocol {
        var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: String) { text += literal }
        mutating func appendInterpolation(_ untrusted: String, limit: Int = 300) {
            text += SlackText.escaped(RunNotification.cut(VisibleText.of(untrusted), to: limit))
        }
        mutating func appendInterpolation(_ number: Int) { text += Words.number(number) }
        mutating func appendInterpolation(_ other: SlackText) { text += other.text }
    }

    /// The length as Slack's limits count it, or a little more.
    var length: Int { text.utf16.count }

    private static let everybody = ["here", "channel", "everyone", "all"]

    private static func escaped(_ text: String) -> String {
        let entities = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        guard entities.contains("@") else { return entities }
        var pieces = entities.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        for index in pieces.indices.dropFirst() {
            let word = pieces[index].lowercased()
            if everybody.contains(where: word.hasPrefix) { pieces[index] = "\u{2060}" + pieces[index] }
        }
        return pieces.joined(separator: "@")
    }
}
