public import AuditModel

/// Rows under named columns, as list commands print them.
public struct Table: Sendable, Hashable {
    /// The columns' names, which are also the keys in JSON.
    public var columns: [String]
    /// The rows; each has one value a column. Null prints as nothing in text and CSV.
    public var rows: [[SettingValue]]

    /// Joins the two.
    public init(columns: [String], rows: [[SettingValue]]) {
        self.columns = columns
        self.rows = rows
    }

    /// The formats of a table.
    public enum Format: String, CaseIterable, Sendable, Hashable {
        /// Aligned columns under a heading.
        case text
        /// A list with one object a row.
        case json
        /// RFC 4180, with a heading.
        case csv
    }

    /// The table in UTF-8.
    /// - Parameter usesColor: whether the heading of text stands out by an ANSI style.
    public func bytes(as format: Format, usesColor: Bool = false) -> [UInt8] {
        switch format {
        case .text: Array(text(usesColor: usesColor).utf8)
        case .json: Array(MachineJSON.text(of: json).utf8)
        case .csv: Array(csv.utf8)
        }
    }

    private var json: SettingValue {
        .array(
            rows.map { row in
                .object(SettingObject(zip(columns, row).map { SettingObject.Member(key: $0, value: $1) }))
            })
    }

    /// A value as one cell: text as it is, the rest as JSON.
    static func cell(_ value: SettingValue) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        case .bool, .integer, .number, .array, .object: CanonicalJSON.text(of: value)
        }
    }

    private func text(usesColor: Bool) -> String {
        let cells =
            [columns.map { TerminalText($0.uppercased(), .bold) }] + rows.map { $0.map { TerminalText(Self.cell($0)) } }
        let widths = columns.indices.map { column in
            cells.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0
        }
        return cells.enumerated().map { index, row in
            // The last column is not padded, and numbers stand to the right.
            let padded = row.enumerated().map { column, cell in
                let isNumber = index > 0 && rows[index - 1][column].isNumber
                let gap = Words.spaces(widths[min(column, widths.count - 1)] - cell.width)
                let text = cell.rendered(inColor: usesColor)
                return isNumber ? gap + text : column == row.count - 1 ? text : text + gap
            }
            let line = padded.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
        }.joined()
    }
}

extension SettingValue {
    fileprivate var isNumber: Bool {
        switch self {
        case .integer, .number: true
        case .null, .bool, .string, .array, .object: false
        }
    }
}
