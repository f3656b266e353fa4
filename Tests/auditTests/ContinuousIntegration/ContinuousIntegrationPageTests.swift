import AuditModel
import Foundation
import Testing

@testable import audit

/// What `docs/ci/README.md` says.
struct ContinuousIntegrationPageTests {
    typealias Files = ContinuousIntegrationFiles

    @Test func `its table has every exit status in order, in the program's own words`() throws {
        let rows = try Files.text("README.md").split(separator: "\n")
            .compactMap { $0.firstMatch(of: /^\| (\d+) \| ([^|]+) \|/) }
            .map { "\($0.1) \($0.2)" }
        #expect(rows == AuditModel.ExitStatus.allCases.map { "\($0.rawValue) \($0.meaning)" })
    }

    @Test func `its commands are ones that the program takes, and its links lead somewhere`() throws {
        let page = try Files.text("README.md")
        // Indented are commands; in a line, what begins with the program's name and has an argument.
        let blocks = page.split(separator: "\n").filter { $0.hasPrefix("    ") }.joined(separator: "\n")
        let inline = page.matches(of: /`(audit [^`]+)`/).map { String($0.1) }
        let commands = ([blocks] + inline).flatMap { ShellScript($0).auditCommands }
            .filter { !$0.joined().contains("…") }
        #expect(commands.count >= 7)
        for command in commands {
            _ = try Files.parse(command)
        }
        for link in page.matches(of: /\]\(([^)#]+)/) {
            let target = Files.folder.appending(path: String(link.1))
            #expect(FileManager.default.fileExists(atPath: target.path), "\(link.1)")
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: Files.folder.path) where name != "README.md" {
            #expect(page.contains("(\(name))"), "\(name)")
        }
    }
}
