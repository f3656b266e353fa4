import AuditModel
import Reports

/// What a command tells in one of the three formats of tables: text of its own, and the rows that CSV has.
protocol TablePresentation {
    /// The columns of the CSV.
    static var columns: [String] { get }
    /// The rows of the CSV.
    var rows: [[SettingValue]] { get }
    /// The JSON.
    var json: SettingValue { get }
    /// Prints the text.
    func showText()
}

extension TablePresentation {
    /// Prints it.
    func show(as format: TableFormat) {
        switch format {
        case .text: showText()
        case .csv: Listing.print(columns: Self.columns, rows: rows, as: .csv)
        case .json: Console.result(MachineJSON.text(of: json))
        }
    }
}
