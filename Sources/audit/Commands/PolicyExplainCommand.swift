import ArgumentParser
import AuditModel
import AuditPipeline
import Policies
import Reports
import SnapshotStore

extension PolicyCommand {
    /// `audit policy explain`.
    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a rule as it judges, where each of its fields is said, and what it says of a client.",
            discussion: """
                Overrides of later policy folders are laid over the rule: those for everybody, then those for scopes, then \
                those for single clients. With --client, the rule is shown as it judges that client, with every comparison \
                that it makes over the client's last stored settings (another run by --as-of).

                Examples:
                  audit policy explain SEC-LOCK-CCS-LIMIT
                  audit policy explain SEC-LOCK-CCS-LIMIT --client 4199 --as-of 2026-11-01
                """)
        @Argument(help: "The rule's id.")
        var rule: String
        @Option(help: "The client to judge: its number, its code or environment/number.")
        var client: String?
        @Option(
            name: .customLong("as-of"), help: "Whose settings: a date, a run id, 'latest' or 'previous'.",
            completion: .run)
        var asOf = "latest"
        @Option(
            name: .customLong("policies"),
            help: "A policy file or folder, repeatable, later ones over earlier ones; overrides the configuration.",
            completion: .yamlFile)
        var policies: [String] = []
        @Option(
            help: ArgumentHelp("Sets a parameter of the policies (JSON value); repeatable.", valueName: "name=value"))
        var set: [String] = []
        @OptionGroup var common: CommonOptions
        @Option(help: "text or json.")
        var format: ExplanationFormat = .text

        enum ExplanationFormat: String, CaseIterable, ExpressibleByArgument {
            case text, json
        }

        func run() throws {
            let workspace = try Workspace(common, needsConfiguration: false)
            let paths =
                policies.isEmpty ? workspace.configuration?.policies ?? InstalledFiles.defaultPolicies : policies
            let assumptions = try Assumptions(set)
            if let path = assumptions.settings.keys.first {
                throw CommandEnd(.usage, "--set \(path.dotted): only parameters can be set here, not settings.")
            }
            let rules = try PolicyFiles.load(paths, overriding: assumptions.parameters)
            let snapshot = try client.map { try stored($0, workspace) }
            guard let explanation = rules.explanation(of: rule, for: snapshot?.snapshot.client) else {
                let near = NearestName.to(rule, among: rules.facts.map(\.id)).map { " Did you mean '\($0)'?" } ?? ""
                throw CommandEnd(.usage, "no policy has a rule '\(rule)'.\(near) 'audit policy list' lists them.")
            }
            let judged = snapshot.flatMap { snapshot in
                rules.tracedResult(of: rule, for: snapshot.snapshot, now: snapshot.run.run.startedAt).map {
                    PolicyExplanation.Judged(snapshot: snapshot.snapshot, run: snapshot.run, traced: $0)
                }
            }
            let shown = PolicyExplanation(explanation: explanation, judged: judged)
            switch format {
            case .text: Console.result(shown.text(inColor: Console.usesColor(.auto)))
            case .json: Console.result(MachineJSON.text(of: shown.json))
            }
        }

        private func stored(_ client: String, _ workspace: Workspace) throws -> (snapshot: Snapshot, run: RunSelection)
        {
            let store = try workspace.openStore()
            let environment = try workspace.environment(in: store, saidBy: [.client(client), .run(asOf)])
            let selection = try workspace.selection(asOf, of: environment, in: store)
            let found = try StoredClient.named(client, in: selection, of: store)
            return (found, selection)
        }
    }
}

/// Finds a client of a run by what a person calls it.
enum StoredClient {
    /// The snapshot of a client by its number, its code or environment/number.
    static func named(_ name: String, in selection: RunSelection, of store: SnapshotStore) throws -> Snapshot {
        let roster = try store.roster(of: selection.run.id)
        let found = roster.first {
            String($0.id.number) == name || $0.code.isIdentical(to: name) || $0.id.description == name
        }
        guard let found, let snapshot = try store.snapshot(of: found.id, in: selection.run.id) else {
            let near = NearestName.to(name, among: roster.map(\.code)).map { " Did you mean '\($0)'?" } ?? ""
            throw CommandEnd(.usage, "no client '\(name)' is in the run of \(selection.day).\(near)")
        }
        return snapshot
    }
}
