import ArgumentParser
import AuditModel
import AuditPipeline
import Foundation
import Policies
import SnapshotStore

struct WaiverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waiver",
        abstract: "Lists and checks waivers: dated exceptions with an owner.",
        discussion: """
            A waiver file says which failures are accepted, for whom and until when:

              waivers:
                - id: W-2026-014
                  rules: [SEC-EXP-LIMIT, SEC-EXP-ON]
                  clients: [na3/4199]                # or scope: {line: care}
                  while: {internal.passwordExpirationDays: {atMost: 180, zero: satisfies}}   # optional
                  reason: Single sign-on; passwords are not used.
                  owner: it@example.com
                  approver: ciso@example.com
                  ticket: SEC-1182
                  from: 2026-10-01                   # first day, in the configured zone
                  expires: 2027-03-31                # last day, included

            It stands in policies/waivers.yaml, or where 'waivers:' in audit.yaml or --waivers says. A waived failure stays in \
            every report with its waiver; it does not count for the exit status. Only a failure can be waived.
            """,
        subcommands: [List.self, Check.self])

    /// Where the waivers are, and for which day they are told.
    struct Places: ParsableArguments {
        @Option(help: "The waiver file; overrides the configuration.", completion: .yamlFile)
        var waivers: String?
        @Option(help: "Tell it for this day (YYYY-MM-DD) rather than for today.")
        var today: String?

        /// The day.
        func day(_ workspace: Workspace) throws -> CalendarDay {
            guard let today else { return workspace.zone.day(of: try now(workspace)) }
            guard !workspace.hasNowOverride else {
                throw CommandEnd(.usage, "--now and --today both say which day it is; give one of them.")
            }
            guard let day = CalendarDay(today) else {
                throw CommandEnd(.usage, "--today \(today): write a date that exists, for example 2026-11-01.")
            }
            return day
        }

        /// The present; `--now` counts where the store has emulated data alone.
        private func now(_ workspace: Workspace) throws -> Timestamp {
            guard workspace.hasNowOverride else { return Workspace.clock() }
            let runs =
                FileManager.default.fileExists(atPath: workspace.database) ? try workspace.openStore().runs() : []
            guard !runs.isEmpty, runs.allSatisfy(\.isSynthetic) else {
                throw CommandEnd(
                    .usage,
                    "--now is accepted only for emulated data, and \(workspace.database) has "
                        + "\(runs.isEmpty ? "no runs" : "runs of a real platform"); --today YYYY-MM-DD tells waivers "
                        + "for another day.")
            }
            return try workspace.now(isSynthetic: true)
        }

        /// The file, read, with its mistakes told; nil where there is none.
        func loaded(_ workspace: Workspace) throws -> (file: PolicyFile, loaded: WaiverLoader.Loaded)? {
            guard let path = WaiverFiles.path(waivers, workspace.configuration) else { return nil }
            let file = try WaiverFiles.file(at: path)
            return (file, WaiverLoader.load([file]))
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The ledger: every waiver with its end, owner and approver, the next to end first.",
            discussion: "Example: audit waiver list --format csv")
        @OptionGroup var common: CommonOptions
        @OptionGroup var places: Places
        @Option(help: "text, json or csv.")
        var format: TableFormat = .text

        func run() throws {
            let workspace = try Workspace(common, needsConfiguration: false)
            let set = try WaiverFiles.load(places.waivers, workspace) ?? .none
            let day = try places.day(workspace)
            let waivers = set.waivers.sorted { ($0.expires, $0.id) < ($1.expires, $1.id) }
            let rows = waivers.map { waiver -> [SettingValue] in
                [
                    .string(waiver.id), .string(Self.state(of: waiver, on: day)), .string(waiver.from.description),
                    .string(waiver.expires.description), .integer(Int64(max(0, waiver.daysLeft(on: day)))),
                    .string(waiver.ruleIDs.joined(separator: ", ")), .string(waiver.subjectText),
                    .string(waiver.conditionText ?? ""), .string(waiver.owner ?? ""), .string(waiver.approver),
                    .string(waiver.ticket ?? ""), .string(waiver.reason),
                ]
            }
            Listing.print(
                columns: [
                    "waiver", "state", "from", "expires", "daysLeft", "rules", "clients", "while", "owner", "approver",
                    "ticket", "reason",
                ], rows: rows, as: format)
        }

        private static func state(of waiver: Waiver, on day: CalendarDay) -> String {
            if day < waiver.from { return "not yet" }
            let left = waiver.daysLeft(on: day)
            return left < 0 ? "ended" : left <= WaiverSet.warningDays ? "ends soon" : "in force"
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Finds waivers that ended, are unused, overlap, or name what is not there.",
            discussion: """
                Holds the waiver file against the policies, the roster and, where there is a database, the latest run of each \
                environment. Exit status 2 where the file has mistakes (a malformed date, a bare client number that several \
                environments have); 1 where a waiver has ended, lies over no failure, overlaps with another, or names an \
                unknown rule or client; 0 otherwise. A waiver that ends within 14 days is told, and gives no status.

                Example: audit waiver check --waivers policies/waivers.yaml
                """)
        @OptionGroup var common: CommonOptions
        @OptionGroup var places: Places
        @Option(
            name: .customLong("policies"), help: "A policy file or folder, repeatable; overrides the configuration.",
            completion: .yamlFile)
        var policies: [String] = []

        func run() throws {
            let workspace = try Workspace(common, needsConfiguration: false)
            guard let (file, loaded) = try places.loaded(workspace) else {
                Console.result("there is no waiver file, so nothing is waived\n")
                return
            }
            for diagnostic in loaded.diagnostics { Console.message(diagnostic.description) }
            guard let set = loaded.waiverSet else {
                let errors = loaded.diagnostics.filter { $0.severity == .error }.count
                throw CommandEnd(.usage, "\(count(errors, "mistake")) in \(file.name).")
            }
            let rules = try PolicyFiles.load(
                policies.isEmpty ? workspace.configuration?.policies ?? InstalledFiles.defaultPolicies : policies)
            let day = try places.day(workspace)
            let problems = try problems(of: set, rules, workspace, on: day).sorted { $0.diagnostic < $1.diagnostic }
            for problem in problems { Console.words(problem.diagnostic.description + "\n") }
            let findings = problems.filter(\.kind.isFinding).count
            Console.words(
                "\(count(set.waivers.count, "waiver")) in \(file.name) on \(day): "
                    + (findings == 0 ? "nothing to do" : count(findings, "finding"))
                    + (problems.count > findings ? ", \(problems.count - findings) ending soon" : "") + "\n")
            if problems.contains(where: \.kind.isError) {
                throw CommandEnd(.usage, "a client number is ambiguous; write environment/number.")
            }
            if findings > 0 { throw CommandEnd(.findings) }
        }

        private func problems(
            of set: WaiverSet, _ rules: PolicySet, _ workspace: Workspace, on day: CalendarDay
        ) throws -> [WaiverProblem] {
            let ruling = WaiversOnDay(set, on: day)
            var used: Set<String> = []
            var judged: [Client] = []
            if FileManager.default.fileExists(atPath: workspace.database) {
                let store = try workspace.openStore()
                let chronicle = Chronicle(store: store, zone: workspace.zone)
                for environment in try store.environments() {
                    guard let run = try store.runs(in: environment).last(where: { $0.state.isSealed }) else { continue }
                    used.formUnion(try chronicle.waiversUsed(in: run, judgedBy: rules, waivers: ruling))
                    judged += try store.roster(of: run.id)
                }
            }
            let configured = workspace.configuration?.clientsInService ?? []
            return set.problems(
                rules: Set(rules.facts.map(\.id)), clients: configured.isEmpty ? judged : configured, areAll: true,
                on: day) + set.unused(on: day, used: used, concerning: judged)
        }
    }
}
