import AuditModel

/// A fleet of 25 clients, two of its nights, and the rules that judge it: what the reports of these tests are written of.
enum SampleFleet {
    static let environment = EnvironmentName("na3")

    static let clients: [Client] = [
        ("ACME", "Acme Receivables"), ("BETA", "Beta Care"), ("CORAL", "Coral Bay Lending"),
        ("DELTA", "Delta Recovery"),
        ("EPSI", "Epsilon Health"), ("FJORD", "Fjord Utilities"), ("GAMMA", "Gamma Sales"), ("HELIO", "Helios Energy"),
        ("IRIS", "Iris Dental"), ("JUNO", "Juno Telecom"), ("KAPPA", "Kappa Auto Finance"), ("LUNA", "Luna Retail"),
        ("MARS", "Mars Collections"), ("NOVA", "Nova Student Loans"), ("ORION", "Orion Insurance"),
        ("PAX", "Pax Mortgage"), ("QUARTZ", "Quartz Bank"), ("RHO", "Rho Medical Billing"),
        ("SIGMA", "Sigma Servicing"),
        ("TAU", "Tau Water"), ("UMBRA", "Umbra Security"), ("VEGA", "Vega Travel"), ("WREN", "Wren Property"),
        ("XENON", "Xenon Leasing"), ("YUMA", "Yuma County"),
    ].enumerated().map { index, names in
        Client(
            id: Client.ID(environment: environment, number: 4100 + index * 7), code: names.0, name: names.1,
            account: "fleet", labels: ["env": index % 5 == 0 ? "uat" : "prod"])
    }

    static func client(_ code: String) -> Client {
        clients.first { $0.code == code } ?? clients[0]
    }

    static func run(
        _ start: String, kind: AuditRun.Kind = .full, state: AuditRun.State = .complete, isSynthetic: Bool = false
    ) -> AuditRun {
        let startedAt = time(start)
        return AuditRun(
            id: AuditRun.ID(environment: environment, startedAt: startedAt), environment: environment,
            baseURL: "https://api.livevox.com", isSynthetic: isSynthetic, kind: kind, state: state,
            startedAt: startedAt,
            sealedAt: startedAt.advanced(by: .milliseconds(41_730)),
            policySet: kind == .full ? Digest(of: "policies") : nil, waiverSet: nil, toolVersion: "0.1.0",
            clientCount: 25)
    }

    static func time(_ text: String) -> Timestamp {
        Timestamp(rfc3339: text) ?? Timestamp(milliseconds: 0)
    }

    static func day(_ text: String) -> CalendarDay {
        CalendarDay(text) ?? CalendarDay(daysSince1970: 0)
    }

    static let rules: [RuleFacts] = [
        rule(
            "LV-INT-001", "Portal passwords are encrypted", .critical, fix: "turn on \"Encrypt CCS password\".",
            ["PCI-DSS-4.0/8.3.2", "NIST-800-53r5/IA-5(1)"]),
        rule(
            "LV-INT-002", "Agent passwords are encrypted", .critical, fix: "turn on \"Encrypt ACD password\".",
            ["PCI-DSS-4.0/8.3.2"]),
        rule(
            "LV-INT-003", "Portal users are locked out after a few failed logins", .high,
            fix: "set \"Max failed CCS login attempts\" to a number from 1 to 5.",
            ["PCI-DSS-4.0/8.3.4", "NIST-800-53r5/AC-7"]),
        rule(
            "LV-INT-004", "Agents are locked out after a few failed logins", .high,
            fix: "set \"Max failed ACD login attempts\" to a number from 1 to 5.", ["PCI-DSS-4.0/8.3.4"]),
        rule(
            "LV-INT-005", "Passwords expire", .high, fix: "set \"Password expiration days\" to a number from 1 to 90.",
            ["PCI-DSS-4.0/8.3.9"]),
        rule(
            "LV-INT-006", "Recordings are kept for the required time", .medium, fix: "raise \"Call recording days\".",
            ["NIST-800-53r5/AU-11"]),
        rule(
            "LV-SET-001", "Wireless numbers are removed before dialling", .medium, fix: "turn on \"Scrub wireless\".",
            ["47-CFR-64.1200"]),
        rule(
            "LV-SET-002", "The do-not-call check runs in real time", .high, fix: "turn on \"Account realtime DNC\".",
            ["47-CFR-64.1200"]),
        rule(
            "LV-MSG-001", "Contacts are requeued three times at most", .low,
            fix: "lower the messaging property requeue_limit.", []),
        rule(
            "LV-VOX-001", "Only approved voices are in the pool", .info, fix: "remove the voice, or have it approved.",
            []),
    ]

    private static func rule(
        _ id: String, _ title: String, _ severity: Severity, fix: String, _ controls: [String]
    ) -> RuleFacts {
        RuleFacts(
            id: id, title: title, severity: severity,
            rationale:
                "What this guards against, in the words of the policy's owner:\n a sentence that takes two lines.",
            remediation: "Client Editor > Internal Settings: " + fix,
            controls: controls.map {
                ControlReference(
                    reference: $0, caveat: $0.hasPrefix("PCI") ? "The setting shows the flag, not the algorithm." : nil)
            }, policyID: "livevox-security-baseline")
    }

    static let policies = [
        PolicyFacts(
            id: "livevox-security-baseline", title: "LiveVox client security baseline", version: "2026.11.1",
            owner: "platform-security@example.com", file: "policies/security-baseline.yaml",
            digest: Digest(of: "security-baseline"), ruleCount: 10)
    ]

    static func path(_ dotted: String) -> SettingPath {
        var path = (try? SettingPath(dotted: dotted)) ?? SettingPath(.internal)
        path.steps = path.steps.map { step in
            guard case .selected(let key, let value, nil) = step else { return step }
            return .selected(key: key, value: value, occurrence: 1)
        }
        return path
    }
}
