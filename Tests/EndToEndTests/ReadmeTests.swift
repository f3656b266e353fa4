import AuditTestSupport
import Foundation
import Testing

/// Every command of the README is run, and its output is what the README says.
///
/// `AUDIT_WRITE_GOLDENS=1` (`make golden`) writes the outputs anew instead.
struct ReadmeTests {
    @Test func `every command of the README prints what the README says`() throws {
        let file = packageRoot.appending(path: "README.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        var readme = Readme(text)
        #expect(readme.blocks.count >= 6)
        try withTemporaryFolder { folder in
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: "policies"), withDestinationURL: packageRoot.appending(path: "policies"))
            for index in readme.blocks.indices {
                let outputs = try Self.outputs(of: readme.blocks[index].commands.map(\.text), in: folder)
                try #require(outputs.count == readme.blocks[index].commands.count)
                for (place, output) in outputs.enumerated() {
                    if !ProcessInfo.processInfo.environment.keys.contains("AUDIT_WRITE_GOLDENS") {
                        let command = readme.blocks[index].commands[place]
                        #expect(output == command.output, "\(command.text)")
                    }
                    readme.blocks[index].commands[place].output = output
                }
            }
        }
        if ProcessInfo.processInfo.environment["AUDIT_WRITE_GOLDENS"] != nil {
            try Data(readme.text.utf8).write(to: file)
        }
    }

    @Test func `the two commands that the README starts with are targets of the Makefile`() throws {
        let readme = try String(contentsOf: packageRoot.appending(path: "README.md"), encoding: .utf8)
        let makefile = try String(contentsOf: packageRoot.appending(path: "Makefile"), encoding: .utf8)
        for target in ["demo", "test"] {
            #expect(readme.contains("\n    make \(target) "))
            #expect(makefile.contains("\n\(target): "))
        }
        #expect(makefile.contains("/audit demo"))
    }

    /// The outputs of some commands of one block, run one after another by one shell, as a reader would type them.
    private static func outputs(of commands: [String], in folder: URL) throws -> [String] {
        let marker = "--- \(UUID().uuidString)"
        let script = commands.map { "echo '\(marker)'\n\($0)\n" }.joined()
        let output = folder.appending(path: ".readme-output")
        try Data().write(to: output)
        let handle = try FileHandle(forWritingTo: output)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = folder
        process.environment = [
            "PATH": AuditProcess.binary.deletingLastPathComponent().path + ":/usr/bin:/bin", "HOME": folder.path,
            "LC_ALL": "C",
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        process.waitUntilExit()
        let whole = try String(contentsOf: output, encoding: .utf8)
        // Paths, free space and ports of this machine are none of the reader's.
        return whole.components(separatedBy: marker + "\n").dropFirst().map { part in
            part.replacing(folder.path, with: "/home/you")
                .replacing(/127\.0\.0\.1:[0-9]+/, with: "127.0.0.1:8080")
                .replacing(/[0-9]+ MB are free/, with: "120000 MB are free")
        }
    }
}

/// The README, cut into its `console` blocks and what is between them.
struct Readme {
    struct Command {
        var text: String
        var output: String
    }

    struct Block {
        var commands: [Command]
    }

    /// What stands before each block, and after the last.
    private var prose: [String] = []
    var blocks: [Block] = []

    init(_ text: String) {
        var current = ""
        var block: Block?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            switch (block, line) {
            case (nil, "```console"):
                prose.append(current)
                current = ""
                block = Block(commands: [])
            case (nil, _): current += line + "\n"
            case (let finished?, "```"):
                blocks.append(finished)
                block = nil
            case (_, _) where line.hasPrefix("$ "):
                block?.commands.append(Command(text: String(line.dropFirst(2)), output: ""))
            case (_, _):
                let last = (block?.commands.count ?? 0) - 1
                if last >= 0 { block?.commands[last].output += line + "\n" }
            }
        }
        prose.append(current)
    }

    /// The README as it is to be written.
    var text: String {
        zip(prose, blocks).map { prose, block in
            let body = block.commands.map { "$ " + $0.text + "\n" + $0.output }.joined()
            return prose + "```console\n" + body + "```\n"
        }.joined() + (prose.last ?? "")
    }
}
