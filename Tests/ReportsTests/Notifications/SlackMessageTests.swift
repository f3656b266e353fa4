import AuditModel
import AuditTestSupport
import Testing

@testable import Reports

struct SlackMessageTests {
    /// What Slack, or what takes the same, would act on in settings' strings.
    private static let mentions = [
        "<!channel>", "<!here|here>", "<@U024BE7LH>", "<#C024BE7LR>", "<!subteam^S1>", "<https://evil.example|click>",
        "<mailto:a@b>", "@here", "@channel now", "x@all", "@Everyone", "&lt;!channel&gt;", "a & b < c > d",
    ]

    private func value(_ report: AuditReport) throws -> SettingValue {
        let events = RunNotification.events(of: report, among: RunNotification.Event.allCases)
        return try JSONReader.value(of: RunNotification(report: report, events: events).body(as: .slack))
    }

    /// All texts of a message that Slack reads as markup.
    private func texts(_ value: SettingValue) -> [String] {
        switch value {
        case .object(let object):
            object.members.flatMap { member -> [String] in
                if member.key == "text", case .string(let text) = member.value { return [text] }
                return texts(member.value)
            }
        case .array(let elements): elements.flatMap(texts)
        case .null, .bool, .integer, .number, .string: []
        }
    }

    @Test func `a night's message is a line, a section for each event, and a footer`() throws {
        let value = try value(SampleReports.night)
        let fallback = try #require(value["text"]?.stringValue)
        #expect(fallback.hasPrefix("audit, na3, 2026-11-01: 24 of 25 clients collected; "))
        let blocks = try #require(value["blocks"]?.arrayValue)
        #expect(blocks.map { $0["type"] } == ["section", "section", "section", "section", "context"])
        let texts = texts(.array(blocks))
        #expect(texts[0].hasPrefix("*audit, na3, 2026-11-01*\n24 of 25 clients"))
        #expect(texts[1].hasPrefix("*New failures: 4*\n• "))
        #expect(texts[1].contains("PAX"), "its waiver has ended")
        #expect(texts[1].contains("(its waiver has ended)"))
        #expect(texts[2].hasPrefix("*Fixed: 2*\n• "))
        #expect(texts[3].contains("• na3/4128 internal: HTTP 403, forbidden: the user 'auditor' lacks the role"))
        #expect(texts[4].hasPrefix("run "))
    }

    @Test(arguments: mentions) func `no string of a run is a mention, a command or a link`(hostile: String) throws {
        let texts = texts(try value(HostileReports.shortNight(hostile)))
        #expect(texts.count == 6)
        for text in texts {
            #expect(!text.contains("<") && !text.contains(">"))
            let entities = ["&amp;", "&lt;", "&gt;"]
            let rest = entities.reduce(text) { $0.replacing($1, with: "") }
            #expect(!rest.contains("&"), "\(rest)")
            for word in ["here", "channel", "all", "everyone"] { #expect(!text.lowercased().contains("@" + word)) }
        }
    }

    @Test func `the texts mean what the run says`() throws {
        var report = SampleReports.night
        report.failures[0].result.message = "a & b < c > d, mail x@example.com"
        let texts = texts(try value(report))
        #expect(texts.contains { $0.contains("a &amp; b &lt; c &gt; d, mail x@example.com") })
    }

    @Test func `every text and the number of blocks stay within Slack's limits`() throws {
        for hostile in HostileReports.strings + [String(repeating: "<&>", count: 4000)] {
            var report = HostileReports.night(hostile)
            report.conditions += (0..<200).map { ExitCondition(.incomplete, "\($0) \(hostile)") }
            report.failures += report.failures + report.failures
            let value = try value(report)
            let blocks = try #require(value["blocks"]?.arrayValue)
            #expect(blocks.count <= 50)
            for text in texts(value) {
                #expect(!text.isEmpty && text.utf16.count <= 3000, "\(text.utf16.count)")
                // No entity is cut in the middle.
                let tail = text.suffix(4)
                #expect(!tail.contains("&") || tail.contains(";"))
            }
        }
    }

    @Test func `no block makes links or mentions by itself`() throws {
        let value = try value(SampleReports.night)
        func markups(_ value: SettingValue) -> [SettingValue] {
            let own: [SettingValue] = value["type"] == "mrkdwn" ? [value] : []
            return own + (value.objectValue?.members.flatMap { markups($0.value) } ?? [])
                + (value.arrayValue?.flatMap(markups) ?? [])
        }
        let found = markups(value)
        #expect(found.count == 5)
        #expect(found.allSatisfy { $0["verbatim"] == true })
        #expect(value["mrkdwn"] == false && value["unfurl_links"] == false && value["unfurl_media"] == false)
    }

    @Test func `what is late says so`() throws {
        let message = RunNotification(report: SampleReports.night, events: [.new], attempt: 2)
        let text = try JSONReader.value(of: message.body(as: .slack))["text"]?.stringValue
        #expect(text?.contains("(late: attempt 2)") == true)
    }
}
