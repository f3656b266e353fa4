import AuditModel
import Policies
import Testing

@testable import audit

/// Who is on the roster, and what is wrong with one, by the configuration and its clients file.
struct RosterConfigurationTests {
    private static let head = """
        environments:
          na3: {baseURL: "https://na3.example.com"}
          na4: {baseURL: "https://na4.example.com"}
        accounts:
          one: {environment: na3, clientName: "{code}", userName: u, password: env:P, accessToken: env:T}
          two: {environment: na3, clientName: "{code}", userName: u, password: env:P, accessToken: env:T}
          far: {environment: na4, clientName: "{code}", userName: u, password: env:P, accessToken: env:T}

        """

    private func read(_ clients: String, file: String? = nil) -> Result<AuditConfiguration, ConfigurationMistakes> {
        let text = Self.head + clients + (file == nil ? "" : "clientsFile: clients.csv\n")
        return ConfigurationReader.configuration(of: Array(text.utf8), file: "/c/audit.yaml") { path in
            path == "/c/clients.csv" ? file.map { Array($0.utf8) } : nil
        }
    }

    private func mistakes(_ clients: String, file: String? = nil) -> [String] {
        guard case .failure(let mistakes) = read(clients, file: file) else { return [] }
        return mistakes.diagnostics.map { "\($0.file):\($0.line):\($0.column): \($0.message) | \($0.sourceLine)" }
    }

    @Test func `a client that stands twice in the file is an error with both places`() {
        let rows = "id,code,account\n1,A,one\n2,B,one\n1,A,one\n"
        #expect(
            mistakes("", file: rows) == [
                "/c/clients.csv:4:1: client na3/1 stands twice, first at /c/clients.csv:2:1; keep one of the two | 1,A,one"
            ])
    }

    @Test func `a client that stands in the configuration and in the file is one, too`() {
        let clients = "clients:\n  - {id: 1, code: A, account: one, retired: {date: 2026-11-01, reason: closed}}\n"
        #expect(
            mistakes(clients, file: "id,code,account\n1,A,one\n") == [
                "/c/clients.csv:2:1: client na3/1 stands twice, first at /c/audit.yaml:9:10; keep one of the two | 1,A,one"
            ])
    }

    @Test func `a client that is read through two accounts is an error that names both`() {
        let clients = "clients:\n  - {id: 1, code: A, account: one}\n  - {id: 1, code: A, account: two}\n"
        #expect(
            mistakes(clients) == [
                "/c/audit.yaml:10:10: client na3/1 is read through two accounts, 'two' here and 'one' at /c/audit.yaml:9:10; "
                    + "keep one of the two |   - {id: 1, code: A, account: two}"
            ])
        #expect(
            mistakes("clients:\n  - {id: 7, code: A, account: two}\n", file: "id,code,account\n7,A,one\n").first?
                .contains("'one' here and 'two' at /c/audit.yaml:9:10") == true)
    }

    @Test func `every duplicate is told, the third as well as the second`() {
        #expect(mistakes("", file: "id,code,account\n1,A,one\n1,A,two\n1,A,one\n").count == 2)
    }

    @Test func `two environments may use one number for two clients`() throws {
        let configuration = try read(
            "clients:\n  - {id: 4199, code: A, account: one}\n", file: "id,code,account\n4199,B,far\n"
        ).get()
        #expect(configuration.roster(of: EnvironmentName("na3")).map(\.id.description) == ["na3/4199"])
        #expect(configuration.roster(of: EnvironmentName("na4")).map(\.id.description) == ["na4/4199"])
        #expect(configuration.roster(of: EnvironmentName("na4")).map(\.code) == ["B"])
    }

    @Test func `a retired client is off the roster and known as retired`() throws {
        let configuration = try read(
            """
            clients:
              - {id: 1, code: A, account: one, retired: {date: 2026-11-01, reason: closed}}
              - {id: 2, code: B, account: one}

            """
        ).get()
        #expect(configuration.roster(of: EnvironmentName("na3")).map(\.id.number) == [2])
        #expect(configuration.retired.map(\.description) == ["na3/1"])
    }

    @Test func `a retirement without a date or a reason is an error`() {
        let found = mistakes(
            "clients:\n  - {id: 1, code: A, account: one, retired: {date: soon, reason: closed}}\n"
                + "  - {id: 2, code: B, account: one, retired: {date: 2026-11-01}}\n")
        #expect(found.count == 2)
        #expect(found.first?.contains("'soon' is no date (YYYY-MM-DD)") == true)
        #expect(found.last?.contains("'retired' of client 2 needs 'reason'") == true)
    }
}
