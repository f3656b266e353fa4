import AuditModel
import AuditTestSupport
import Emulator
import Foundation
import Policies
import Testing

/// The scripts of `docs/ci/github-actions.yml`, run in order as GitHub's runner would, against an emulated platform.
@Suite(.serialized)
struct WorkflowScriptTests {
    @Test func `two nights end in commits that the alerts point into, and a reviewer sees what a policy moves`()
        async throws
    {
        guard Repository.isPossible else {
            print("skipped: there is no git or no bash here")
            return
        }
        try await Fleet.with(clients: 3) { fleet in
            let repository = try Repository(fleet)
            try await repository.prepare()

            // Without a database, a night is one only where somebody says that it is the first.
            let guarded = try await repository.run(
                job: "night", from: "A lost database", environment: ["FIRST_NIGHT": ""])
            #expect(guarded.status == 1)
            #expect(guarded.text.contains("::error::There is no database in the cache."))

            for night in 1...2 {
                await fleet.server.setNight(night)
                let environment = ["FIRST_NIGHT": night == 1 ? "true" : ""]
                for name in ["A lost database", "The night", "Commit", nil] {
                    let ended = try await repository.run(job: "night", from: name, environment: environment)
                    #expect(ended.status == 0, "night \(night), \(name ?? "report"): \(ended.text)")
                    // What the platform says must not get where the runner looks for commands.
                    #expect(!ended.text.contains("CAVALRY"))
                }
                let outputs = try repository.outputs()
                #expect(outputs["status"] == "1")
                let commit = try #require(outputs["sha"])
                #expect(try await repository.git("rev-parse", "origin/main").text == commit + "\n")
                try await checkAlerts(repository, commit)
                let end = try await repository.run(
                    job: "night", from: "End as", environment: ["STATUS": outputs["status"] ?? ""])
                #expect(end.status == 1)
            }
            #expect(try await repository.git("rev-list", "--count", "origin/main").text == "3\n")
            #expect(try repository.text("summary").contains("CAVALRY"))
            // The checkpoint that is committed is that of the database that is kept.
            let verified = try await fleet.audit.run("verify", "--checkpoint", "checkpoint", "--quiet")
            #expect(verified.status == 0, "\(verified.output)")

            try await review(repository)
        }
    }

    /// Every place of every result is a line of a file of the commit.
    private func checkAlerts(_ repository: Repository, _ commit: String) async throws {
        let sarif = try JSONReader.value(of: repository.text("reports/audit.sarif"))
        let results = try #require(sarif["runs"]?[0]?["results"]?.arrayValue)
        #expect(!results.isEmpty)
        var lines: [String: Int] = [:]
        for result in results {
            let place = try #require(result["locations"]?[0]?["physicalLocation"])
            let file = try #require(place["artifactLocation"]?["uri"]?.stringValue)
            if lines[file] == nil {
                let shown = try await repository.git("show", "\(commit):\(file)")
                try #require(shown.status == 0, "\(shown.text)")
                lines[file] = shown.text.split(separator: "\n", omittingEmptySubsequences: false).count
            }
            let line = try #require(place["region"]?["startLine"]?.integerValue)
            #expect((1...(lines[file] ?? 0)).contains(Int(line)))
        }
    }

    /// The job for pull requests, of a change that makes one rule stricter.
    private func review(_ repository: Repository) async throws {
        let files = FileManager.default
        let folder = repository.folder
        try files.createDirectory(at: folder.appending(path: "base"), withIntermediateDirectories: true)
        try files.copyItem(at: folder.appending(path: "policies"), to: folder.appending(path: "base/policies"))
        let policy = folder.appending(path: "policies/security-baseline.yaml")
        let text = try String(contentsOf: policy, encoding: .utf8)
        try Data(text.replacing("maxFailedLogins: 5 ", with: "maxFailedLogins: 4 ").utf8).write(to: policy)
        // The tests beside the policy say what five attempts give, so they object first.
        let tested = try await repository.run(job: "policies", from: "Every test case", environment: [:])
        #expect(tested.status == 1 && tested.text.contains("SEC-LOCK-CCS-LIMIT"))
        try Data().write(to: folder.appending(path: "summary"))
        for name in ["No mistakes", "Which verdicts differ", "Waivers"] {
            let ended = try await repository.run(job: "policies", from: name, environment: [:])
            #expect(ended.status == 0, "\(name): \(ended.text)")
        }
        let summary = try repository.text("summary")
        #expect(summary.contains("SEC-LOCK-CCS-LIMIT"))
        #expect(summary.split(separator: "\n").allSatisfy { $0.hasPrefix("    ") })
    }
}

