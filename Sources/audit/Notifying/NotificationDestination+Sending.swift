import AuditModel
import Collector
import Foundation
import LiveVoxAPI
import Reports

extension NotificationDestination {
    /// The destination as sentences call it: its name, or where its URL is; never the URL.
    var displayName: String {
        name ?? (try? CredentialReference(webhook)).map { "webhook \($0)" } ?? "webhook"
    }

    /// What it is remembered by. A new value behind the same reference is the same destination: a secret that was changed is
    /// no reason to tell everything again.
    var identity: String { "\(name ?? "")\n\(webhook)" }

    /// Whether it is told of an environment's runs.
    func concerns(_ environment: EnvironmentName) -> Bool {
        environments?.contains(environment.rawValue) ?? true
    }

    /// The events of a run that it is told of.
    func events(of report: AuditReport) -> [RunNotification.Event] {
        guard concerns(report.run.environment) else { return [] }
        return RunNotification.events(of: report, among: events, minimumSeverity: minimumSeverity)
    }

    /// The URL with the form that it takes, and why it cannot be had, as a clause.
    func address() async throws(WebhookPost.Failure) -> (
        url: String, format: RunNotification.Format, warnings: [String]
    ) {
        let url: String
        let warnings: [String]
        do {
            let resolved = try await CredentialReference(webhook).resolved()
            (url, warnings) = (resolved.secret.reveal(), resolved.warnings.map(\.description))
        } catch {
            throw WebhookPost.Failure(description: error.description)
        }
        if let defect = WebhookPost.defect(of: url) { throw defect }
        return (url, format ?? Self.format(ofHost: URL(string: url)?.host() ?? ""), warnings)
    }

    /// Slack's hosts take nothing but its own form; everybody else gets the documented JSON.
    static func format(ofHost host: String) -> RunNotification.Format {
        ["hooks.slack.com", "hooks.slack-gov.com"].contains(host.lowercased()) ? .slack : .json
    }
}
