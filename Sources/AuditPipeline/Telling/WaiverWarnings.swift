import AuditModel
import Policies

/// What a run's reader must know about its waivers: ended, about to end, unused, of rules or clients that are not there.
struct WaiverWarnings {
    /// The waivers that lie over a failure, or over a verdict that could not be told and may be one.
    private(set) var used: Set<String> = []

    /// Takes note of a result.
    mutating func note(_ result: RuleResult, of client: Client, waiver: WaiverFacts?, in ruling: WaiversOnDay) {
        if let waiver { used.insert(waiver.id) }
        guard result.verdict == .unknown else { return }
        for waiver in ruling.waivers.waivers
        where waiver.isInForce(on: ruling.day) && waiver.covers(result.ruleID) && waiver.concerns(client) {
            used.insert(waiver.id)
        }
    }

    /// The sentences.
    ///
    /// - Parameter isOnlyEnvironment: whether the store knows no other environment, whose clients a waiver may mean.
    func sentences(of run: JudgedRun, isOnlyEnvironment: Bool) -> [String] {
        guard let policies = run.policies, !run.waivers.waivers.waivers.isEmpty else { return [] }
        let waivers = run.waivers.waivers
        let problems = waivers.problems(
            rules: Set(policies.facts.map(\.id)), clients: run.roster, areAll: isOnlyEnvironment, on: run.waivers.day)
        let unused = waivers.unused(on: run.waivers.day, used: used, concerning: run.roster)
        return (problems + unused).map(\.sentence)
    }
}
