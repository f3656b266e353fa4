import ArgumentParser
import AuditModel
import AuditPipeline

struct WhyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Why a verdict is what it is: since when, between which two runs it moved, and what moved it.",
        discussion: """
            FINDING is an id that reports print (F- and eight digits), or a client and a rule. The two runs between which the \
            verdict moved last are taken, and what it follows from is put from the later into the earlier one piece by piece: \
            settings, rule, waivers and their day, labels. What makes the verdict the later one, alone or together, is the \
            cause: setting, evidence (a group could not be read, or can be again), rule, waiver, waiver expired, waiver \
            came into force, client, time (the rule reads it), tool, or several. Nothing is fetched and nothing is stored.

            Exit status: 0 wherever it could be told, 2 where the finding, the client or the rule are unknown.

            Examples:
              audit why F-1a2b3c4d
              audit why 4202 SEC-LOCK-CCS-LIMIT
              audit why 4202 SEC-LOCK-CCS-LIMIT --until 2026-11-05 --format json
            """)

    @Argument(help: "A finding's id, or a client: its number, its code or environment/number.")
    var finding: String
    @Argument(help: "The rule, after a client.")
    var rule: String?
    @OptionGroup var common: CommonOptions
    @Option(help: "Tell it as of this day (YYYY-MM-DD) or run. Default: that of the last stored night.")
    var until: String?
    @Option(help: "text or json.")
    var format: WhyFormat = .text

    func run() throws {
        let trial = try Trial(
            Workspace(common, needsConfiguration: false),
            saidBy: [rule == nil ? .clientOrFinding(finding) : .client(finding)] + EnvironmentMention.runs(until))
        let nights = try trial.nights(since: nil, until: until)
        let story: VerdictStory
        if let rule {
            story = try trial.chronicle.verdictStory(of: rule, for: finding, over: nights)
        } else if Finding.isID(finding) {
            let subject = try trial.chronicle.subject(ofFinding: finding, in: nights)
            story = try trial.chronicle.verdictStory(
                of: subject.ruleID, for: subject.client.id.description, over: nights)
        } else {
            throw CommandEnd(
                .usage, "'\(finding)' is no finding's id (F- and eight digits); after a client write a rule, too.")
        }
        WhyPresentation(story: story, zone: trial.workspace.zone).show(as: format)
    }
}

/// How a story is printed.
enum WhyFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, json
}
