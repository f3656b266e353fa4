import AuditModel
import Policies

extension ConfigurationReader {
    mutating func clients(
        _ node: YAMLNode?, accounts: [String: AuditConfiguration.AccountEntry]
    ) -> [AuditConfiguration.ClientEntry] {
        guard let node else { return [] }
        return list(node, "clients").compactMap { element in
            let values = map(element, "a client", keys: ConfigurationKeys.client.names)
            guard let idNode = values["id"] else {
                error("a client needs 'id'", at: element.place)
                return nil
            }
            guard let id = integer(idNode, "id", in: ConfigurationKeys.idRange),
                let code = required("code", of: values, in: element, "client \(id)"),
                let accountName = required("account", of: values, in: element, "client \(id)")
            else { return nil }
            guard let account = accounts[accountName] else {
                error(
                    "client \(id) names the account '\(accountName)', which is not there",
                    at: values["account"]?.place ?? element.place,
                    suggestion: NearestName.to(accountName, among: accounts.keys.sorted()))
                return nil
            }
            let client = Client(
                id: Client.ID(environment: EnvironmentName(account.environment), number: Int(id)), code: code,
                name: text(values["name"], "name") ?? "", account: accountName, labels: labels(values["labels"]))
            let place = ClientPlace(
                file: source.name, line: idNode.place.line, column: idNode.place.column, account: accountName)
            if let mistake = takeDown(client, at: place) { error(mistake, at: idNode.place) }
            return AuditConfiguration.ClientEntry(client: client, retired: retirement(values["retired"], of: id))
        }
    }

    private mutating func retirement(_ node: YAMLNode?, of id: Int64) -> AuditConfiguration.Retirement? {
        guard let node else { return nil }
        let values = map(node, "retired", keys: ConfigurationKeys.retired.names)
        guard let date = required("date", of: values, in: node, "'retired' of client \(id)"),
            let reason = required("reason", of: values, in: node, "'retired' of client \(id)")
        else { return nil }
        guard let day = CalendarDay(date) else {
            error("'\(date)' is no date (YYYY-MM-DD)", at: values["date"]?.place ?? node.place)
            return nil
        }
        return AuditConfiguration.Retirement(date: day, reason: reason)
    }

    private mutating func labels(_ node: YAMLNode?) -> [String: String] {
        guard let node else { return [:] }
        guard let entries = node.entries else {
            error("'labels' is a map of texts, not \(node.kindName)", at: node.place)
            return [:]
        }
        var labels: [String: String] = [:]
        for entry in entries {
            // A label such as `tier: 1` is meant as the text "1": scopes compare texts.
            if let text = entry.value.text { labels[entry.key] = text } else { _ = text(entry.value, entry.key) }
        }
        return labels
    }

    mutating func clientsFile(
        _ node: YAMLNode, accounts: [String: AuditConfiguration.AccountEntry], readFile: (String) -> [UInt8]?
    ) -> [AuditConfiguration.ClientEntry] {
        guard let name = text(node, "clientsFile") else { return [] }
        let path = absolute(name)
        guard let bytes = readFile(path) else {
            error("the clients file \(path) cannot be read", at: node.place)
            return []
        }
        guard let content = String(validating: bytes, as: UTF8.self) else {
            error("the clients file \(path) is not UTF-8", at: node.place)
            return []
        }
        switch ClientsFile.rows(of: content) {
        case .failure(let problems):
            for problem in problems.list {
                diagnostics.append(
                    Diagnostic(
                        severity: .error, file: path, line: problem.line, column: 1, message: problem.message,
                        sourceLine: line(problem.line, of: content)))
            }
            return []
        case .success(let rows): return rows.compactMap { entry($0, path: path, content: content, accounts: accounts) }
        }
    }

    private mutating func entry(
        _ row: ClientsFile.Row, path: String, content: String, accounts: [String: AuditConfiguration.AccountEntry]
    ) -> AuditConfiguration.ClientEntry? {
        guard let account = accounts[row.account] else {
            diagnostics.append(
                Diagnostic(
                    severity: .error, file: path, line: row.line, column: 1,
                    message: "client \(row.id) names the account '\(row.account)', which is not there",
                    sourceLine: line(row.line, of: content),
                    suggestion: NearestName.to(row.account, among: accounts.keys.sorted())))
            return nil
        }
        let client = Client(
            id: Client.ID(environment: EnvironmentName(account.environment), number: row.id), code: row.code,
            name: row.name, account: row.account, labels: row.labels)
        let place = ClientPlace(file: path, line: row.line, column: 1, account: row.account)
        if let mistake = takeDown(client, at: place) {
            diagnostics.append(
                Diagnostic(
                    severity: .error, file: path, line: row.line, column: 1, message: mistake,
                    sourceLine: line(row.line, of: content)))
        }
        return AuditConfiguration.ClientEntry(client: client)
    }

    /// Where a client stands: in `clients:` of the configuration or in a row of the clients file.
    struct ClientPlace {
        var file: String
        var line: Int
        var column: Int
        var account: String
    }

    /// Remembers where a client stands; the mistake where it stands somewhere else already, which is named: a client is
    /// read through one account, or nobody could say which answer counts.
    private mutating func takeDown(_ client: Client, at place: ClientPlace) -> String? {
        guard let first = clientPlaces[client.id] else {
            clientPlaces[client.id] = place
            return nil
        }
        let other = "\(first.file):\(first.line):\(first.column)"
        return first.account.isIdentical(to: place.account)
            ? "client \(client.id) stands twice, first at \(other); keep one of the two"
            : "client \(client.id) is read through two accounts, '\(place.account)' here and '\(first.account)' at \(other); "
                + "keep one of the two"
    }

    private func line(_ number: Int, of content: String) -> String {
        let lines = content.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.indices.contains(number - 1) ? String(lines[number - 1]) : ""
    }
}
