import ArgumentParser
import AuditModel
import AuditPipeline
import Foundation
import SnapshotStore

extension SnapshotCommand {
    /// `audit snapshot hold`.
    struct Hold: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Puts a client on legal hold: none of its rows is pruned until it is released.",
            discussion: """
                The reason, the user and the moment are kept for good; a release is a second row beside it. What was pruned before \
                the hold is not brought back.

                Example: audit snapshot hold 4199 --reason "Case 2026-17, letter of 3 November"
                """)
        @Argument(help: "The client: its number, its code or environment/number.")
        var client: String
        @Option(help: "Why; kept, and told wherever holds are.")
        var reason: String
        @OptionGroup var common: CommonOptions

        func run() throws {
            let hold = try HoldNote(client: client, action: .hold, reason: reason, common: common).write()
            Console.message(
                "\(hold.client) is on hold: nothing of it is pruned until 'audit snapshot release \(hold.client) --reason WHY'."
            )
        }
    }

    /// `audit snapshot release`.
    struct Release: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Releases a client from legal hold.",
            discussion: "Example: audit snapshot release 4199 --reason \"Case 2026-17 is closed\"")
        @Argument(help: "The client: its number, its code or environment/number.")
        var client: String
        @Option(help: "Why; kept, and told by 'holds --all'.")
        var reason: String
        @OptionGroup var common: CommonOptions

        func run() throws {
            let hold = try HoldNote(client: client, action: .release, reason: reason, common: common).write()
            Console.message(
                "\(hold.client) is released; the next 'audit snapshot prune' treats it as any other client.")
        }
    }

    /// `audit snapshot holds`.
    struct Holds: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists the clients on legal hold; with --all, every hold and release ever noted.",
            discussion: "Example: audit snapshot holds --all --format csv")
        @Flag(help: "Also what was released.")
        var all = false
        @Option(help: "text, json or csv.")
        var format: TableFormat = .text
        @OptionGroup var common: CommonOptions

        func run() throws {
            let workspace = try Workspace(common, needsConfiguration: false)
            let store = try workspace.openStore()
            let environment = try workspace.namedEnvironment(in: store)
            let holds = try (all ? store.legalHolds() : store.heldClients()).filter {
                environment == nil || $0.client.environment == environment
            }
            if holds.isEmpty, format == .text {
                return Console.result(all ? "No client was ever on hold.\n" : "No client is on hold.\n")
            }
            Listing.print(columns: HoldPresentation.columns, rows: holds.map(HoldPresentation.row), as: format)
        }
    }
}

/// Notes a hold or a release, as the user who runs the command.
private struct HoldNote {
    var client: String
    var action: LegalHold.Action
    var reason: String
    var common: CommonOptions

    func write() throws -> LegalHold {
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw CommandEnd(.usage, "--reason is empty: write why, so that nobody need ask later.")
        }
        let workspace = try Workspace(common, needsConfiguration: false)
        let store = try workspace.openStore(.readWrite)
        let environment = try workspace.environment(in: store, saidBy: [.client(client)])
        let found = try Chronicle(store: store, zone: workspace.zone).client(client, everIn: environment.name)
        let hold = LegalHold(
            client: found.id, action: action, reason: reason, notedBy: ProcessInfo.processInfo.userName,
            notedAt: try workspace.now(isSynthetic: environment.isSynthetic))
        try store.note(hold)
        try store.close()
        return hold
    }
}

/// Holds and releases as lists tell them.
enum HoldPresentation {
    static let columns = ["client", "action", "at", "by", "reason"]

    static func row(_ hold: LegalHold) -> [SettingValue] {
        [
            .string(hold.client.description), .string(hold.action.rawValue), .string(hold.notedAt.rfc3339),
            .string(hold.notedBy), .string(hold.reason),
        ]
    }

    static func json(_ hold: LegalHold) -> SettingValue {
        .object(SettingObject(zip(columns, row(hold)).map { SettingObject.Member(key: $0.0, value: $0.1) }))
    }
}
