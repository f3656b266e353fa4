import AuditModel
import Collector
import Foundation
import Policies

/// Reads `audit.yaml`: every mistake of the file is found in one go, each with its place.
struct ConfigurationReader {
    let source: SourceText
    let folder: String
    var diagnostics: [Diagnostic] = []
    /// Where each client stands first.
    var clientPlaces: [Client.ID: ClientPlace] = [:]

    /// The configuration that a file says.
    ///
    /// - Parameters:
    ///   - file: the file's name as diagnostics print it.
    ///   - readFile: gives a file's bytes (the `clientsFile`); relative paths are made absolute before.
    static func configuration(
        of bytes: [UInt8], file: String, readFile: (String) -> [UInt8]?
    ) -> Result<AuditConfiguration, ConfigurationMistakes> {
        let path = URL(filePath: file).standardizedFileURL.path
        var reader = ConfigurationReader(
            source: SourceText(name: file, bytes: bytes), folder: URL(filePath: path).deletingLastPathComponent().path)
        let reading = YAMLReader.reading(of: bytes, file: file)
        guard let root = reading.node else {
            return .failure(ConfigurationMistakes(diagnostics: reading.diagnostics))
        }
        let configuration = reader.configuration(root, file: file, readFile: readFile)
        // What cannot be read is told once, by whoever could not.
        let others = reader.diagnostics.filter { mistake in
            !reading.diagnostics.contains { ($0.line, $0.column) == (mistake.line, mistake.column) }
        }
        let diagnostics = (reading.diagnostics + others).sorted()
        return diagnostics.contains { $0.severity == .error }
            ? .failure(ConfigurationMistakes(diagnostics: diagnostics)) : .success(configuration)
    }

    private mutating func configuration(
        _ root: YAMLNode, file: String, readFile: (String) -> [UInt8]?
    ) -> AuditConfiguration {
        let values = map(root, "audit.yaml", keys: ConfigurationKeys.file.names)
        var configuration = AuditConfiguration(
            file: file, database: absolute(text(values["database"], "database") ?? "snapshots/audit.sqlite"),
            policies: (texts(values["policies"], "policies") ?? ["policies"]).map(absolute), environments: [],
            accounts: [:],
            clients: [], sensitive: texts(values["sensitive"], "sensitive") ?? [], timeZone: "UTC", failOn: .low,
            resumeWithin: .seconds(6 * 3600),
            reports: [
                ReportOutput(format: "html", path: absolute("reports/{date}-{run}.html")),
                ReportOutput(format: "json", path: absolute("reports/latest.json")),
            ])
        configuration.waivers = text(values["waivers"], "waivers").map(absolute)
        if let node = values["timeZone"], let name = text(node, "timeZone") {
            if TimeZone(identifier: name) == nil {
                error("'\(name)' is no time zone; write an IANA name such as Europe/Berlin", at: node.place)
            }
            configuration.timeZone = name
        }
        if let node = values["failOn"] { configuration.failOn = severity(node) ?? .low }
        if let node = values["resumeWithin"] { configuration.resumeWithin = duration(node, "resumeWithin") ?? .zero }
        if let node = values["reports"] { configuration.reports = reports(node) }
        configuration.evidence = evidence(values["evidence"])
        configuration.environments = environments(values["environments"])
        configuration.notify = notifications(values["notify"], environments: configuration.environments)
        configuration.accounts = accounts(values["accounts"], environments: configuration.environments)
        configuration.remediation = remediation(values["remediation"], accounts: configuration.accounts)
        configuration.clients = clients(values["clients"], accounts: configuration.accounts)
        if let node = values["clientsFile"] {
            configuration.clients += clientsFile(node, accounts: configuration.accounts, readFile: readFile)
        }
        return configuration
    }

    private mutating func reports(_ node: YAMLNode) -> [ReportOutput] {
        var formats: [String: String] = [:]
        return list(node, "reports").compactMap { element in
            let values = map(element, "a report", keys: ConfigurationKeys.report.names)
            guard let format = required("format", of: values, in: element, "a report"),
                let path = required("path", of: values, in: element, "a report")
            else { return nil }
            if !ReportOutput.formats.contains(format) {
                error(
                    "unknown format '\(format)'; known are \(ReportOutput.formats.joined(separator: ", "))",
                    at: values["format"]?.place ?? element.place,
                    suggestion: NearestName.to(format, among: ReportOutput.formats))
            }
            let report = ReportOutput(format: format, path: path == "-" ? path : absolute(path))
            if let other = formats.updateValue(format, forKey: report.path), other != format {
                error(
                    "\(other) and \(format) would both be written to '\(path)', and only one would be left; name two files",
                    at: values["path"]?.place ?? element.place)
            }
            return report
        }
    }

