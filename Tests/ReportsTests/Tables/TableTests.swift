import AuditModel
import AuditTestSupport
import Reports
import Testing

struct TableTests {
    private let table = Table(
        columns: ["code", "meaning"], rows: [[0, "all is well"], [130, "interrupted, \"^C\""], [2, nil]])

    private func text(_ table: Table, _ format: Table.Format) -> String {
        String(decoding: table.bytes(as: format), as: UTF8.self)
    }

    @Test func `text has aligned columns under a heading`() {
        #expect(
            text(table, .text) == """
                CODE  MEANING
                   0  all is well
                 130  interrupted, "^C"
                   2

                """)
    }

    @Test func `JSON is a list of objects`() throws {
        let value = try JSONReader.value(of: table.bytes(as: .json))
        #expect(value[1] == ["code": 130, "meaning": "interrupted, \"^C\""])
        #expect(value[2] == ["code": 2, "meaning": nil])
    }

    @Test func `CSV is as RFC 4180 says`() {
        #expect(
            text(table, .csv) == "code,meaning\r\n0,all is well\r\n130,\"interrupted, \"\"^C\"\"\"\r\n2,\r\n")
    }

    @Test(arguments: [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u{FF1D}1", "\n=1", "\u{FEFF}=1", "\u{A0}=1",
    ])
    func `text that a spreadsheet would take for a formula gets an apostrophe`(formula: String) {
        let field = text(Table(columns: ["a"], rows: [[.string(formula)]]), .csv).split(separator: "\r\n")[1]
        #expect(field.hasPrefix("'") || field.hasPrefix("\"'"))
    }

    @Test func `numbers stay numbers, negative ones too`() {
        #expect(text(Table(columns: ["a"], rows: [[-5], [0.5]]), .csv) == "a\r\n-5\r\n0.5\r\n")
    }

    @Test func `hostile strings keep to their cells in every format`() throws {
        let hostile = HostileReports.strings
        let table = Table(columns: ["a", "b"], rows: hostile.map { [.string($0), 1] })
        for format in [Table.Format.text, .csv] {
            let scalars = text(table, format).unicodeScalars
            #expect(scalars.count { $0 == "\n" } == hostile.count + 1)
            #expect(scalars.allSatisfy { $0 == "\n" || $0 == "\r" || $0.value >= 0x20 && $0.value != 0x7F })
            #expect(!scalars.contains("\u{202E}") && !scalars.contains("\u{9B}"))
        }
        // Each record has two fields, the second of which is 1.
        for record in text(table, .csv).split(separator: "\r\n").dropFirst() { #expect(record.hasSuffix(",1")) }
        let json = try JSONReader.value(of: table.bytes(as: .json))
        #expect(json.arrayValue?.map { $0["a"] } == hostile.map { .string($0) })
    }
}
