import AuditModel
import AuditTestSupport
import Foundation
import Testing

/// What `make install` puts where, made of the binary that is tested instead of a release.
@Suite(.serialized)
struct InstallTests {
    static let built = AuditProcess.binary.deletingLastPathComponent()

    /// Runs the body with a folder into which everything was installed; says so where a tool is missing.
    static func withInstallation(_ body: (Installation) throws -> Void) throws {
        for tool in ["/usr/bin/make", built.appending(path: "generate-manual").path]
        where !FileManager.default.isExecutableFile(atPath: tool) {
            print("skipped: there is no \(tool) ('swift build --product generate-manual' builds the latter)")
            return
        }
        try withTemporaryFolder { folder in
            let installation = Installation(root: folder.appending(path: "root with a space"))
            let ended = try installation.make("install-built")
            try #require(ended.status == 0, "\(ended.text)")
            try body(installation)
        }
    }

    @Test func `everything is where shells and man look for it, and goes away without a trace`() throws {
        try Self.withInstallation { installed in
            let files = try installed.files()
            for file in [
                "bin/audit", "share/man/man1/audit.1", "share/bash-completion/completions/audit",
                "share/zsh/site-functions/_audit", "share/fish/vendor_completions.d/audit.fish",
                "share/audit/policies/security-baseline.yaml", "share/audit/policies/schemas/policy.schema.json",
            ] {
                #expect(files.contains("usr/local/" + file))
            }
            // The installed binary finds its schemas, and runs from there.
            let version = try Tool.output(of: [installed.path("bin/audit"), "--version"])
            #expect(version.status == 0)

            let own = URL(filePath: installed.path("share/audit/policies/own.yaml"))
            try Data("mine".utf8).write(to: own)
            #expect(try installed.make("uninstall").status == 0)
            #expect(try installed.files() == ["usr/local/share/audit/policies/own.yaml"])
            try FileManager.default.removeItem(at: own)
            #expect(try installed.make("uninstall").status == 0)
            #expect(!FileManager.default.fileExists(atPath: installed.path("share/audit")))
        }
    }

    @Test func `the same commit gives the same files`() throws {
        try Self.withInstallation { installed in
            let page = try Data(contentsOf: URL(filePath: installed.path("share/man/man1/audit.1")))
            #expect(String(decoding: page, as: UTF8.self).contains(".Dd November 14, 2026\n"))
            #expect(try installed.make("install-built").status == 0)
            #expect(try Data(contentsOf: URL(filePath: installed.path("share/man/man1/audit.1"))) == page)
        }
    }

    @Test func `shells can read their completions`() throws {
        try Self.withInstallation { installed in
            for (shell, file) in [
                ("bash", "share/bash-completion/completions/audit"), ("zsh", "share/zsh/site-functions/_audit"),
                ("fish", "share/fish/vendor_completions.d/audit.fish"),
            ] {
                let text = try String(contentsOfFile: installed.path(file), encoding: .utf8)
                #expect(text.contains("audit"))
                guard let program = Tool.path(shell) else {
                    print("skipped: there is no \(shell) here")
                    continue
                }
                let read = try Tool.output(of: [program, "-n", installed.path(file)])
                #expect(read.status == 0 && read.text == "", "\(shell): \(read.text)")
            }
            let zsh = try String(contentsOfFile: installed.path("share/zsh/site-functions/_audit"), encoding: .utf8)
            #expect(zsh.hasPrefix("#compdef audit\n"))
            guard let fish = Tool.path("fish") else { return }
            let script = "source $argv[1]; complete -C 'audit pol'; complete -C 'audit diff pre'"
            let offered = try Tool.output(
                of: [
                    fish, "--no-config", "-c", script, installed.path("share/fish/vendor_completions.d/audit.fish"),
                ], environment: ["HOME": installed.root.path])
            let words = offered.text.split(separator: "\n").compactMap { $0.split(separator: "\t").first }
            #expect(words == ["policy", "previous"], "\(offered.text)")
        }
    }

    @Test func `bash completes commands, options, their values and files`() throws {
        guard let bash = Tool.path("bash") else {
            print("skipped: there is no bash here")
            return
        }
        try Self.withInstallation { installed in
            let work = installed.root.appending(path: "work")
            try FileManager.default.createDirectory(
                at: work.appending(path: "folder"), withIntermediateDirectories: true)
            for name in ["mine.yaml", "other.txt"] { try Data().write(to: work.appending(path: name)) }
            func completions(_ line: String) throws -> Set<String> {
                let script = """
                    source "$1"
                    line=$2
                    read -r -a COMP_WORDS <<< "$line"
                    if [[ $line == *' ' ]]; then COMP_WORDS+=(''); fi
                    COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$line COMP_POINT=${#line}
                    function=$(complete -p audit | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
                    "$function" audit "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
                    printf '%s\\n' "${COMPREPLY[@]}"
                    """
                let file = installed.path("share/bash-completion/completions/audit")
                let ended = try Tool.output(of: [bash, "-c", script, "bash", file, line], in: work)
                #expect(ended.status == 0, "\(ended.text)")
                return Set(ended.text.split(separator: "\n").map(String.init))
            }
            #expect(try completions("audit pol") == ["policy"])
            #expect(try completions("audit policy ").isSuperset(of: ["check", "test", "diff", "explain"]))
            #expect(try completions("audit run --fail-on ") == ["critical", "high", "medium", "low", "info"])
            #expect(try completions("audit run --fa") == ["--fail-on"])
            #expect(try completions("audit diff pre") == ["previous"])
            #expect(try completions("audit diff previous la") == ["latest"])
            #expect(try completions("audit report --output sar") == ["sarif="])
            #expect(try completions("audit snapshot show 4199 --group ").contains("voicePool"))
            #expect(try completions("audit run --config ") == ["mine.yaml", "folder"])
            #expect(try completions("audit snapshot export ").contains("folder"))
            #expect(try !completions("audit snapshot export ").contains("mine.yaml"))
        }
    }
}

/// A folder below which `make install` puts things.
struct Installation {
    let root: URL

    /// Where something is below the default prefix.
    func path(_ name: String) -> String { root.path + "/usr/local/" + name }

    func make(_ target: String) throws -> (status: Int32, text: String) {
        try Tool.output(
            of: [
                "/usr/bin/make", "--no-print-directory", "-C", packageRoot.path, target,
                "BUILT=" + InstallTests.built.path, "DESTDIR=" + root.path, "MANUAL_DATE=2026-11-14",
                // Nothing is built here.
                "SWIFT=false",
            ])
    }

    /// Every file, by its path from the root.
    func files() throws -> Set<String> {
        let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
        return Set(
            names.filter { name in
                var isFolder: ObjCBool = false
                return FileManager.default.fileExists(atPath: root.path + "/" + name, isDirectory: &isFolder)
                    && !isFolder.boolValue
            })
    }
}

/// Programs of the system.
enum Tool {
    /// Where one is; nil where it is not installed.
    static func path(_ name: String) -> String? {
        ["/usr/bin/", "/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"].map { $0 + name }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    /// Runs one to its end, both of its outputs in one text.
    static func output(
        of command: [String], in folder: URL? = nil, environment: [String: String] = [:]
    ) throws -> (status: Int32, text: String) {
        let log = FileManager.default.temporaryDirectory.appending(path: "audit-\(UUID().uuidString)")
        try Data().write(to: log)
        defer { try? FileManager.default.removeItem(at: log) }
        let handle = try FileHandle(forWritingTo: log)
        let process = Process()
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        if let folder { process.currentDirectoryURL = folder }
        process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: try Data(contentsOf: log), as: UTF8.self))
    }
}
