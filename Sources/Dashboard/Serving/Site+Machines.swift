import AuditModel
import Reports

extension Site {
    /// For probes: 200 where the store can be read, else 503. Who has no token where one is needed learns no more than that.
    func health(_ request: WebRequest) -> WebAnswer {
        let now = source.now()
        let mayKnow = access.answer(to: request, at: now) == .allowed
        do {
            let state = try source.state()
            return health(200, "up", mayKnow ? Self.environments(state, now) : [])
        } catch {
            let cause = (error as? DashboardProblem).map { "\($0.sentence)" } ?? "\(error)"
            return health(503, "down", mayKnow ? [.init(key: "cause", value: .string(cause))] : [])
        }
    }

    private func health(_ status: Int, _ word: String, _ members: [SettingObject.Member]) -> WebAnswer {
        let object = SettingObject([.init(key: "status", value: .string(word))] + members)
        return WebAnswer(
            status: status, contentType: "application/json; charset=utf-8",
            body: Array(MachineJSON.text(of: .object(object)).utf8))
    }

    private static func environments(_ state: StoreState, _ now: Timestamp) -> [SettingObject.Member] {
        func run(_ dated: DatedRun?) -> SettingValue {
            guard let run = dated?.run else { return .null }
            return [
                "run": .string(run.id.rawValue), "startedAt": .time(run.startedAt),
                "ageSeconds": .integer((now.milliseconds - run.startedAt.milliseconds) / 1000),
            ]
        }
        return [
            .init(
                key: "environments",
                value: .list(state.environments) { environment in
                    [
                        "environment": .string(environment.name.rawValue), "lastSealedRun": run(environment.latest),
                        "lastCompleteRun": run(environment.lastComplete),
                    ]
                })
        ]
    }

    /// The gauges of the latest run of each environment, as files for node_exporter have them, and this server's counters.
    func metrics(_ request: WebRequest) -> WebAnswer {
        var families: [MetricFamily] = []
        var isUp = true
        do {
            for environment in try source.state().environments {
                guard let present = environment.present else { continue }
                families += OpenMetricsText(try source.report(of: present.run)).families
            }
        } catch {
            isUp = false
            families = []
        }
        families.append(
            MetricFamily(
                name: "audit_dashboard_store_readable", kind: .gauge,
                help: "Whether the store can be read: 1 or 0.", samples: [.init(labels: [], value: isUp ? "1" : "0")]))
        return WebAnswer(
            status: 200, contentType: "application/openmetrics-text; version=1.0.0; charset=utf-8",
            body: MetricFamily.exposition(of: families + counters.families))
    }
}

extension DashboardProblem {
    /// What it says.
    var sentence: String {
        switch self {
        case .notFound(let sentence), .notUnderstood(let sentence), .unavailable(let sentence): sentence
        }
    }
}
