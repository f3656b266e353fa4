import AuditModel

/// What a page is made from: the store as it is, and what was asked.
struct PageContext {
    var source: any DashboardSource
    var state: StoreState
    var query: Query

    /// The environment that was asked for; else the one whose latest run is newest.
    ///
    /// - Throws: ``DashboardProblem/notFound(_:)`` for a name that the store does not have, or a store without runs.
    func environment() throws -> EnvironmentState {
        if let name = query[.environment] {
            guard let found = state.environment(name) else {
                let known = state.environments.map(\.name.rawValue).joined(separator: ", ")
                throw DashboardProblem.notFound(
                    "The database has no environment '\(name)'\(known.isEmpty ? "" : "; there are \(known)").")
            }
            return found
        }
        let newest = state.environments.max { one, other in
            (one.present?.run.startedAt.milliseconds ?? .min) < (other.present?.run.startedAt.milliseconds ?? .min)
        }
        guard let newest else { throw Self.nothingYet }
        return newest
    }

    /// What a page says where the store has no run.
    static let nothingYet = DashboardProblem.notFound(
        "There is no sealed run in this database yet; 'audit run' makes one.")

    /// The report that a page about the present is of.
    func presentReport(of environment: EnvironmentState) throws -> AuditReport {
        guard let present = environment.present else { throw Self.nothingYet }
        return try source.report(of: present.run)
    }
}
