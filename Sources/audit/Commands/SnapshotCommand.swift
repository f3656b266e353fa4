import ArgumentParser
import AuditModel
import AuditPipeline
import Reports
import SnapshotStore

struct SnapshotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Lists and shows what is stored; writes it to files, takes it from files, and prunes it.",
        discussion: """
            Retention: 'prune' takes the rows of old nights in which nothing had changed, and keeps every change and every failure; \
            'hold' exempts a client from it until 'release'.

            Example: audit snapshot prune --keep-changes --older-than 400d --dry-run
            """,
        subcommands: [List.self, Show.self, Export.self, Import.self, Prune.self, Hold.self, Release.self, Holds.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the runs, newest last.",
            discussion: "Example: audit snapshot list --format csv")
        @OptionGroup var common: CommonOptions
        @Option(help: "text, json or csv.")
        var format: TableFormat = .text

        func run() throws {
            let workspace = try Workspace(common, needsConfiguration: false)
            let store = try workspace.openStore()
            let runs = try store.runs(in: workspace.namedEnvironment(in: store))
            let rows = runs.map { run -> [SettingValue] in
                [
                    .string(run.id.short), .string(run.environment.rawValue),
                    .string(workspace.zone.day(of: run.startedAt).description), .string(run.startedAt.rfc3339),
                    .string(run.kind.rawValue), .string(run.state.rawValue), .integer(Int64(run.clientCount)),
                    .string(run.policySet?.short ?? ""), .bool(run.isSynthetic),
                ]
            }
            Listing.print(
                columns: ["run", "environment", "day", "started", "kind", "state", "clients", "policies", "synthetic"],
                rows: rows, as: format)
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows one client's settings as they were captured.",
            discussion: """
                Pretty JSON with the five groups; a group that could not be read shows its failure. Hidden values stay hidden.

                Example: audit snapshot show 4199 --as-of 2026-11-01
                """)
        @Argument(help: "The client: its number, its code or environment/number.")
        var client: String
        @OptionGroup var common: CommonOptions
        @Option(name: .customLong("as-of"), help: "A date, a run id, 'latest' or 'previous'.", completion: .run)
        var asOf = "latest"
        @Option(help: "Only this group.", completion: .group)
        var group: String?

        func run() throws {
            let workspace = try Workspace(common, needsConfiguration: false)
            let store = try workspace.openStore()
            let environment = try workspace.environment(in: store, saidBy: [.client(client), .run(asOf)])
            let selection = try workspace.selection(asOf, of: environment, in: store)
            let snapshot = try StoredClient.named(client, in: selection, of: store)
            if let group {
                guard let one = SettingsGroup(rawValue: group) else {
                    throw CommandEnd(
                        .usage,
                        "--group \(group): the groups are \(SettingsGroup.allCases.map(\.rawValue).joined(separator: ", "))."
                    )
                }
                Console.result(MachineJSON.text(of: Self.value(of: snapshot.groups[one])))
                return
            }
            Console.result(MachineJSON.text(of: Self.value(of: snapshot, selection)))
        }

        private static func value(of snapshot: Snapshot, _ selection: RunSelection) -> SettingValue {
            var groups = SettingObject()
            for (group, content) in snapshot.groups.pairs { groups[group.rawValue] = value(of: content) }
            let client = snapshot.client
            return [
                "client": [
                    "environment": .string(client.id.environment.rawValue), "id": .integer(Int64(client.id.number)),
                    "code": .string(client.code), "name": .string(client.name),
                    "labels": .object(
                        SettingObject(client.labels.map { .init(key: $0.key, value: .string($0.value)) })),
                ],
                "run": [
                    "id": .string(selection.run.id.rawValue), "startedAt": .string(selection.run.startedAt.rfc3339),
                ],
                "groups": .object(groups),
            ]
        }

        private static func value(of content: GroupContent) -> SettingValue {
            switch content {
            case .document(let value, _): value
            case .failure(let failure):
                ["failure": ["reason": .string(failure.reason.rawValue), "detail": .string(failure.detail)]]
            case .notCollected(let reason): ["notCollected": .string(reason.rawValue)]
            }
        }
    }
}
