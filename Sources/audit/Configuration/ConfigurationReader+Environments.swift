import AuditModel
import Collector
import LiveVoxAPI
import Policies

extension ConfigurationReader {
    /// One environment with a base URL; nil where it cannot be used, which is said.
    mutating func platform(_ name: EnvironmentName, _ node: YAMLNode) -> EnvironmentSettings? {
        let values = map(
            node, "an environment", keys: ConfigurationKeys.platform.names + ConfigurationKeys.emulated.names)
        guard let text = required("baseURL", of: values, in: node, "environment '\(name)'") else { return nil }
        let baseURL: BaseURL
        do {
            baseURL = try BaseURL(text)
        } catch {
            self.error("\(error)", at: values["baseURL"]?.place ?? node.place)
            return nil
        }
        var settings = EnvironmentSettings(name: name, baseURL: baseURL, userAgent: "audit/\(ToolVersion.current)")
        if let version = values["apiVersion"], version.kindName != "null" {
            settings.apiVersion = version.text.flatMap { APIVersion($0) }
            if settings.apiVersion == nil {
                error("'apiVersion' is null or a version such as v5.0", at: version.place)
            }
        }
        if let value = integer(values["concurrency"], "concurrency", in: ConfigurationKeys.concurrencyRange) {
            settings.concurrency = Int(value)
        }
        if let value = integer(values["requestsPerSecond"], "requestsPerSecond", in: ConfigurationKeys.requestsRange) {
            settings.requestsPerSecond = Double(value)
        }
        if let node = values["timeout"], let value = duration(node, "timeout") { settings.requestTimeout = value }
        if let node = values["clientTimeout"] { settings.clientTimeout = duration(node, "clientTimeout") }
        if let node = values["runTimeout"] { settings.runTimeout = duration(node, "runTimeout") }
        if let path = self.text(values["trustRoots"], "trustRoots") { settings.additionalTrustRoots = absolute(path) }
        return settings
    }
}
