import AuditModel
import Collector
import Reports

extension Examination {
    /// Whether the addresses of those who are told of runs can be had; nobody is told anything.
    mutating func examineNotifications(_ destinations: [NotificationDestination]) async {
        for destination in destinations {
            let subject = "notify \(destination.displayName)"
            do {
                let address = try await destination.address()
                for warning in address.warnings { warn(subject, "\(warning).") }
                ok(
                    subject,
                    "its address can be had; it gets \(address.format.rawValue) on \(destination.events.map(\.rawValue).joined(separator: ", ")) ('audit notify --print' shows a message)."
                )
            } catch {
                wrong(subject, "\(error.description).", .usage)
            }
        }
    }
}
