import AuditModel
import AuditTestSupport
import Foundation
import Testing

/// A store of two environments, whose clients have the same numbers: ids say which one is meant.
@Suite(.serialized)
struct EnvironmentTests {
    private static let now = ["--now", "2026-11-03T02:00:00Z"]

    /// What a night printed of itself: the ids of the last two runs of each environment, and a finding's id of each.
    private struct IDs {
        var lab: [String]
        var local: [String]
        var findingOfLab: String
        var findingOfLocal: String
    }

    private func withTwo(_ body: (AuditProcess, IDs) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try Data(
                """
                database: audit.sqlite
                policies: [\(shippedPolicies)]
                environments:
                  lab: {emulator: {clients: 2, seed: 7}}
                  local: {emulator: {clients: 2, seed: 8}}
                reports: []
                notify: [{name: ops, webhook: "env:HOOK", format: json, on: [new, fixed, incomplete, alive]}]

                """.utf8
            ).write(to: folder.appending(path: "audit.yaml"))
            let audit = AuditProcess(folder: folder)
            for environment in ["lab", "local"] {
                for day in [1, 2] {
                    let night = try await audit.run(
                        "run", "--quiet", "--environment", environment, "--now", "2026-11-0\(day)T02:00:00Z")
                    #expect([0, 1, 3, 74].contains(night.status), "\(night.errors)")
                }
            }
            let runs = try await audit.run("snapshot", "list", "--format", "json").json().arrayValue ?? []
            func ids(_ environment: String) -> [String] {
                runs.filter { $0["environment"]?.stringValue == environment }.compactMap { $0["run"]?.stringValue }
            }
            func finding(_ environment: String) async throws -> String {
                let report = try await audit.run(
                    ["report", "--environment", environment, "--quiet", "--output", "json=-"] + Self.now
                ).json()
                return try #require(report["failures"]?.arrayValue?.first?["id"]?.stringValue)
            }
            try await body(
                audit,
                IDs(
                    lab: ids("lab"), local: ids("local"), findingOfLab: try await finding("lab"),
                    findingOfLocal: try await finding("local")))
        }
    }

    @Test func `the environment is taken from the ids of clients, runs and findings`() async throws {
        try await withTwo { audit, ids in
            try #require(ids.lab.count == 2 && ids.local.count == 2)
            for (arguments, told) in [
                (["history", "lab/4199", "--format", "json"], "lab"),
                (["history", "local/4199", "--since", ids.local[0], "--format", "json"], "local"),
                (["history", ids.findingOfLocal, "--format", "json"], "local"),
                (["why", ids.findingOfLab], "lab/"), (["why", ids.findingOfLocal], "local/"),
                (["why", "lab/4199", "SEC-EXP-ON"], "lab/4199"),
                (["report", ids.lab[0], "--output", "json=-", "--quiet"], "lab"),
                (["report", ids.local[1], "--output", "json=-", "--quiet"], "local"),
                (["check", "--as-of", ids.local[0], "--output", "json=-", "--quiet"], "local"),
                (["diff", ids.lab[0], ids.lab[1], "--output", "json=-", "--quiet"], "lab"),
                (["diff", "previous", "latest", "--client", "local/4200", "--output", "json=-", "--quiet"], "local"),
                (["snapshot", "show", "lab/4199"], "lab"),
                (["snapshot", "show", "4199", "--as-of", ids.local[0]], "local"),
                (["snapshot", "export", "out", "--client", "local/4199"], ""),
                (["snapshot", "hold", "lab/4199", "--reason", "Case 17"], ""),
                (["snapshot", "release", "lab/4199", "--reason", "closed"], ""),
                (
                    ["pack", "--client", "lab/4199", "--from", "previous", "--to", "latest", "--output", "p.zip"],
                    "SHA-256"
                ),
                (["remediate", "plan", "--finding", ids.findingOfLocal], "local"),
                (["remediate", "plan", "--client", "lab/4199"], "lab"),
                (["notify", "--print", ids.local[0]], "local"),
                (["policy", "explain", "SEC-EXP-ON", "--client", "local/4199"], "local/4199"),
                (["policy", "backtest", shippedPolicies, "--since", ids.lab[0], "--format", "json"], "lab"),
                (["policy", "diff", "recorded:\(ids.lab[0])", shippedPolicies, "--format", "json"], "lab"),
                (["forecast", "--client", "lab/4199"], "lab"),
            ] {
                let result = try await audit.run(arguments + Self.now)
                #expect(result.status == 0 || arguments[0] == "check", "\(arguments): \(result.errors)")
                #expect(told.isEmpty || result.output.contains(told), "\(arguments): \(result.output)")
                let other = told.hasPrefix("lab") ? "local" : told.hasPrefix("local") ? "lab" : "\u{0}"
                #expect(!result.output.contains("\"\(other)\""), "\(arguments): \(result.output)")
            }
            let list = try await audit.run(
                ["snapshot", "list", "--environment", "local", "--format", "csv"] + Self.now)
            #expect(list.output.split(whereSeparator: \.isNewline).count == 3, "\(list.output)")
            let checkpoint = try await audit.run("checkpoint")
            #expect(checkpoint.status == 0)
            let path = "internal.passwordExpirationDays"
            let proof = try await audit.run(["prove", "--client", "local/4199", "--path", path] + Self.now)
            #expect(proof.status == 0 && proof.output.contains("local"), "\(proof.errors)")
        }
    }

    @Test func `ids that contradict each other or the option are refused, and what says nothing must choose`()
        async throws
    {
        try await withTwo { audit, ids in
            let several = "several environments (lab, local); choose one with --environment"
            for (arguments, sentence) in [
                (["history", "4199"], several), (["report", "latest"], several),
                (["diff", "2026-11-01", "latest"], several),
                (
                    ["history", "local/4199", "--environment", "lab"],
                    "'local/4199' is of the environment local, but --environment says lab"
                ),
                (
                    ["why", ids.findingOfLocal, "--environment", "lab"],
                    "is of the environment local, but --environment says lab"
                ),
                (
                    ["report", ids.lab[0], "--environment", "local"],
                    "is of the environment lab, but --environment says local"
                ),
                (
                    ["forecast", "--client", "lab/4199", "--environment", "local"],
                    "'lab/4199' is of the environment lab"
                ),
                (
                    ["diff", ids.lab[0], ids.local[1]],
                    "'\(ids.local[1])' is of the environment local, but '\(ids.lab[0])' is of lab"
                ),
                (["snapshot", "show", "lab/4199", "--as-of", ids.local[0]], "ask about one environment at a time"),
                (["history", "lap/4199"], "no environment 'lap'. Did you mean 'lab'?"),
                (["history", "4199", "--environment", "lap"], "no environment 'lap'. Did you mean 'lab'?"),
                (["report", "00000000"], "no run has an id that begins with '00000000'"),
                (["why", "F-00000000"], "no finding 'F-00000000'"),
                (["snapshot", "list", "--environment", "lap"], "no environment 'lap'. Did you mean 'lab'?"),
                (["snapshot", "holds", "--environment", "nope"], "no environment 'nope'."),
                (["verify", "--environment", "lab"], "verified as a whole"),
                (["checkpoint", "--environment", "lab"], "the log is of all environments"),
                (["checkpoint", "key", "log.key", "--environment", "lab"], "the log is of all environments"),
                (["serve", "--environment", "lab"], "shows all environments"),
            ] {
                let refused = try await audit.run(arguments + Self.now)
                #expect(refused.status == 2, "\(arguments): \(refused.output)")
                #expect(refused.errors.contains(sentence), "\(arguments): \(refused.errors)")
            }
        }
    }
}
