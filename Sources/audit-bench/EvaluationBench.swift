import AuditModel
import Foundation
import Policies

/// Rules × snapshots on one thread, nothing remembered.
enum EvaluationBench {
    static func run() throws {
        let file = "policies/security-baseline.yaml"
        guard let data = FileManager.default.contents(atPath: file) else {
            print("  skipped: \(file) is not here; run from the repository's root")
            return
        }
        let loaded = PolicyLoader.load([PolicyFile(name: file, bytes: [UInt8](data))])
        guard let set = loaded.policySet else {
            print("  skipped: \(file) has mistakes")
            return
        }
        let snapshots = SampleFleet.snapshots(2000)
        let operations = snapshots.count * set.facts.count
        let ours = Measure.operationsPerSecond(operations) {
            var failures = 0
            for snapshot in snapshots {
                for result in set.results(for: snapshot) where result.verdict == .fail { failures += 1 }
            }
            return failures
        }
        // The reference resolves each path by the general, unprepared way and compares what it finds: what a checker
        // without compiled rules does.
        let paths = set.facts.flatMap { set.paths(comparedBy: $0.id).prefix(1) }
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
        Measure.print(
            "rule evaluations", ours, reference: ("unprepared paths, one comparison each", reference), bar: 3_300_000)
    }
}
