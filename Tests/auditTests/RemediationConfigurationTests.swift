import AuditModel
import AuditTestSupport
import Collector
import Policies
import Testing

@testable import audit

/// The section `remediation` of audit.yaml.
struct RemediationConfigurationTests {
    private static let head = """
        environments:
          na3: {baseURL: "https://api.livevox.com"}
        accounts:
          acme: {environment: na3, clientName: ACME, userName: reader, password: env:P, accessToken: "file:token"}

        """
    private let reader = ConfigurationReaderTests()

    private func mistakes(_ section: String) -> [String] { reader.mistakes(Self.head + section + "\n") }

    @Test func `without the section nothing may be written`() throws {
        let settings = try reader.read(Self.head).get().remediation
        #expect(!settings.isEnabled && settings.accounts.isEmpty)
    }

    @Test func `it has credentials of its own, by reference, for the accounts whose clients it writes to`() throws {
        let text =
            Self.head
            + "remediation: {enabled: true, accounts: {acme: {userName: writer, password: \"file:{code}.pw\", accessToken: env:T}}}\n"
        let configuration = try reader.read(text).get()
        #expect(configuration.remediation.isEnabled)
        #expect(configuration.remediation.accounts["acme"]?.password == "file:/etc/audit/{code}.pw")
        let login = try #require(try configuration.remediationLogin(of: "acme", clientName: "ACME"))
        #expect(login.clientName == "ACME" && login.account == "account 'acme' of remediation")
        #expect(try configuration.remediationLogin(of: "other") == nil)
        let off = try reader.read(text.replacing("true", with: "false")).get().remediation
        #expect(!off.isEnabled && off.accounts.count == 1)
    }

    @Test(arguments: ["enabled", "true", "yes", "[]"])
    func `a word alone is refused with what it needs`(word: String) {
        let found = mistakes("remediation: \(word)")
        #expect(found.count == 1)
        #expect(found[0].contains("writing needs credentials of its own: remediation: {enabled: true, accounts: "))
    }

    @Test func `what is missing, misspelt or not by reference is told`() {
        let account = "acme: {userName: w, password: env:W, accessToken: env:T}"
        let rows: [(String, String)] = [
            (
                "{enabled: true}",
                "remediation is enabled without credentials: it needs 'accounts' of its own, never those that read"
            ),
            ("{enabled: true, accounts: {}}", "remediation is enabled without credentials"),
            ("{accounts: {\(account)}}", "remediation needs 'enabled': true or false"),
            ("{enabled: maybe, accounts: {\(account)}}", "'enabled' of remediation is true or false"),
            (
                "{enabled: true, accounts: {amce: {userName: w, password: env:W, accessToken: env:T}}}",
                "account 'amce' of remediation is none of 'accounts'; it must be named like the account whose clients it writes to → acme"
            ),
            (
                "{enabled: true, accounts: {acme: {userName: w, password: env:W}}}",
                "account 'acme' of remediation needs 'accessToken'"
            ),
            (
                "{enabled: true, accounts: {acme: {userName: w, password: hunter2, accessToken: env:T}}}",
                "'password' of account 'acme' of remediation must be a reference"
            ),
            (
                "{enabled: true, accounts: {acme: {userName: w, clientName: X, password: env:W, accessToken: env:T}}}",
                "unknown key 'clientName' in account 'acme' of remediation"
            ),
            (
                "{enabled: true, account: {\(account)}, accounts: {\(account)}}",
                "unknown key 'account' in remediation → accounts"
            ),
            ("{enabled: true, accounts: [acme]}", "'accounts' of remediation is a map NAME: {userName: …}, not "),
        ]
        for (section, message) in rows {
            let found = mistakes("remediation: " + section)
            #expect(found.contains { $0.contains(message) }, "\(section): \(found)")
        }
    }

    @Test(
        arguments: [
            ("userName: reader, password: env:W, accessToken: env:T", "userName"),
            ("userName: w, password: env:P, accessToken: env:T", "password"),
            ("userName: w, password: env:W, accessToken: \"file:/etc/audit/token\"", "accessToken"),
        ])
    func `credentials that are those of an account that reads are refused`(keys: String, key: String) {
        let found = mistakes("remediation: {enabled: true, accounts: {acme: {\(keys)}}}")
        #expect(found.count == 1)
        #expect(
            found[0].hasSuffix(
                "'\(key)' of account 'acme' of remediation is that of account 'acme', which reads: writing needs credentials "
                    + "of its own, so that the nightly job cannot write"), "\(found)")
    }

    @Test func `a literal secret is not repeated`() {
        let text =
            Self.head
            + "remediation: {enabled: true, accounts: {acme: {userName: w, password: hunter2, accessToken: env:T}}}\n"
        guard case .failure(let error) = reader.read(text) else {
            Issue.record("a literal password was accepted")
            return
        }
        #expect(!error.diagnostics.map { $0.withoutCredentials.description }.joined().contains("hunter2"))
    }
}
