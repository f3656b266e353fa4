import AuditModel
import AuditTestSupport
import Foundation
import Reports
import ReviewPack
import Testing

/// Every command's output over a fleet in which everything that comes from outside is hostile, told from the bytes.
@Suite(.serialized)
struct HostileOutputTests {
    private static let policies = ["--policies", HostileFleet.policyFile, "--waivers", HostileFleet.waiverFile]

    /// Runs a command and holds what it prints to its format; its standard error is text.
    @discardableResult
    private func output(
        _ fleet: HostileFleet, _ kind: HostileBytes.Kind, isMarked: Bool = true, statuses: Set<Int32> = [0, 1, 3],
        _ arguments: [String]
    ) async throws -> String {
        let result = try await fleet.audit.run(arguments)
        let origin = arguments.prefix(6).joined(separator: " ")
        #expect(statuses.contains(result.status), "\(origin): \(result.status) \(result.errors.prefix(500))")
        HostileBytes.check(result.output, as: kind, origin, isMarked: isMarked)
        HostileBytes.check(result.errors, as: .text, origin + " (errors)", isMarked: false)
        return result.output
    }

    private static func kind(_ format: String) -> HostileBytes.Kind {
        switch format {
        case "text": .text
        case "html": .html
        case "markdown": .markdown
        case "csv": .csv
        case "ndjson", "ocsf": .lines
        case "junit": .xml
        case "openmetrics": .openmetrics
        default: .json
        }
    }

    @Test func `every format of every report is safe`() async throws {
        try await HostileFleet.with { fleet in
            let common = fleet.common
            for command in [["report"], ["report", "previous"], ["check"] + Self.policies] {
                for format in ReportFormat.allCases {
                    try await output(
                        fleet, Self.kind(format.rawValue), command + ["--output", "\(format.rawValue)=-"] + common)
                }
                try await output(fleet, .text, command + ["--all"] + common)
                try await output(fleet, .color, command + ["--all", "--color", "always"] + common)
            }
            for format in DiffFormat.allCases {
                try await output(
                    fleet, Self.kind(format.rawValue),
                    ["diff", HostileFleet.days[0], "latest", "--output", "\(format.rawValue)=-"] + common)
            }
            try await output(
                fleet, .json, ["diff", HostileFleet.days[0], "latest", "--output", "json-patch=-"] + common)
            try await output(fleet, .color, ["diff", "previous", "latest", "--color", "always"] + common)
        }
    }

