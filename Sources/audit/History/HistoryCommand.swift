import ArgumentParser
import AuditModel
import AuditPipeline

struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "When the settings of one client changed, which verdicts moved, and for how long rules failed.",
        discussion: """
            Tells each value with the interval in which it became the next: after the last capture that had the old value, \
            before the first that had the new one. A night in which the group could not be read widens the interval and is \
            listed. Who changed it is not assessed: the API does not say. Verdicts are those that each run recorded; waivers \
            are not laid over. A hidden value shows as hidden, and a change of it shows. Nothing is fetched.

            PATH is a setting or all below a path; without one every setting that ever changed is told.

            Exit status: 0 wherever it could be told, 2 where the client, the path or the days are unknown.

            Examples:
              audit history 4199
              audit history 4199 internal.maxFailedCcsLoginAttempts --since 2026-08-01
              audit history ACME --group internal --format json
              audit history F-1a2b3c4d
            """)

    @Argument(
        help: "The client: its number, its code or environment/number; or a finding's id, for what its rule reads.")
    var client: String
    @Argument(help: "A setting, or a path above settings, for example internal.passwordExpirationDays.")
    var path: String?
    @OptionGroup var common: CommonOptions
    @Option(
        help: "Only this group: internal, settings, messaging, voicePool or countries; repeatable.", completion: .group)
    var group: [String] = []
    @Option(help: "The first day (YYYY-MM-DD) or run. Default: that of the first stored night.")
    var since: String?
    @Option(help: "The last day (YYYY-MM-DD) or run. Default: that of the last stored night.")
    var until: String?
    @Option(help: "text, json or csv.")
    var format: TableFormat = .text

    func run() throws {
        var filter = DiffFilter(
            groups: try DiffArguments.groups(group),
            paths: try DiffArguments.paths(path.map { [$0] } ?? [], option: "PATH"))
        let trial = try Trial(
            Workspace(common, needsConfiguration: false),
            saidBy: [.clientOrFinding(client)] + EnvironmentMention.runs(since, until))
        let nights = try trial.nights(since: since, until: until)
        var client = client
        let asked = filter.paths
        if Finding.isID(client) {
            let subject = try trial.chronicle.subject(ofFinding: client, in: nights)
            client = subject.client.id.description
            if filter.paths.isEmpty, filter.groups.isEmpty {
                filter.paths = try trial.chronicle.paths(readBy: subject.ruleID, in: nights)
            }
        }
        try trial.chronicle.requireKnown(asked, ofClient: client, in: nights)
        let report = try trial.chronicle.history(of: client, over: nights, filter: filter)
        HistoryPresentation(report: report, zone: trial.workspace.zone).show(as: format)
    }
}
