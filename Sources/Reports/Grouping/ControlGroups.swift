import AuditModel

/// The controls of one framework that the policies name, each with what its rules say of the clients.
struct ControlGroup {
    /// One control.
    struct Control {
        /// The reference without the framework where there is a slash: `8.3.4`.
        var name: String
        /// The rules that name it, by id, with how far each goes.
        var rules: [(facts: RuleFacts, reference: ControlReference)]
        /// The clients by the worst verdict among the control's rules: a failure, then unknown, then a waived failure, then
        /// a pass; not applicable where no rule applies.
        var clients: VerdictCounts

        /// What the control comes to over all clients: a pass only where nothing else is.
        var verdict: ReportedVerdict {
            if clients.fail > 0 { return .fail }
            if clients.unknown > 0 { return .unknown }
            if clients.waived > 0 { return .waived }
            return clients.pass > 0 ? .pass : .notApplicable
        }
    }

    /// What people call the framework.
    var title: String
    /// By reference, numbers as numbers.
    var controls: [Control]

    /// The groups, by title; empty where no rule names a control or nothing was judged.
    static func grouped(_ report: AuditReport) -> [ControlGroup] {
        var rules: [String: [(facts: RuleFacts, reference: ControlReference)]] = [:]
        for rule in report.rules {
            for reference in rule.facts.controls {
                rules[reference.reference, default: []].append((rule.facts, reference))
            }
        }
        guard !rules.isEmpty, !report.verdicts.clients.isEmpty else { return [] }
        let columns = Dictionary(
            report.verdicts.ruleIDs.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let waived = Dictionary(grouping: report.waived, by: \.client.id).mapValues { Set($0.map(\.result.ruleID)) }
        let controls = rules.map { reference, rules in
            let framework = Framework(reference)
            return (
                framework: framework,
                control: Control(
                    name: framework.control, rules: rules,
                    clients: counts(
                        rules.compactMap { columns[$0.facts.id] }, in: report.verdicts, waived: waived))
            )
        }
        return Dictionary(grouping: controls, by: \.framework.title).map { title, entries in
            ControlGroup(
                title: title,
                controls: entries.map(\.control).sorted { Self.precedes($0.name, $1.name) })
        }.sorted { $0.title.precedesInUTF16($1.title) }
    }

    private static func counts(
        _ columns: [Int], in verdicts: VerdictGrid, waived: [Client.ID: Set<String>]
    ) -> VerdictCounts {
        var counts = VerdictCounts()
        for (row, client) in verdicts.clients.enumerated() {
            var found: Set<ReportedVerdict> = []
            for column in columns {
                guard let cell = verdicts[row, column] else { continue }
                let isWaived =
                    cell.verdict == .fail && waived[client.id]?.contains(verdicts.ruleIDs[column]) ?? false
                found.insert(ReportedVerdict(cell.verdict, isWaived: isWaived))
            }
            let worst = [ReportedVerdict.fail, .unknown, .waived, .pass].first(where: found.contains) ?? .notApplicable
            counts.add(worst.computed, isWaived: worst == .waived)
        }
        return counts
    }

    /// By stretches of digits as numbers, all else by UTF-16: 8.3.4 before 8.3.10.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        let (one, other) = (pieces(left), pieces(right))
        for (a, b) in zip(one, other) where !a.isIdentical(to: b) {
            let digits = (a.first?.isNumber ?? false) && (b.first?.isNumber ?? false)
            // Without zeros in front, the longer of two numbers is the greater.
            if digits, a.utf8.count != b.utf8.count { return a.utf8.count < b.utf8.count }
            return a.precedesInUTF16(b)
        }
        return one.count < other.count
    }

    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        var wasDigit: Bool?
        for scalar in text.unicodeScalars {
            let isDigit = ("0"..."9").contains(scalar)
            if isDigit == wasDigit {
                pieces[pieces.count - 1].unicodeScalars.append(scalar)
            } else {
                pieces.append(String(scalar))
            }
            wasDigit = isDigit
        }
        return pieces
    }
}

/// What a control's reference is a part of.
private struct Framework {
    var title: String
    /// The control within it.
    var control: String

    init(_ reference: String) {
        // Parts of the Code of Federal Regulations are laws with names; 47-CFR-64.1200 is where the TCPA's rules stand.
        for (prefix, name) in [
            ("47-CFR-64.1200", "TCPA (47 CFR 64.1200)"), ("12-CFR-1006", "Regulation F (12 CFR 1006)"),
        ] where reference.hasPrefix(prefix) {
            title = name
            // "12-CFR-1006.14(b)(2)" → "§ 1006.14(b)(2)"
            control = "§ " + reference.dropFirst("47-CFR-".count)
            return
        }
        guard let slash = reference.firstIndex(of: "/") else {
            title = "Other references"
            control = reference
            return
        }
        control = String(reference[reference.index(after: slash)...])
        let key = String(reference[..<slash])
        title =
            switch key {
            case let key where key.hasPrefix("PCI-DSS-"): "PCI DSS " + key.dropFirst("PCI-DSS-".count)
            case "NIST-800-53r5": "NIST SP 800-53 Rev. 5"
            case "NIST-800-53r4": "NIST SP 800-53 Rev. 4"
            default: key
            }
    }
}
