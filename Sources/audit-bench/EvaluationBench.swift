import AllocationCounter
import AuditModel
import Foundation
import Policies

/// Rules × snapshots on one thread, nothing remembered: 50 rules of the shipped kinds over 2,000 snapshots.
enum EvaluationBench {
    static func run() throws {
        guard let matchers = BenchPolicies.matchers(), let expressions = BenchPolicies.expressions() else {
            print("  skipped: the shipped policies are not here, or have mistakes; run from the repository's root")
            return
        }
        let snapshots = SampleFleet.snapshots(2000)
        // The reference resolves each path by the general, unprepared way and compares what it finds: what a checker
        // without compiled rules does.
        let paths = matchers.facts.flatMap { matchers.paths(comparedBy: $0.id).prefix(1) }
        let reference = Measure.operationsPerSecond(snapshots.count * paths.count) {
            var found = 0
            for snapshot in snapshots {
                for path in paths {
                    guard let body = snapshot.groups[path.group].value else { continue }
                    for setting in path.resolved(in: body) where setting.value == .integer(5) { found += 1 }
                }
            }
            return found
        }
        measure("matchers", matchers, snapshots, reference: reference, bar: 3_300_000)
        measure("CEL", expressions, snapshots, reference: reference, bar: 1_000_000)
    }

    private static func measure(
        _ name: String, _ set: PolicySet, _ snapshots: [Snapshot], reference: Double, bar: Double
    ) {
        let operations = snapshots.count * set.facts.count
        let rate = Measure.operationsPerSecond(operations) { failures(set, snapshots) }
        Measure.print(
            "\(name): rule evaluations", rate, reference: ("unprepared paths, one comparison each", reference),
            bar: bar)
        let before = allocation_count()
        let failed = failures(set, snapshots)
        let allocations = Double(allocation_count() - before) / Double(operations)
        print(
            String(
                format: "    %.2f allocations a rule, its result included; %.1f %% of the rules fail",
                allocations,
                Double(failed) / Double(operations) * 100))
    }

    private static func failures(_ set: PolicySet, _ snapshots: [Snapshot]) -> Int {
        var failures = 0
        for snapshot in snapshots {
            for result in set.results(for: snapshot) where result.verdict == .fail { failures += 1 }
        }
        return failures
    }
}