    private mutating func environments(_ node: YAMLNode?) -> [AuditConfiguration.EnvironmentEntry] {
        guard let node else { return [] }
        guard let entries = node.entries else {
            error("'environments' is a map NAME: {baseURL: …}, not \(node.kindName)", at: node.place)
            return []
        }
        return entries.compactMap { entry in
            let name = EnvironmentName(entry.key)
            if let emulator = entry.value["emulator"] {
                _ = map(entry.value, "an emulated environment", keys: ConfigurationKeys.emulated.names)
                let values = map(emulator, "emulator", keys: ConfigurationKeys.emulator.names)
                let clients = integer(values["clients"], "clients", in: ConfigurationKeys.clientsRange) ?? 25
                let seed = integer(values["seed"], "seed", in: ConfigurationKeys.seedRange) ?? 7
                let night = integer(values["night"], "night", in: ConfigurationKeys.nightRange) ?? 0
                return .init(
                    name: name, kind: .emulator(clients: Int(clients), seed: UInt64(seed), night: Int(night)))
            }
            return platform(name, entry.value).map { .init(name: name, kind: .platform($0)) }
        }
    }

    private mutating func accounts(
        _ node: YAMLNode?, environments: [AuditConfiguration.EnvironmentEntry]
    ) -> [String: AuditConfiguration.AccountEntry] {
        guard let node else { return [:] }
        guard let entries = node.entries else {
            error("'accounts' is a map NAME: {environment: …}, not \(node.kindName)", at: node.place)
            return [:]
        }
        let names = environments.map(\.name.rawValue)
        var accounts: [String: AuditConfiguration.AccountEntry] = [:]
        for entry in entries {
            let keys = ConfigurationKeys.account.requiredNames
            let values = map(entry.value, "an account", keys: ConfigurationKeys.account.names)
            let texts = keys.compactMap {
                required($0, of: values, in: entry.value, "account '\(entry.key)'")
            }
            guard texts.count == keys.count else { continue }
            if !names.contains(texts[0]), let place = values["environment"]?.place {
                error(
                    "account '\(entry.key)' names the environment '\(texts[0])', which is not there", at: place,
                    suggestion: NearestName.to(texts[0], among: names))
            }
            for key in keys[3...4] { checkReference(values[key], key, of: "account '\(entry.key)'") }
            if let countries = values["countries"], countries.string != "shared" {
                error("'countries' of an account can only be 'shared'", at: countries.place)
            }
            accounts[entry.key] = AuditConfiguration.AccountEntry(
                name: entry.key, environment: texts[0], clientName: texts[1], userName: reference(texts[2]),
                password: reference(texts[3]), accessToken: reference(texts[4]),
                sharesCountries: values["countries"] != nil)
        }
        return accounts
    }

    /// A `file:` reference with its path as seen from the configuration file's folder.
    func reference(_ text: String) -> String {
        text.hasPrefix("file:") ? "file:" + absolute(String(text.dropFirst(5))) : text
    }

    /// Credentials come by reference only; the text itself is never repeated, since it may be the secret.
    mutating func checkReference(_ node: YAMLNode?, _ key: String, of account: String) {
        guard let node, let text = node.string else { return }
        if !["env:", "file:", "cmd:"].contains(where: { text.hasPrefix($0) && text.count > $0.count }) {
            // The diagnostic shows no source line: it would print what must not be printed.
            diagnostics.append(
                Diagnostic(
                    severity: .error, file: source.name, line: node.place.line, column: node.place.column,
                    message: "'\(key)' of \(account) must be a reference: env:NAME, file:/path or cmd:COMMAND",
                    sourceLine: "\(key): ‹redacted›"))
        }
    }
}

/// All that is wrong with a configuration file.
struct ConfigurationMistakes: Error {
    /// By place.
    var diagnostics: [Diagnostic]
}
