import AuditModel
import AuditTestSupport
import Foundation
import Testing

/// The manual page that `make install` writes.
struct ManualTests {
    /// A command as the program tells of itself.
    struct Command {
        var name: String
        var texts: [String]
        var options: [String]
        var subcommands: [Command]

        init(_ value: SettingValue) throws {
            name = try #require(value["commandName"]?.stringValue)
            let arguments = (value["arguments"]?.arrayValue ?? []).filter { $0["shouldDisplay"] == true }
            texts = ([value] + arguments).flatMap { [$0["abstract"], $0["discussion"]] }.compactMap { $0?.stringValue }
            options = arguments.flatMap { $0["names"]?.arrayValue ?? [] }.compactMap { $0["name"]?.stringValue }
            subcommands = try (value["subcommands"]?.arrayValue ?? []).map { try Command($0) }
        }

        /// The command and all below it, as a page lists them.
        var all: [Command] { [self] + subcommands.flatMap(\.all) }
    }

    static func command() throws -> Command {
        try withTemporaryFolder { folder in
            let told = try AuditProcess(folder: folder).run("--experimental-dump-help")
            let value = try JSONReader.value(of: told.output)
            #expect(value["serializationVersion"] == 0)
            return try Command(#require(value["command"]))
        }
    }

    @Test func `every command has its section, in order`() throws {
        let command = try Self.command()
        try InstallTests.withInstallation { installed in
            let page = try String(contentsOfFile: installed.path("share/man/man1/audit.1"), encoding: .utf8)
            let sections = page.split(separator: "\n").filter { $0.hasPrefix(".It Em ") }
                .map { $0.dropFirst(".It Em ".count).filter { $0 != "\"" } }
            #expect(sections == command.all.dropFirst().map(\.name))
            #expect(sections.count >= 40)
            for macro in [".Dt AUDIT 1", ".Sh NAME", ".Sh SYNOPSIS", ".Sh DESCRIPTION"] {
                #expect(page.contains("\n" + macro), "\(macro)")
            }
        }
    }

    @Test func `the page tells every exit status in the program's words`() throws {
        try InstallTests.withInstallation { installed in
            let page = try String(contentsOfFile: installed.path("share/man/man1/audit.1"), encoding: .utf8)
            let statuses = AuditModel.ExitStatus.allCases.map { ".It \($0.rawValue)\n\($0.meaning)\n" }.joined()
            #expect(page.contains(".Sh \"EXIT STATUS\"\n") || page.contains(".Sh EXIT STATUS\n"))
            #expect(page.contains("\n.Bl -tag -width 4n\n\(statuses).El\n"))
            #expect(!page.contains(".Ex -std"))
            // mdoc warns of each.
            #expect(!page.contains("\n\n"))
            guard let mandoc = Tool.path("mandoc") else { return }
            let linted = try Tool.output(
                of: [mandoc, "-Tlint", "-Werror", installed.path("share/man/man1/audit.1")])
            #expect(linted.status == 0, "\(linted.text)")
        }
    }

    @Test func `every sentence and every option of the help is on the page as people see it`() throws {
        guard let groff = Tool.path("groff") else {
            print("skipped: there is no groff here")
            return
        }
        let command = try Self.command()
        try InstallTests.withInstallation { installed in
            // So wide that no line of ours is broken.
            let shown = try Tool.output(of: [
                groff, "-mandoc", "-Tutf8", "-P-cbou", "-rLL=20000n", "-ww", installed.path("share/man/man1/audit.1"),
            ])
            #expect(shown.status == 0)
            func plain(_ text: some StringProtocol) -> String {
                // groff draws hyphens, quotes and accents in its own way.
                String(text.map { "−‐–".contains($0) ? "-" : "’‘´".contains($0) ? "'" : "ˆ".contains($0) ? "^" : $0 })
                    .split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }
            let page = plain(shown.text)
            for warning in shown.text.split(separator: "\n") where warning.contains(": warning:") {
                Issue.record("\(warning)")
            }
            for command in command.all {
                for line in command.texts.joined(separator: "\n").split(separator: "\n") {
                    #expect(page.contains(plain(line)), "\(command.name): \(line)")
                }
                for option in command.options { #expect(page.contains("--" + option) || page.contains("-" + option)) }
            }
        }
    }
}