/// A repository with a remote, in the folder of a fleet, and the workflow's scripts.
private struct Repository {
    let folder: URL
    private let workflow: YAMLNode
    private let configuration: String

    static var isPossible: Bool {
        ["/usr/bin/git", "/bin/bash"].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
    }

    init(_ fleet: Fleet) throws {
        folder = fleet.folder
        let file = packageRoot.appending(path: "docs/ci/github-actions.yml")
        // The emulated fleet's environment has another name; a database under /tmp would be everybody's.
        let text = try String(contentsOf: file, encoding: .utf8)
            .replacing(/\bna3\b/, with: "emulated")
            .replacing("/tmp/review.sqlite", with: folder.path + "/review.sqlite")
        workflow = try YAMLReader.node(of: text, file: "github-actions.yml").get()
        try fleet.writeConfiguration(policies: "[policies]")
        configuration = try String(contentsOf: folder.appending(path: "audit.yaml"), encoding: .utf8)
            .replacing("database: audit.sqlite", with: "database: state/audit.sqlite")
    }

    /// Puts the first commit into the remote.
    func prepare() async throws {
        let files = FileManager.default
        try files.copyItem(at: packageRoot.appending(path: "policies"), to: folder.appending(path: "policies"))
        let more = """
            reports:
              - {format: markdown, path: reports/night.md}
            evidence: {checkpoints: [{file: checkpoint}]}

            """
        try Data((configuration + more).utf8).write(to: folder.appending(path: "audit.yaml"))
        try Data("state/\nreports/\nsecrets/\nbase/\nsummary\noutput\n.*\n*.git/\n!.gitignore\n".utf8)
            .write(to: folder.appending(path: ".gitignore"))
        for arguments in [
            ["init", "--quiet", "--bare", "--initial-branch=main", "origin.git"],
            ["init", "--quiet", "--initial-branch=main"],
            ["add", "audit.yaml", "clients.csv", "policies", ".gitignore"],
            ["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "--message", "Begin"],
            ["remote", "add", "origin", "origin.git"],
            ["push", "--quiet", "--set-upstream", "origin", "main"],
        ] {
            let ended = try await git(arguments)
            try #require(ended.status == 0, "\(ended.text)")
        }
    }

    func git(_ arguments: String...) async throws -> (status: Int32, text: String) { try await git(arguments) }

    private func git(_ arguments: [String]) async throws -> (status: Int32, text: String) {
        try await output(of: ["/usr/bin/git"] + arguments, [:])
    }

    /// Runs the script of the step whose name begins so; nil is the one without a name that makes the SARIF file.
    func run(
        job: String, from name: String?, environment: [String: String]
    ) async throws -> (status: Int32, text: String) {
        let steps = try #require(workflow["jobs"]?[job]?["steps"]?.elements)
        let step = try #require(
            steps.first { step in
                name.map { step["name"]?.string?.hasPrefix($0) == true }
                    ?? (step["run"]?.string?.hasPrefix("audit report") == true)
            })
        let script = try #require(step["run"]?.string)
        // As the runner starts a script of `shell: bash`.
        return try await output(
            of: ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], environment)
    }

    /// What the scripts have handed to later steps; the last word counts.
    func outputs() throws -> [String: String] {
        let pairs = try text("output").split(separator: "\n").map { $0.split(separator: "=", maxSplits: 1) }
        return Dictionary(pairs.map { (String($0[0]), String($0[1])) }, uniquingKeysWith: { $1 })
    }

    func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    private func output(
        of command: [String], _ environment: [String: String]
    ) async throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        process.currentDirectoryURL = folder
        process.environment = [
            "PATH": AuditProcess.binary.deletingLastPathComponent().path + ":/usr/bin:/bin", "HOME": folder.path,
            "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1", "GITHUB_WORKSPACE": folder.path,
            "GITHUB_OUTPUT": folder.appending(path: "output").path,
            "GITHUB_STEP_SUMMARY": folder.appending(path: "summary").path,
        ].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let log = folder.appending(path: ".log-\(UUID().uuidString)")
        try Data().write(to: log)
        defer { try? FileManager.default.removeItem(at: log) }
        let handle = try FileHandle(forWritingTo: log)
        process.standardOutput = handle
        process.standardError = handle
        let (ended, end) = AsyncStream<Never>.makeStream()
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        for await _ in ended {}
        return (process.terminationStatus, String(decoding: try Data(contentsOf: log), as: UTF8.self))
    }
}
