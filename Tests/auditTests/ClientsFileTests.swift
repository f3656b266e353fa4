import Testing

@testable import audit

struct ClientsFileTests {
    @Test func `rows are read with their labels`() throws {
        let text =
            "id,code,account,name,env,region\n4199,CAVALRY,fleet,Demo,prod,emea\r\n4200,\"A,B\",fleet,\"say \"\"hi\"\"\",,\n"
        let rows = try ClientsFile.rows(of: text).get()
        #expect(
            rows == [
                .init(
                    line: 2, id: 4199, code: "CAVALRY", account: "fleet", name: "Demo",
                    labels: ["env": "prod", "region": "emea"]),
                .init(line: 3, id: 4200, code: "A,B", account: "fleet", name: "say \"hi\"", labels: [:]),
            ])
    }

    @Test func `every mistake is told with its line`() {
        let text = "id,code,account\nx,A,a\n5,B\n6,C,c\n"
        #expect(
            ClientsFile.rows(of: text)
                == .failure(
                    .init(list: [
                        .init(line: 2, message: "'x' is no client id (a number from 1)"),
                        .init(line: 3, message: "2 fields, but the heading has 3 columns"),
                    ])))
        #expect(
            ClientsFile.rows(of: "id,name\n")
                == .failure(
                    .init(list: [
                        .init(line: 1, message: "the column 'code' is missing"),
                        .init(line: 1, message: "the column 'account' is missing"),
                    ])))
    }

    @Test func `line ends inside quotes belong to the field`() {
        let records = CSVReader.records(of: "a,\"b\nc\"\nd,e")
        #expect(records == [.init(line: 1, fields: ["a", "b\nc"]), .init(line: 3, fields: ["d", "e"])])
    }
}
