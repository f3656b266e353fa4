import AuditModel
import Reports

/// Prints lists as text, JSON or CSV.
enum Listing {
    static func print(columns: [String], rows: [[SettingValue]], as format: TableFormat) {
        Console.result(
            Table(columns: columns, rows: rows).bytes(as: format.tableFormat, usesColor: Console.usesColor(.auto)))
    }
}

extension TableFormat {
    fileprivate var tableFormat: Table.Format {
        switch self {
        case .text: .text
        case .json: .json
        case .csv: .csv
        }
    }
}
