import AuditModel
import AuditTestSupport
import Foundation
import Testing

/// A folder with the demo's database: 25 clients, three nights that end on a fixed day.
struct DemoStore {
    let folder: URL
    let audit: AuditProcess
    let database = "snapshots/demo.sqlite"

    /// Runs the body with a demonstration that was run.
    static func with(
        nights: Int = 3, clients: Int = 25, isolation: isolated (any Actor)? = #isolation,
        _ body: (DemoStore) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let demo = DemoStore(folder: folder, audit: AuditProcess(folder: folder))
            let run = try await demo.audit.run(
                "demo", "--nights", "\(nights)", "--clients", "\(clients)", "--policies", shippedPolicies,
                "--last-night", "2026-11-14T02:00:00Z")
            try #require(run.status == 0, "\(run.errors)")
            try await body(demo)
        }
    }

    func export(to name: String, from database: String? = nil, _ more: String...) async throws {
        let result = try await audit.run(
            ["snapshot", "export", name, "--database", database ?? self.database] + more)
        try #require(result.status == 0, "\(result.errors)")
    }

    func check(_ arguments: String...) async throws -> AuditProcess.Result {
        try await audit.run(["check", "--policies", shippedPolicies, "--output", "json=-"] + arguments)
    }

    /// The files of a folder by their path in it.
    func files(_ name: String) throws -> [String: Data] {
        let root = name.hasPrefix("/") ? URL(filePath: name) : folder.appending(path: name)
        var files: [String: Data] = [:]
        for path in FileManager.default.enumerator(atPath: root.path)?.compactMap({ $0 as? String }) ?? []
        where path.hasSuffix(".json") {
            files[path] = try Data(contentsOf: root.appending(path: path))
        }
        return files
    }

    /// Changes a text in a file that must have it.
    func edit(_ name: String, _ old: String, _ new: String) throws {
        let file = folder.appending(path: name)
        let text = try String(contentsOf: file, encoding: .utf8)
        try #require(text.contains(old), "\(name)")
        try Data(text.replacing(old, with: new).utf8).write(to: file)
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: name).path)
    }
}

@Suite(.serialized)
struct ExportTests {
    @Test func `a run goes out of one store and into another without loss, and is judged alike everywhere`()
        async throws
    {
        try await DemoStore.with { demo in
            try await demo.export(to: "out")
            let files = try demo.files("out")
            #expect(files.count == 25)
            try await demo.export(to: "twice")
            #expect(try demo.files("twice") == files)

            let imported = try await demo.audit.run("snapshot", "import", "out", "--database", "new.sqlite")
            #expect(imported.status == 0, "\(imported.errors)")
            try await demo.export(to: "again", from: "new.sqlite")
            #expect(try demo.files("again") == files)
            // Once more is the same, in the store it came from, too.
            for database in ["new.sqlite", demo.database] {
                let again = try await demo.audit.run("snapshot", "import", "out", "--database", database)
                #expect(again.status == 0 && again.errors.contains("already, and the same."), "\(again.errors)")
            }

            let fromFiles = try await demo.check("--from", "out")
            let fromStore = try await demo.check("--database", "new.sqlite")
            #expect(fromFiles.status == fromStore.status && fromFiles.status != 0)
            func parts(_ report: SettingValue) -> SettingValue {
                guard case .object(var object) = report else { return report }
                // The one knows no earlier run by its nature, the other says that it was imported.
                object["notAssessed"] = nil
                object["warnings"] = nil
                object["lastCompleteRun"] = nil
                // Files are in no log.
                object["log"] = nil
                return .object(object)
            }
            #expect(try parts(fromFiles.json()) == parts(fromStore.json()))
            let recorded = try await demo.audit.run("report", "--database", demo.database, "--output", "json=-").json()
            #expect(try fromFiles.json()["rules"] == recorded["rules"])
            #expect(try fromFiles.json()["failures"]?.arrayValue?.isEmpty == false)
        }
    }

    @Test func `exporting another night into the folder takes clients away that it does not have, and nothing else`()
        async throws
    {
        try await DemoStore.with { demo in
            try await demo.export(to: "out")
            let file = demo.folder.appending(path: "out/demo/4199.json")
            try FileManager.default.copyItem(at: file, to: demo.folder.appending(path: "out/demo/99999.json"))
            try Data("{}".utf8).write(to: demo.folder.appending(path: "out/demo/77777.json"))
            try Data("mine".utf8).write(to: demo.folder.appending(path: "out/demo/notes.txt"))
            try await demo.export(to: "out")
            #expect(!demo.exists("out/demo/99999.json"))
            #expect(demo.exists("out/demo/77777.json") && demo.exists("out/demo/notes.txt"))
        }
    }

