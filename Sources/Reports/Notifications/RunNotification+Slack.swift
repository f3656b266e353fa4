import AuditModel

extension RunNotification {
    /// The most characters of one text of a block, and the most blocks (docs.slack.dev, "Blocks").
    static let slackLimits = (text: 3000, blocks: 50)

    /// The most findings that one block lists.
    private static let slackListLimit = 10

    /// A message for an incoming webhook of Slack: a line for notifications, and blocks for readers.
    var slack: SettingValue {
        let title: SlackText =
            "*audit, \(report.run.environment.rawValue), \(report.day.description)*\(lateness)"
        var sections = [Self.lines(title, ["\(DigestSentence.text(for: report), limit: 1200)"], omitted: 0)]
        for event in events {
            switch event {
            case .new: sections.append(Self.section("New failures", newFailures))
            case .fixed: sections.append(Self.section("Fixed", fixed))
            case .incomplete: sections.append(incompleteSection)
            case .alive: sections.append("The run took place.")
            }
        }
        let footer: SlackText = "run \(report.run.id.short), exit status \(String(report.exitStatus.rawValue))"
        let fallback: SlackText =
            "audit, \(report.run.environment.rawValue), \(report.day.description)\(lateness): \(DigestSentence.text(for: report), limit: 2000)"
        let blocks =
            sections.map { section -> SettingValue in ["type": "section", "text": Self.markup(section)] } + [
                ["type": "context", "elements": [Self.markup(footer)]]
            ]
        return [
            "text": .string(fallback.text), "mrkdwn": false, "unfurl_links": false, "unfurl_media": false,
            "blocks": .array(Array(blocks.prefix(Self.slackLimits.blocks))),
        ]
    }

    private var lateness: SlackText {
        attempt > 1 ? " (late: attempt \(attempt))" : ""
    }

    private var incompleteSection: SlackText {
        let since: SlackText =
            standing.map { ", the same since \($0.day.description) (\($0.nights) nights)" } ?? ""
        var lines: [SlackText] = gaps.map { "• \($0.sentence)" }
        let captures = report.completeness.failures
        lines += captures.prefix(Self.slackListLimit).map { failed in
            "• \(failed.client.id.description) \(failed.group.rawValue): \(failed.failure.words)"
        }
        return Self.lines(
            "*Incomplete evidence*\(since)", lines, omitted: max(0, captures.count - Self.slackListLimit))
    }

    private static func section(_ title: SlackText, _ items: [Item]) -> SlackText {
        let lines = items.prefix(slackListLimit).map { item -> SlackText in
            let cause: SlackText = item.cause == .waiverEnded ? " (its waiver has ended)" : ""
            return
                "• \(item.severity?.rawValue ?? "no severity") \(item.ruleID), \(Words.label(item.client)): \(item.statement)\(cause)"
        }
        return Self.lines("*\(title): \(items.count)*", lines, omitted: items.count - lines.count)
    }

    /// A title and as many lines as one block holds; what is left out is counted.
    private static func lines(_ title: SlackText, _ lines: [SlackText], omitted: Int) -> SlackText {
        var text = title
        // Room for the line that counts what is left out.
        let room = slackLimits.text - 40
        var told = 0
        for line in lines {
            let longer: SlackText = "\(text)\n\(line)"
            guard longer.length <= room else { break }
            text = longer
            told += 1
        }
        let left = lines.count - told + omitted
        return left == 0 ? text : "\(text)\n• and \(left) more"
    }

    /// `verbatim`: nothing in it becomes a link or a mention by itself.
    private static func markup(_ text: SlackText) -> SettingValue {
        ["type": "mrkdwn", "text": .string(text.text), "verbatim": true]
    }
}
