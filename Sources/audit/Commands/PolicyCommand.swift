import ArgumentParser
import AuditModel
import Policies

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Checks, tests, lists and explains policies, and holds them against what is stored.",
        subcommands: [
            Check.self, Test.self, List.self, Explain.self, Backtest.self, Diff.self, Coverage.self,
            Schema.self,
        ])

    /// Where the policies are.
    struct Places: ParsableArguments {
        @Argument(
            help: "Policy files or folders. Default: those of the configuration, else the folder policies.",
            completion: .yamlFile)
        var paths: [String] = []
        @Option(help: "The configuration file.", completion: .yamlFile)
        var config: String?

        /// The paths that count.
        func resolved() throws -> [String] {
            if !paths.isEmpty { return paths }
            guard let file = ConfigurationLocator.file(named: config) else { return InstalledFiles.defaultPolicies }
            var options = try CommonOptions.parse([])
            options.config = file
            return try Workspace(options, needsConfiguration: true).configuration?.policies
                ?? InstalledFiles.defaultPolicies
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Finds every mistake in policy files, with its place.",
            discussion:
                "Exit status 2 where there is an error; warnings alone give 0.\n\nExample: audit policy check policies")
        @OptionGroup var places: Places

        /// Nothing that was looked at is no success: a wrong folder would stay green for ever.
        static func nothing(_ files: Int) -> CommandEnd {
            CommandEnd(
                .incomplete,
                "there is no rule in \(count(files, "policy file")), so nothing was checked; name policy files or folders."
            )
        }

        func run() throws {
            let files = try PolicyFiles.files(at: try places.resolved())
            let loaded = PolicyLoader.load(files, timeZones: .system)
            for diagnostic in loaded.diagnostics.sorted() { Console.message(diagnostic.description) }
            let errors = loaded.diagnostics.filter { $0.severity == .error }.count
            let warnings = loaded.diagnostics.count - errors
            guard let set = loaded.policySet, errors == 0 else {
                throw CommandEnd(.usage, "\(count(errors, "mistake")) in \(count(files.count, "policy file")).")
            }
            guard !set.facts.isEmpty else { throw Self.nothing(files.count) }
            let tail = warnings == 0 ? "" : ", \(count(warnings, "warning"))"
            Console.result(
                "\(count(files.count, "policy file")), \(count(set.facts.count, "rule")): no mistakes\(tail)\n")
        }
    }

    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Runs the test cases that stand beside policies.",
            discussion: """
                Every case of <policy>.tests.yaml must give the verdicts that it expects, and every rule must have a case that \
                makes it fail. Exit status 1 where that does not hold.

                Example: audit policy test policies
                """)
        @OptionGroup var places: Places

        func run() throws {
            let paths = try places.resolved()
            let set = try PolicyFiles.load(paths)
            guard !set.facts.isEmpty else { throw Check.nothing(set.policies.count) }
            let tests = try PolicyFiles.testFiles(beside: paths)
            try PolicyTestReport.run(set, tests)
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists rules with their severity and controls.",
            discussion: "Example: audit policy list --format csv")
        @OptionGroup var places: Places
        @Option(help: "text, json or csv.")
        var format: TableFormat = .text

        func run() throws {
            let set = try PolicyFiles.load(try places.resolved())
            let rows = set.facts.map { rule -> [SettingValue] in
                [
                    .string(rule.id), .string(rule.severity.rawValue), .string(rule.title),
                    .string(rule.controls.map { "\($0.reference) (\($0.strength.rawValue))" }.joined(separator: ", ")),
                    .string(rule.policyID),
                ]
            }
            Listing.print(columns: ["rule", "severity", "title", "controls", "policy"], rows: rows, as: format)
        }
    }
}
