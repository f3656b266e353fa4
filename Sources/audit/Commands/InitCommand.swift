import ArgumentParser
import AuditModel
import Foundation

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Writes an audit.yaml to edit.",
        discussion: """
            The file audits an embedded emulator as it stands, so 'audit run' works at once; comments show what to put in \
            its place for a real platform. An existing file is never overwritten. Its first line names the JSON Schema by \
            which editors complete and check it ('audit policy schema audit-config' prints it).

            Example: audit init && audit doctor
            """)

    /// The template, with the schema and the policies that 'make install' puts beside this binary, where they are needed and
    /// there.
    private var template: String {
        let folder = URL(filePath: path).deletingLastPathComponent()
        return ConfigurationTemplate.text(
            schema: InstalledFiles.configurationSchema ?? ConfigurationTemplate.schema,
            policies: InstalledFiles.defaultPolicies(in: folder))
    }

    @Argument(help: "The file to write.", completion: .yamlFile)
    var path = "audit.yaml"

    func run() throws {
        if FileManager.default.fileExists(atPath: path) {
            throw CommandEnd(
                .usage, "\(path) exists already and is left as it is; name another file, or remove it first.")
        }
        do throws(FileWriter.Failure) {
            try FileWriter.write(Array(template.utf8), to: path)
        } catch {
            throw CommandEnd(.inputOutput, error.description)
        }
        Console.words("wrote \(path); edit it, then run 'audit doctor --config \(path)'\n")
    }
}
