internal import AuditModel

/// Reads the list under `waivers:`, of a waiver file or of a file of test cases.
struct WaiverReader {
    var log: MistakeLog
    /// The ids that are taken, each with its place (`file:line`).
    var taken: [String: String] = [:]

    mutating func file(_ root: YAMLNode) -> [Waiver] {
        guard let fields = log.fields(of: root, "the waiver file", WaiverKeys.file) else { return [] }
        return waivers(fields["waivers"]?.value)
    }

    mutating func waivers(_ node: YAMLNode?) -> [Waiver] {
        // `waivers:` with nothing behind it is what is left when the last one was taken out.
        if let node, case .null = node.kind { return [] }
        return log.elements(of: node, "'waivers'").compactMap { waiver($0) }
    }

    private mutating func waiver(_ node: YAMLNode) -> Waiver? {
        // The id first, so that every other mistake of the waiver can name it.
        let name = node["id"]?.string.map { "waiver \($0)" } ?? "a waiver"
        let errorsBefore = log.diagnostics.count { $0.severity == .error }
        guard let fields = log.fields(of: node, name, WaiverKeys.waiver) else { return nil }
        let id = log.text(fields["id"]?.value, "'id'")
        if let id, let place = fields["id"]?.value.place {
            if let other = taken[id] {
                log.error(.duplicateWaiver(id, otherPlace: other), at: place)
            } else {
                taken[id] = "\(log.source.name):\(place.line)"
            }
        }
        let rules = self.rules(one: fields["rule"], several: fields["rules"], in: name, at: node.place)
        let subject = self.subject(clients: fields["clients"], scope: fields["scope"], in: name, at: node.place)
        let condition = fields["while"].flatMap { pin($0, in: name) }
        let reason = log.text(fields["reason"]?.value, "'reason'")
        let owner = log.text(fields["owner"]?.value, "'owner'")
        if fields["owner"] == nil { log.warning(.waiverWithoutOwner(name), at: node.place) }
        if let repeated = fields["approvedBy"], fields["approver"] != nil {
            log.error(.twoOfOne("approver", "approvedBy", in: name), at: repeated.keyPlace)
        }
        let approver = log.text((fields["approver"] ?? fields["approvedBy"])?.value, "'approver'")
        if fields["approver"] == nil, fields["approvedBy"] == nil {
            log.error(.missingKey("approver", in: name), at: node.place)
        }
        let ticket = log.text(fields["ticket"]?.value, "'ticket'", allowsNumbers: true)
        let from = day(fields["from"], "'from'")
        let expires = day(fields["expires"], "'expires'")
        if let from, let expires, expires < from, let entry = fields["expires"] {
            log.error(
                .waiverEndsBeforeItBegins(from: from.description, expires: expires.description), at: entry.value.place)
        }
        guard let id, let rules, let subject, let reason, let approver, let from, let expires,
            let expiresPlace = fields["expires"]?.value.place,
            log.diagnostics.count(where: { $0.severity == .error }) == errorsBefore
        else { return nil }
        return Waiver(
            id: id, place: node.place, file: log.source.name, reason: reason, owner: owner, approver: approver,
            ticket: ticket, from: from, expires: expires,
            conditionText: fields["while"].map { $0.value.flowText }, rules: rules, subject: subject,
            condition: condition, expiresPlace: expiresPlace)
    }

    /// A date as it is written, YYYY-MM-DD, of a day that exists.
    private mutating func day(_ entry: YAMLNode.Entry?, _ name: String) -> CalendarDay? {
        guard let entry else { return nil }
        guard let text = log.text(entry.value, name, allowsNumbers: true) else { return nil }
        guard let day = CalendarDay(text) else {
            log.error(.badDate(text), at: entry.value.place)
            return nil
        }
        return day
    }

    private mutating func rules(
        one: YAMLNode.Entry?, several: YAMLNode.Entry?, in name: String, at place: SourcePlace
    ) -> [(id: String, place: SourcePlace)]? {
        switch (one, several) {
        case (let one?, nil): return log.text(one.value, "'rule'").map { [($0, one.value.place)] }
        case (nil, let several?):
            let nodes = log.elements(of: several.value, "'rules'")
            if nodes.isEmpty, several.value.elements != nil {
                log.error(.expected("'rules'", what: "a list of rule ids", found: "empty"), at: several.value.place)
            }
            return nodes.compactMap { node in log.text(node, "a rule's id").map { ($0, node.place) } }
        case (_?, let several?): log.error(.twoOfOne("rules", "rule", in: name), at: several.keyPlace)
        case (nil, nil): log.error(.missingKey("rules", in: name), at: place)
        }
        return nil
    }

    private mutating func subject(
        clients: YAMLNode.Entry?, scope: YAMLNode.Entry?, in name: String, at place: SourcePlace
    ) -> Waiver.Subject? {
        switch (clients, scope) {
        case (let clients?, nil):
            let nodes = log.elements(of: clients.value, "'clients'")
            if nodes.isEmpty, clients.value.elements != nil {
                log.error(.expected("'clients'", what: "a list of clients", found: "empty"), at: clients.value.place)
            }
            return .clients(nodes.compactMap { node in log.clientReference(node).map { ($0, node.place) } })
        case (nil, let scope?): return labels(of: scope).map { .scope($0, scope.keyPlace) }
        case (_?, let scope?): log.error(.twoOfOne("clients", "scope", in: name), at: scope.keyPlace)
        case (nil, nil): log.error(.waiverForNobody(name), at: place)
        }
        return nil
    }

    private mutating func labels(of entry: YAMLNode.Entry) -> Scope? {
        let labels = log.entries(of: entry.value, "'scope'")
        guard !labels.isEmpty else {
            if entry.value.entries != nil { log.error(.emptyScope("scope"), at: entry.keyPlace) }
            return nil
        }
        var read: [(name: String, values: [String])] = []
        for label in labels {
            let nodes = label.value.elements ?? [label.value]
            if nodes.isEmpty { log.error(.emptyScope("scope"), at: label.value.place) }
            read.append((label.key, nodes.compactMap { log.text($0, "label '\(label.key)'", allowsNumbers: true) }))
        }
        return Scope(name: "scope", labels: read)
    }

    /// `while:`, a condition like a rule's `check`; there are no parameters here.
    private mutating func pin(_ entry: YAMLNode.Entry, in name: String) -> Condition? {
        var reader = ConditionReader(
            rule: name, isUndocumented: false, defaults: RuleDefaults(), timeZones: nil,
            parameters: ParameterTable(), log: log)
        let condition = reader.condition(of: entry.value, key: "while", isWhen: false)
        log = reader.log
        // A waiver holds by its days; a moment would be a second, hidden end.
        if condition?.expressions.contains(where: \.readsNow) == true {
            log.error(.momentInWaiver(name), at: entry.value.place)
            return nil
        }
        return condition
    }
}
