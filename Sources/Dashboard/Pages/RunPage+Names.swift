import AuditModel
import Reports

extension RunPage {
    /// Where the run is that the address does not name in full: by a date, a word or the beginning of its id, as commands
    /// take them.
    ///
    /// - Throws: ``DashboardProblem`` where no run or several are meant.
    func elsewhere() throws -> Moved {
        var found: [AuditRun] = []
        var refusal: DashboardProblem?
        let chosen = context.query[.environment]
        let environments = try chosen == nil ? context.state.environments : [context.environment()]
        for environment in environments {
            do {
                found.append(try context.source.run(named: id, in: environment))
            } catch let problem as DashboardProblem {
                guard case .notFound = problem else { throw problem }
                refusal = problem
            }
        }
        if found.count == 1 {
            return Moved(to: Link(route: .run(found[0].id.rawValue), query: context.query.with(.environment, nil)))
        }
        guard found.isEmpty else {
            let each = found.map { "/runs/\($0.id.short) of \($0.environment)" }.joined(separator: ", ")
            throw DashboardProblem.notUnderstood(
                "'\(id)' stands for \(Words.count(found.count, "run")), one of each environment: \(each). Open one of them."
            )
        }
        // What one environment says of the name is all there is to say; several would say it of themselves.
        if environments.count == 1, let refusal { throw refusal }
        throw DashboardProblem.notFound("There is no run '\(id)'; the list of runs has them all.")
    }
}

/// A page that has another address.
struct Moved: Error {
    /// The address.
    var to: Link
}