    @Test func `every command that tells of the past or of policies is safe`() async throws {
        try await HostileFleet.with { fleet in
            let common = fleet.common
            let report = try JSONReader.value(
                of: try await fleet.audit.run(["report", "--output", "json=-"] + common).output)
            let findings = (report["failures"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
            #expect(findings.count > 10)
            let hold = ["snapshot", "hold", "4200", "--reason", HostileText.text(3)]
            try await output(fleet, .text, isMarked: false, hold + common)
            for format in ["text", "json", "csv"] {
                let kind = Self.kind(format)
                let table = ["--format", format] + common
                try await output(fleet, kind, ["history", "4200"] + table)
                try await output(fleet, kind, ["history", "4200", "messaging"] + table)
                try await output(fleet, kind, ["snapshot", "list"] + table)
                try await output(
                    fleet, kind,
                    ["waiver", "list", "--waivers", HostileFleet.waiverFile] + table)
                try await output(
                    fleet, kind,
                    [
                        "forecast", "--policies", HostileFleet.policyFile, "--waivers", HostileFleet.waiverFile,
                    ] + table)
                try await output(fleet, kind, ["snapshot", "holds"] + table)
                try await output(fleet, kind, ["remediate", "plan"] + table)
                let pruning = ["snapshot", "prune", "--keep-changes", "--older-than", "1d", "--dry-run"]
                try await output(fleet, kind, isMarked: false, pruning + table)
                try await output(fleet, kind, ["policy", "list", HostileFleet.policyFile, "--format", format])
                try await output(
                    fleet, kind, ["policy", "coverage", HostileFleet.policyFile] + table)
                try await output(fleet, kind, ["policy", "backtest", HostileFleet.policyFile] + table)
                try await output(
                    fleet, kind, ["policy", "backtest", HostileFleet.policyFile, "--client", "4200"] + table)
                try await output(
                    fleet, kind, ["policy", "diff", "recorded:latest", Self.otherPolicy(fleet)] + table)
            }
            for format in ["text", "json"] {
                let kind = Self.kind(format)
                for finding in findings.prefix(4) {
                    try await output(fleet, kind, ["why", finding, "--format", format] + common)
                }
                try await output(
                    fleet, kind,
                    [
                        "policy", "explain", "H-NAME", "--policies", HostileFleet.policyFile, "--client", "4200",
                        "--format", format,
                    ]
                        + common)
                try await output(fleet, kind, isMarked: false, ["verify", "--format", format] + common)
            }
            try await output(
                fleet, .text,
                ["waiver", "check", "--policies", HostileFleet.policyFile] + common)
            try await output(fleet, .text, isMarked: false, ["policy", "check", HostileFleet.policyFile])
            for number in HostileFleet.numbers.dropLast() {
                try await output(fleet, .json, ["snapshot", "show", "\(number)"] + common)
            }
            let proof = ["prove", "--client", "4200", "--path", "settings.displayName"]
            try await output(fleet, .json, proof + common)
            try await output(fleet, .text, isMarked: false, proof + ["--output", "proof.json"] + common)
            try await output(fleet, .text, ["verify", "proof.json"])
            try await output(fleet, .json, ["verify", "proof.json", "--format", "json"])
        }
    }

    /// A policy with the same ids that judges otherwise.
    private static func otherPolicy(_ fleet: HostileFleet) throws -> String {
        let text = HostileText.yaml(HostileText.text(2))
        try fleet.write(
            """
            policy: {id: hostile, title: \(text), version: \(text)}
            defaults: {severity: low, absent: fail, "null": fail}
            rules:
              - {id: H-LOCK, title: \(text), message: \(text.replacing("{", with: "(").replacing("}", with: ")")), check: {internal.maxFailedCcsLoginAttempts: {atMost: 7}}}

            """, to: "other.yaml")
        return "other.yaml"
    }

    @Test func `files that are handed on are safe, and can be taken in again`() async throws {
        try await HostileFleet.with { fleet in
            try await output(fleet, .text, isMarked: false, ["snapshot", "export", "out"] + fleet.common)
            let exported = try files(fleet, "out")
            #expect(exported.count == HostileFleet.numbers.count - 1)
            for (name, text) in exported { HostileBytes.check(text, as: .json, name) }
            #expect(HostileBytes.acting(exported.keys.joined(), besides: "") == [])
            try await output(
                fleet, .text, isMarked: false, ["snapshot", "import", "out", "--database", "new.sqlite"])
            try await output(fleet, .text, ["check", "--from", "out", "--all"] + Self.policies)
            try await output(fleet, .json, ["check", "--from", "out", "--output", "sarif=-"] + Self.policies)

            try await output(
                fleet, .text, isMarked: false,
                ["pack", "--from", HostileFleet.days[0], "--to", "latest", "--output", "review.zip"] + fleet.common)
            let entries = try ZipArchive.entries(
                of: Array(Data(contentsOf: fleet.folder.appending(path: "review.zip"))))
            #expect(entries.count > 25)
            for entry in entries {
                #expect(HostileBytes.acting(entry.name, besides: "") == [] && !entry.name.contains(".."))
                let kind: HostileBytes.Kind =
                    switch entry.name.split(separator: ".").last {
                    case "html": .html
                    case "csv": .csv
                    case "json": .json
                    default: .text
                    }
                // Leaves, results and documents are what was hashed, to the byte; no page leads to them.
                if entry.name.hasSuffix(".leaf.json") || entry.name.hasSuffix(".ndjson") { continue }
                HostileBytes.check(
                    String(decoding: entry.bytes, as: UTF8.self), as: kind, entry.name, isMarked: false,
                    files: Set(entries.map(\.name).filter { !$0.hasSuffix(".ndjson") }))
            }
            try await output(fleet, .text, ["pack", "verify", "review.zip"])
            try await output(fleet, .json, isMarked: false, ["pack", "verify", "review.zip", "--format", "json"])
        }
    }

    private func files(_ fleet: HostileFleet, _ name: String) throws -> [String: String] {
        let root = fleet.folder.appending(path: name)
        var files: [String: String] = [:]
        for path in FileManager.default.enumerator(atPath: root.path)?.compactMap({ $0 as? String }) ?? []
        where path.hasSuffix(".json") {
            files[path] = try String(contentsOf: root.appending(path: path), encoding: .utf8)
        }
        return files
    }

    @Test func `messages to others are safe`() async throws {
        try await HostileFleet.with { fleet in
            try fleet.write(
                """
                database: audit.sqlite
                policies: [\(HostileFleet.policyFile)]
                environments:
                  other: {emulator: {clients: 1, seed: 7, night: 0}}
                notify:
                  - {name: machines, webhook: env:HOOK, format: json, on: [new, fixed, incomplete, alive]}
                  - {name: people, webhook: env:HOOK, format: slack, on: [new, fixed, incomplete, alive]}

                """, to: "audit.yaml")
            for run in ["previous", "latest"] {
                let told = try await output(fleet, .text, ["notify", run, "--print", "--now", "2026-11-14T12:00:00Z"])
                let messages = told.split(separator: "\n").split { $0.hasPrefix("# ") }.map {
                    $0.joined(separator: "\n")
                }
                #expect(messages.count == 2)
                for message in messages { HostileBytes.check(message, as: .json, "a message of the run '\(run)'") }
                // What Slack acts on stands between angle brackets.
                for text in Self.strings(try JSONReader.value(of: messages.last ?? "")) {
                    #expect(!text.contains("<") && !text.contains(">"), "\(text.prefix(200))")
                }
            }
        }
    }

    /// Every string in a value.
    private static func strings(_ value: SettingValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(strings)
        case .object(let object): object.members.flatMap { strings($0.value) }
        case .null, .bool, .integer, .number: []
        }
    }
}
