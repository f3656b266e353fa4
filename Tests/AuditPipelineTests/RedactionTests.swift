import AuditModel
import AuditPipeline
import Testing

struct RedactionTests {
    private func redacted(_ body: SettingValue, _ group: SettingsGroup, more: [String] = []) -> SettingValue {
        Redaction(additionalPatterns: more).redacted(body, of: group) { bytes, path in
            "hidden \(bytes.count) at \(path)"
        }
    }

    @Test func `a sensitive messaging property keeps its key and loses its value`() {
        let body: SettingValue = [
            "property": [["key": "sftp_password", "value": "hunter2"], ["key": "requeue_limit", "value": "15"]]
        ]
        #expect(
            redacted(body, .messaging) == [
                "property": [
                    ["key": "sftp_password", "value": "hidden 9 at messaging.property[key=sftp_password].value"],
                    ["key": "requeue_limit", "value": "15"],
                ]
            ])
    }

    @Test func `a secret inside a property that looks harmless is hidden`() {
        let body: SettingValue = [
            "property": [
                ["key": "AWS", "value": "x", "password": "hunter2"],
                ["key": "feed", "value": "sftp://bob:hunter2@example.com/in"],
                ["key": "database", "value": "Server=x;Password=hunter2"],
                ["key": "site", "value": "https://example.com/a"],
            ],
            "smtpPasswd": "hunter2",
        ]
        let found = redacted(body, .messaging)
        #expect(!CanonicalJSON.text(of: found).contains("hunter2"))
        #expect(found["property"]?[3] == ["key": "site", "value": "https://example.com/a"])
        #expect(found["property"]?[0]?["value"] == "x")
    }

    @Test func `documented settings are no secrets, whatever their key looks like`() {
        let body: SettingValue = ["encryptCcsPassword": true, "passwordExpirationDays": 90]
        #expect(redacted(body, .internal) == body)
    }

    @Test func `undocumented keys that look sensitive are hidden, at any depth`() {
        let body: SettingValue = [
            "apiToken": "x", "nested": ["clientSecret": ["a", "b"], "plain": 1], "empty_key": nil,
        ]
        #expect(
            redacted(body, .settings) == [
                "apiToken": "hidden 3 at settings.apiToken",
                "nested": ["clientSecret": "hidden 9 at settings.nested.clientSecret", "plain": 1], "empty_key": nil,
            ])
    }

    @Test func `the configuration can name more words and paths`() {
        let body: SettingValue = ["property": [["key": "ftp_login", "value": "bob"], ["key": "pin", "value": "1"]]]
        #expect(
            redacted(body, .messaging, more: ["messaging.property.ftp_login", "pin"]) == [
                "property": [
                    ["key": "ftp_login", "value": "hidden 5 at messaging.property[key=ftp_login].value"],
                    ["key": "pin", "value": "hidden 3 at messaging.property[key=pin].value"],
                ]
            ])
    }

    @Test func `a value under an unexpected member of a sensitive property is hidden, too`() {
        let body: SettingValue = ["property": [["key": "db_secret", "val": "x", "value": nil]]]
        #expect(
            redacted(body, .messaging) == [
                "property": [
                    ["key": "db_secret", "val": "hidden 3 at messaging.property[key=db_secret].val", "value": nil]
                ]
            ])
    }
}
