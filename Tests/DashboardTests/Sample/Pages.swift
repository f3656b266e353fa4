import AuditModel

@testable import Dashboard

extension SampleSource {
    /// Every page of this source.
    var routes: [Route] {
        [
            .overview, .runs, .run(run(2).id.rawValue), .clients, .client(client.id), .setting(client.id, path.dotted),
            .rules, .rule(ruleID), .diff, .waivers,
        ]
    }

    /// A site over it.
    func site(token: String? = nil, tls: Bool = false, host: String = "127.0.0.1") -> Site {
        Site(
            source: self,
            configuration: DashboardConfiguration(
                host: host, token: token, tls: tls ? .init(certificate: "c", key: "k") : nil, toolVersion: "1.2.3"))
    }
}

extension WebAnswer {
    var text: String { String(decoding: body, as: UTF8.self) }
    var json: SettingValue? { try? JSONReader.value(of: body) }
}
