import AuditModel
import AuditPipeline
import Dashboard

extension StoreSource {
    func run(named text: String, in environment: EnvironmentState) throws -> AuditRun {
        do throws(RunSelectionError) {
            return try RunSelection.resolve(text, among: environment.runs.map(\.run), zone: zone, now: now()).run
        } catch {
            guard case .ambiguousRun = error else { throw DashboardProblem.notFound(error.description) }
            throw DashboardProblem.notUnderstood(error.description)
        }
    }
}
