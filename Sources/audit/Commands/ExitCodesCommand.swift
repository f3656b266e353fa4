import ArgumentParser
import AuditModel

struct ExitCodesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exit-codes",
        abstract: "Explains the exit statuses.",
        discussion:
            "Where several hold, the one further down the list is the status; reports and JSON carry all of them.")

    @Option(help: "text, json or csv.")
    var format: TableFormat = .text

    func run() throws {
        let rows = ExitStatus.allCases.map { [SettingValue.integer(Int64($0.rawValue)), .string($0.meaning)] }
        Listing.print(columns: ["code", "meaning"], rows: rows, as: format)
    }
}
