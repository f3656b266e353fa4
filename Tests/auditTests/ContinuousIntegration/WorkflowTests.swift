import AuditModel
import AuditTestSupport
import Foundation
import Policies
import Testing

@testable import audit

/// What `docs/ci/github-actions.yml` tells people to copy.
struct WorkflowTests {
    typealias Files = ContinuousIntegrationFiles
    let text: String
    let workflow: YAMLNode
    let configuration: AuditConfiguration

    init() throws {
        text = try Files.text("github-actions.yml")
        workflow = try #require(try Files.documents("github-actions.yml").first)
        configuration = try Files.configuration(Files.text("audit.yaml"), at: "/repository/audit.yaml")
    }

    func job(_ name: String) throws -> YAMLNode { try #require(workflow["jobs"]?[name]) }

    func steps(_ job: String) throws -> [YAMLNode] { try #require(self.job(job)["steps"]?.elements) }

    /// The scripts of a job.
    func scripts(_ job: String) throws -> [String] { try steps(job).compactMap { $0["run"]?.string } }

    func commands(_ job: String) throws -> [[String]] {
        try scripts(job).flatMap { ShellScript($0).auditCommands }
    }

    /// The one step of a job that calls an action.
    func call(_ action: String, in job: String) throws -> YAMLNode {
        try #require(try steps(job).first { $0["uses"]?.string?.hasPrefix(action + "@") == true })
    }

    @Test func `every key is one that GitHub reads`() throws {
        #expect(WorkflowShape.workflow.mistakes(in: workflow) == [])
        for entry in try #require(workflow["jobs"]?.entries) {
            for step in try steps(entry.key) {
                #expect((step["run"] == nil) != (step["uses"] == nil), "\(entry.key), line \(step.place.line)")
                guard let uses = step["uses"]?.string else { continue }
                let action = String(try #require(uses.split(separator: "@").first))
                let inputs = try #require(WorkflowShape.inputs[action], "\(action)")
                for input in step["with"]?.entries ?? [] {
                    #expect(inputs.contains(input.key), "\(action), line \(input.keyPlace.line): \(input.key)")
                }
            }
        }
        // Can fail: a misspelt key is found.
        let wrong = try YAMLReader.node(of: "on: {}\njobs: {a: {runs-on: x, stepz: []}}", file: "w").get()
        #expect(
            WorkflowShape.workflow.mistakes(in: wrong) == [
                ".jobs.a (line 2): 'steps' is missing", ".jobs.a (line 2): unknown key 'stepz'",
            ])
    }

    @Test func `every action is pinned by its commit and says its version; containers and runners say theirs`() throws {
        let lines = text.split(separator: "\n").filter { $0.contains("uses:") }
        #expect(lines.count >= 10)
        for line in lines {
            #expect(line.wholeMatch(of: /.*uses: [a-z\/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+/) != nil, "\(line)")
        }
        // One version of each action throughout.
        let pinned = Set(
            lines.compactMap { $0.firstMatch(of: /uses: ([a-z]+\/[a-z-]+)[a-z\/-]*(@.*)/) }.map { "\($0.1)\($0.2)" })
        #expect(Set(pinned.map { $0.split(separator: "@")[0] }).count == pinned.count)
        for entry in try #require(workflow["jobs"]?.entries) {
            let image = try #require(entry.value["container"]?.string)
            #expect(image.wholeMatch(of: /[a-z]+:\d+\.\d+\.\d+-[a-z]+/) != nil)
            #expect(entry.value["runs-on"]?.string?.contains("latest") == false)
            // A tool that was built on another system must not come out of the cache.
            for step in try steps(entry.key) where step["with"]?["path"]?.string == "/opt/audit" {
                #expect(step["with"]?["key"]?.string?.hasSuffix(image.replacing(":", with: "-")) == true)
            }
        }
        #expect(workflow["env"]?["AUDIT_VERSION"]?.string == "v" + ToolVersion.current)
    }

