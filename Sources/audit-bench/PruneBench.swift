import AuditModel
import Foundation
import SnapshotStore

/// What it takes to prune a year, what is left of it, and that the log is still derived from that.
enum PruneBench {
    static func run() throws {
        guard let binary = FleetProcess.binary else {
            print("  skipped: audit is not built in release (make bench builds it)")
            return
        }
        try YearStore.with { year in
            let prune = [
                "snapshot", "prune", "--keep-changes", "--older-than", "30d", "--now", YearStore.lastDay + "T12:00:00Z",
                "--database", year.path, "--quiet",
            ]
            let output = year.folder + "/prune.txt"
            for (what, arguments) in [("trial", prune + ["--dry-run"]), ("prune", prune), ("prune again", prune)] {
                NightBench.tell(
                    "audit snapshot prune --older-than 30d, \(what)",
                    try ChildProcess.run(binary, arguments, output: output))
                let text = try String(contentsOfFile: output, encoding: .utf8)
                for line in text.split(separator: "\n") where line.contains("client") || line.contains("database") {
                    print("    \(line)")
                }
            }
            let verified = year.folder + "/verify.json"
            NightBench.tell(
                "audit verify of what is left",
                try ChildProcess.run(
                    binary, ["verify", "--database", year.path, "--format", "json"], output: verified))
            let json = try JSONReader.value(of: [UInt8](Data(contentsOf: URL(filePath: verified))))
            let pruned = json["checked"]?["hashOnlyCaptures"]?.integerValue ?? -1
            print("    \(pruned) captures hash-only; everything holds: \(json["sound"] == true ? "yes" : "NO")")
        }
    }
}
