import AuditModel
import AuditTestSupport
import Policies
import Reports
import Testing

@testable import audit

struct ConfigurationReaderTests {
    func read(_ text: String, files: [String: String] = [:]) -> Result<
        AuditConfiguration, ConfigurationMistakes
    > {
        ConfigurationReader.configuration(of: Array(text.utf8), file: "/etc/audit/config.yaml") { path in
            files[path].map { Array($0.utf8) }
        }
    }

    func mistakes(_ text: String) -> [String] {
        guard case .failure(let error) = read(text) else { return [] }
        return error.diagnostics.map {
            "\($0.line):\($0.column): \($0.message)" + ($0.suggestion.map { " → \($0)" } ?? "")
        }
    }

    @Test func `the template that init writes has no mistakes`() throws {
        let configuration = try read(ConfigurationTemplate.text()).get()
        #expect(configuration.database == "/etc/audit/snapshots/audit.sqlite")
        #expect(configuration.environments.count == 1)
        #expect(configuration.reports.map(\.format) == ["html", "json"])
    }

    @Test func `accounts, clients and the clients file come together`() throws {
        let text = """
            environments:
              na3: {baseURL: "https://api.livevox.com", concurrency: 4, timeout: 10s}
            accounts:
              one: {environment: na3, clientName: ACME, userName: auditor, password: env:P, accessToken: "file:token"}
              fleet: {environment: na3, clientName: "{code}", userName: env:U, password: "cmd:p {code}", accessToken: env:T, countries: shared}
            clients:
              - {id: 7, code: ACME, account: one, labels: {env: prod, tier: 1}}
              - {id: 8, code: OLD, account: one, retired: {date: 2025-10-01, reason: sold}}
            clientsFile: clients.csv
            failOn: high
            timeZone: America/New_York

            """
        let configuration = try read(text, files: ["/etc/audit/clients.csv": "id,code,account,env\n9,NINE,fleet,uat\n"])
            .get()
        let na3 = EnvironmentName("na3")
        #expect(configuration.roster(of: na3).map(\.id.number) == [7, 9])
        #expect(configuration.roster(of: na3)[0].labels == ["env": "prod", "tier": "1"])
        #expect(configuration.retired == [Client.ID(environment: na3, number: 8)])
        #expect(configuration.accounts["one"]?.accessToken == "file:/etc/audit/token")
        #expect(configuration.accounts["fleet"]?.sharesCountries == true)
        #expect(configuration.failOn == .high)
    }

    @Test func `every mistake is told in one go, with the nearest name`() {
        let found = mistakes(
            """
            databse: x
            timeZone: Mars/Olympus
            failOn: hihg
            environments:
              na3: {baseURL: "http://api.livevox.com"}
              na4: {baseURL: "https://api.na4.livevox.com", concurency: 4}
            accounts:
              a: {environment: na5, clientName: X, userName: u, password: env:P, accessToken: env:T}
            clients:
              - {id: 0, code: X, account: a}
              - {id: 5, code: X, account: b}
            remediation: {}

            """)
        #expect(found.count == 9, "\(found)")
        #expect(found.first == "1:1: unknown key 'databse' in audit.yaml → database")
        #expect(found.contains("6:49: unknown key 'concurency' in an environment → concurrency"))
        #expect(found.contains { $0.hasPrefix("12:") && $0.contains("'enabled'") }, "\(found)")
    }

    @Test func `a literal credential is refused and not repeated`() throws {
        let secret = "hunter2-literal"
        let text = """
            environments:
              na3: {baseURL: "https://api.livevox.com"}
            accounts:
              a: {environment: na3, clientName: X, userName: u, password: \(secret), accessToken: env:T, wrong: 1}

            """
        guard case .failure(let error) = read(text) else {
            Issue.record("a literal password was accepted")
            return
        }
        let printed = error.diagnostics.map { $0.withoutCredentials.description }.joined(separator: "\n")
        #expect(printed.contains("must be a reference: env:NAME, file:/path or cmd:COMMAND"))
        #expect(!printed.contains(secret))
    }

    @Test func `who is told of what is read, with what is taken where nothing is said`() throws {
        let configuration = try read(
            """
            environments: {na3: {baseURL: "https://api.livevox.com"}}
            notify:
              - {webhook: env:SLACK_URL}
              - {name: soc, webhook: "file:soc.url", on: [alive, new, new], format: slack, minimumSeverity: high, environments: [na3]}

            """
        ).get()
        #expect(
            configuration.notify == [
                NotificationDestination(webhook: "env:SLACK_URL", events: [.new, .fixed, .incomplete]),
                NotificationDestination(
                    name: "soc", webhook: "file:/etc/audit/soc.url", events: [.new, .alive], format: .slack,
                    minimumSeverity: .high, environments: ["na3"]),
            ])
    }

    @Test func `mistakes in who is told are named, and no address is repeated`() {
        let secret = "https://hooks.slack.com/services/T0/B0/s3cret-part"
        let text = """
            notify:
              - {webhook: "\(secret)", onn: [new]}
              - {webhook: env:A, on: [neww]}
              - {webhook: env:B, on: []}
              - {webhook: env:A, format: xml}
              - {name: x}
              - {webhook: env:C, environments: [na4], minimumSeverity: hihg}

            """
        #expect(
            mistakes(text) == [
                "2:15: 'webhook' of a destination of 'notify' must be a reference: env:NAME, file:/path or cmd:COMMAND",
                "2:69: unknown key 'onn' in a destination of 'notify' → on",
                "3:27: 'on' knows new, fixed, incomplete, alive → new", "4:26: 'on' is an empty list",
                "5:5: this destination of 'notify' stands twice; give each a 'name' of its own, or take one out",
                "5:30: 'format' knows json, slack", "6:5: a destination of 'notify' needs 'webhook'",
                "7:37: 'notify' names the environment 'na4', which is not there",
                "7:60: a severity is one of critical, high, medium, low, info → high",
            ])
        guard case .failure(let error) = read(text) else { return }
        let printed = error.diagnostics.map { $0.withoutCredentials.description }.joined(separator: "\n")
        #expect(!printed.contains("s3cret-part"))
    }
}

struct AssumptionsTests {
    @Test func `parameters and plain settings are told apart`() throws {
        let assumptions = try Assumptions(["limit=3", "internal.maxDailyAttempts=3", "name=abc"])
        #expect(assumptions.parameters == ["limit": 3, "name": "abc"])
        #expect(assumptions.settings == [SettingPath(.internal, key: "maxDailyAttempts"): 3])
        #expect(throws: CommandEnd.self) { try Assumptions(["internl.maxDailyAttempts=3"]) }
        #expect(throws: CommandEnd.self) { try Assumptions(["nothing"]) }
        #expect(throws: CommandEnd.self) { try Assumptions(["countries[*].name=3"]) }
    }
}