    @Test func `every audit command in it is one that the program takes`() throws {
        let all = try ["tool", "night", "policies"].flatMap { try commands($0) }
        #expect(
            all.map { $0.prefix(2).joined(separator: " ") } == [
                "run --quiet", "snapshot export", "report --output", "policy check", "policy test", "snapshot import",
                "policy diff", "waiver check",
            ])
        for command in all { _ = try Files.parse(command) }
    }

    @Test func `nothing that others can write gets into a script or into the log of the night`() throws {
        for entry in try #require(workflow["jobs"]?.entries) {
            for script in try scripts(entry.key) { #expect(!script.contains("${{"), "\(script)") }
        }
        #expect(workflow["defaults"]?["run"]?["shell"]?.string == "bash")
        for script in try scripts("night") {
            for line in script.split(separator: "\n") where line.contains("audit run") || line.contains("audit report")
            {
                #expect(line.contains(" > reports/"), "\(line)")
            }
        }
    }

    @Test func `no job may do more than it needs, and one step alone has the secrets that audit.yaml names`() throws {
        #expect(workflow["permissions"]?.entries?.isEmpty == true)
        func permissions(_ name: String) throws -> [String: String] {
            let entries = try #require(try job(name)["permissions"]?.entries)
            return Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.value.string ?? "") })
        }
        #expect(try permissions("tool") == ["contents": "read"])
        #expect(try permissions("policies") == ["contents": "read"])
        #expect(try permissions("night") == ["actions": "read", "contents": "write", "security-events": "write"])
        #expect(try job("night")["environment"]?.string == "audit")

        var named: Set<String> = []
        for entry in try #require(workflow["jobs"]?.entries) {
            for step in try steps(entry.key) {
                for variable in step["env"]?.entries ?? [] where variable.value.string?.contains("secrets.") == true {
                    #expect(step["id"]?.string == "night")
                    #expect(variable.value.string == "${{ secrets.\(variable.key) }}")
                    named.insert("env:\(variable.key)")
                }
            }
        }
        #expect(text.components(separatedBy: "secrets.").count - 1 == named.count)
        #expect(named == Set(configuration.references))
        // What is checked out for a stranger's request leaves no credential behind.
        for job in ["tool", "policies"] {
            for step in try steps(job) where step["uses"]?.string?.hasPrefix("actions/checkout@") == true {
                #expect(step["with"]?["persist-credentials"]?.bool == false)
            }
        }
    }

    @Test func `the night is one at a time, at a time that exists, and not after a database was lost`() throws {
        let cron = try #require(workflow["on"]?["schedule"]?.elements?.first?["cron"]?.string)
        let schedule = try #require(CronSchedule(cron))
        #expect(schedule.fields.map(\.count) == [1, 1, 31, 12, 7])
        #expect(schedule.fields[0] != [0])
        #expect(try job("night")["concurrency"]?["cancel-in-progress"]?.bool == false)
        #expect(try job("night")["if"]?.string == "github.event_name != 'pull_request'")
        #expect(try job("policies")["if"]?.string == "github.event_name == 'pull_request'")
        let minutes = try #require(try job("night")["timeout-minutes"]?.integer)
        #expect(Duration.seconds(minutes * 60) < configuration.resumeWithin)

        let restored = try #require(
            try steps("night").first { $0["with"]?["restore-keys"]?.string == "audit-database-" })
        let saved = try call("actions/cache/save", in: "night")
        #expect(saved["if"]?.string == "always()")
        #expect(saved["with"]?["key"]?.string == restored["with"]?["key"]?.string)
        #expect(saved["with"]?["key"]?.string?.hasPrefix("audit-database-") == true)
        #expect(saved["with"]?["path"]?.string == "state" && restored["with"]?["path"]?.string == "state")
        #expect(configuration.database == "/repository/state/audit.sqlite")
    }

    @Test func `findings and gaps are results: they are told first, and any other status ends the night at once`()
        throws
    {
        let night = try #require(try steps("night").first { $0["id"]?.string == "night" })
        let script = try #require(night["run"]?.string)
        let match = try #require(script.firstMatch(of: /case \$status in ([0-9 |]+)\) ;; \*\) exit "\$status" ;; esac/))
        let statuses = match.1.split(separator: "|").compactMap { Int32($0.filter { $0 != " " }) }
        #expect(statuses == [AuditModel.ExitStatus.success, .findings, .incomplete].map(\.rawValue))
        let last = try #require(try steps("night").last)
        #expect(last["run"]?.string == "exit \"$STATUS\"")
        #expect(last["env"]?["STATUS"]?.string == "${{ steps.night.outputs.status }}")
    }

    @Test func `the alerts point into the commit that has the exported files`() throws {
        let upload = try call("github/codeql-action/upload-sarif", in: "night")
        let sarif = try #require(upload["with"]?["sarif_file"]?.string)
        #expect(try commands("night").contains(["report", "--output", "code-scanning=\(sarif)"]))
        #expect(upload["with"]?["sha"]?.string == "${{ steps.commit.outputs.sha }}")
        #expect(upload["with"]?["ref"]?.string == "${{ github.ref }}")
        let environment = try #require(configuration.environments.first?.name.rawValue)
        #expect(configuration.environments.count == 1)
        #expect(try commands("night").contains(["snapshot", "export", ".", "--environment", environment]))
        let commit = try #require(try steps("night").first { $0["id"]?.string == "commit" }?["run"]?.string)
        // The checkpoint that the next night's database must go on from is in the same commit.
        #expect(commit.contains("git add --all \(environment) checkpoint\n"))
        #expect(configuration.evidence.places.contains(.file("/repository/checkpoint")))
        for output in configuration.reports { #expect(output.path.hasPrefix("/repository/reports/")) }
        #expect(configuration.reports.contains(ReportOutput(format: "markdown", path: "/repository/reports/night.md")))
    }

    @Test func `steps and jobs that are named are there, before they are needed`() throws {
        let jobs = try #require(workflow["jobs"]?.entries).map(\.key)
        for name in jobs {
            if let needed = try job(name)["needs"]?.string { #expect(jobs.contains(needed)) }
            var ids: Set<String> = []
            for step in try steps(name) {
                let values = (step["with"]?.entries ?? []) + (step["env"]?.entries ?? [])
                let texts = values.compactMap(\.value.string) + [step["if"]?.string].compactMap { $0 }
                for match in texts.joined(separator: " ").matches(of: /steps\.([a-z-]+)\./) {
                    #expect(ids.contains(String(match.1)), "line \(step.place.line)")
                }
                if let id = step["id"]?.string { #expect(ids.insert(id).inserted) }
            }
        }
    }
}
