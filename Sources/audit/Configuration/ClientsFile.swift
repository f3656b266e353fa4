import AuditModel

/// Reads `clientsFile`: CSV after RFC 4180 with a heading row `id,code,account,name`, then one column a label.
enum ClientsFile {
    /// One row with the line it starts on.
    struct Row: Sendable, Equatable {
        var line: Int
        var id: Int
        var code: String
        var account: String
        var name: String
        var labels: [String: String]
    }

    /// What is wrong, and on which line.
    struct Problem: Error, Equatable {
        var line: Int
        var message: String
    }

    /// The rows, or every problem that was found.
    static func rows(of text: String) -> Result<[Row], Problems> {
        var problems: [Problem] = []
        var records = CSVReader.records(of: text)
        guard let heading = records.first else {
            return .failure(
                Problems(list: [Problem(line: 1, message: "the file is empty; its first line names the columns")]))
        }
        records.removeFirst()
        let columns = heading.fields.map { $0.trimmingSpaces }
        for required in ["id", "code", "account"] where !columns.contains(required) {
            problems.append(Problem(line: heading.line, message: "the column '\(required)' is missing"))
        }
        for (index, column) in columns.enumerated() where columns[..<index].contains(column) {
            problems.append(Problem(line: heading.line, message: "the column '\(column)' stands twice"))
        }
        guard problems.isEmpty else { return .failure(Problems(list: problems)) }
        var rows: [Row] = []
        for record in records where record.fields != [""] {
            guard record.fields.count == columns.count else {
                problems.append(
                    Problem(
                        line: record.line,
                        message: "\(record.fields.count) fields, but the heading has \(columns.count) columns"))
                continue
            }
            let values = Dictionary(uniqueKeysWithValues: zip(columns, record.fields))
            guard let id = values["id"].flatMap({ Int($0.trimmingSpaces) }), id > 0 else {
                problems.append(
                    Problem(line: record.line, message: "'\(values["id"] ?? "")' is no client id (a number from 1)"))
                continue
            }
            let labels = values.filter { !["id", "code", "account", "name"].contains($0.key) && !$0.value.isEmpty }
            rows.append(
                Row(
                    line: record.line, id: id, code: values["code"] ?? "", account: values["account"] ?? "",
                    name: values["name"] ?? "", labels: labels))
        }
        return problems.isEmpty ? .success(rows) : .failure(Problems(list: problems))
    }

    /// All problems of a file.
    struct Problems: Error, Equatable {
        var list: [Problem]
    }
}

/// A reader of CSV records (RFC 4180): quoted fields may hold commas, quotes (doubled) and line ends.
enum CSVReader {
    /// One record with the line it starts on, from 1.
    struct Record: Equatable {
        var line: Int
        var fields: [String]
    }

    /// The records of a text; a byte order mark is skipped.
    static func records(of text: String) -> [Record] {
        var records: [Record] = []
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        var line = 1
        var startLine = 1
        var scalars = text.unicodeScalars.makeIterator()
        var next = scalars.next()
        if next == "\u{FEFF}" { next = scalars.next() }
        func endRecord() {
            records.append(Record(line: startLine, fields: fields + [field]))
            fields = []
            field = ""
            startLine = line
        }
        while let scalar = next {
            next = scalars.next()
            if scalar == "\n" { line += 1 }
            if isQuoted {
                if scalar != "\"" {
                    field.unicodeScalars.append(scalar)
                } else if next == "\"" {
                    field.append("\"")
                    next = scalars.next()
                } else {
                    isQuoted = false
                }
                continue
            }
            switch scalar {
            case "\"" where field.isEmpty: isQuoted = true
            case ",":
                fields.append(field)
                field = ""
            case "\n": endRecord()
            case "\r" where next == "\n": break
            default: field.unicodeScalars.append(scalar)
            }
        }
        if !field.isEmpty || !fields.isEmpty { endRecord() }
        return records
    }
}

extension String {
    /// The text without spaces at both ends.
    var trimmingSpaces: String {
        var view = self[...]
        while view.first == " " { view.removeFirst() }
        while view.last == " " { view.removeLast() }
        return String(view)
    }
}