    @Test func `every mistake in the files is told with file and place, and nothing is imported`() async throws {
        try await DemoStore.with { demo in
            try await demo.export(to: "out")
            try demo.edit("out/demo/4199.json", "\"encryptCcsPassword\": ", "\"encryptCcsPassword\": 1")
            try demo.edit("out/demo/4200.json", "\"number\": 4200", "\"number\": \"4200\"")
            try demo.edit("out/demo/4201.json", "\"schema\"", "\"scheme\"")
            let result = try await demo.audit.run("snapshot", "import", "out", "--database", "new.sqlite")
            #expect(result.status == 2)
            #expect(result.errors.contains("out/demo/4199.json: no JSON: "), "\(result.errors)")
            #expect(
                result.errors.contains(
                    "out/demo/4200.json: client.number: a whole number of 1 or more belongs here; it is '4200'"),
                "\(result.errors)")
            #expect(result.errors.contains("out/demo/4201.json: schema: this must say 'audit-snapshot/1'"))
            #expect(result.errors.contains("3 mistakes in the exported files in out/demo; nothing was done."))
            #expect(!demo.exists("new.sqlite"))
            #expect(try await demo.check("--from", "out").status == 2)
        }
    }

    @Test func `an edited document, a missing file, a mix of runs and another kind of platform are refused`()
        async throws
    {
        try await DemoStore.with { demo in
            func refusal(_ name: String, _ database: String = "new.sqlite") async throws -> String {
                let result = try await demo.audit.run("snapshot", "import", name, "--database", database)
                #expect(result.status == 2, "\(result.errors)")
                return result.errors
            }
            try await demo.export(to: "edited")
            try demo.edit(
                "edited/demo/4199.json", "\"maxFailedCcsLoginAttempts\": ", "\"maxFailedCcsLoginAttempts\": 1")
            #expect(try await refusal("edited").contains("4199.json: groups.internal.document: it was changed after"))

            try await demo.export(to: "out")
            try FileManager.default.removeItem(at: demo.folder.appending(path: "out/demo/4200.json"))
            #expect(try await refusal("out").contains("holds 24 files of the 25 that were exported together"))
            let check = try await demo.check("--from", "out")
            #expect(check.status == 3)
            #expect(check.output.contains("1 file of the 25 that were exported together is missing"))

            try await demo.export(to: "out", "--as-of", "previous", "--client", "4200")
            #expect(try await refusal("out").contains("a folder holds one run"))
            #expect(!demo.exists("new.sqlite"))

            try await demo.export(to: "one", "--client", "4199")
            let one = try await demo.audit.run("snapshot", "import", "one", "--database", "new.sqlite")
            #expect(one.status == 0, "\(one.errors)")
            try await demo.export(to: "real", "--as-of", "previous")
            for name in try demo.files("real").keys {
                try demo.edit("real/\(name)", "\"synthetic\": true", "\"synthetic\": false")
            }
            #expect(try await refusal("real", "new.sqlite").contains("The two are never mixed"))
            #expect(try await refusal("real", demo.database).contains("the facts of the run differ"))
        }
    }

    @Test func `a client that is chosen is exported alone, and the report says of how many`() async throws {
        try await DemoStore.with { demo in
            try await demo.export(to: "out", "--client", "4199", "--client", "demo/4200")
            #expect(try Set(demo.files("out").keys) == ["demo/4199.json", "demo/4200.json"])
            let report = try await demo.check("--from", "out").json()
            #expect(report["completeness"]?["clientsExpected"] == 2)
            #expect(
                report["notAssessed"]?.arrayValue?.contains(
                    "23 of the run's 25 clients: not exported, so not judged here.") == true)
            let wrong = try await demo.audit.run(
                "snapshot", "export", "out", "--client", "4299", "--database", demo.database)
            #expect(wrong.status == 2 && wrong.errors.contains("the run has no such client"))
            let both = try await demo.check("--from", "out", "--as-of", "latest")
            #expect(both.status == 2)
            let assumed = try await demo.check("--from", "out", "--set", "internal.encryptCcsPassword=false")
            #expect(try assumed.json()["failures"]?.arrayValue?.count ?? 0 >= 2)
        }
    }
}

/// The export that the repository holds.
@Suite(.serialized)
struct SampleTests {
    private static let sample = packageRoot.appending(path: "snapshots/sample").path

    @Test func `the sample is what the demo exports, to the byte`() async throws {
        try await DemoStore.with(nights: 14) { demo in
            let isWritten = ProcessInfo.processInfo.environment["AUDIT_WRITE_GOLDENS"] != nil
            let name = isWritten ? Self.sample : "sample"
            try await demo.export(to: name, "--client", "4199", "--client", "4217", "--client", "4221")
            let files = try demo.files(name)
            #expect(files.count == 3)
            #expect(try demo.files(Self.sample) == files)
        }
    }

    @Test func `the sample is judged without any store`() async throws {
        try await withTemporaryFolder { folder in
            let audit = AuditProcess(folder: folder)
            let result = try await audit.run(
                "check", "--from", Self.sample, "--policies", shippedPolicies, "--output", "json=-")
            #expect(result.status == 3, "\(result.errors)")
            let report = try result.json()
            #expect(report["synthetic"] == true)
            #expect(report["completeness"]?["groupsFailed"] == 5)
            #expect(report["completeness"]?["clientsCollected"] == 2)
            #expect((report["failures"]?.arrayValue?.count ?? 0) >= 2)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }
}
