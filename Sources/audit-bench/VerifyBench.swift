import AuditModel
import Evidence
import Foundation
import SnapshotStore

/// What it takes to derive a year of records again, as a whole process, and to make and check a proof out of it.
enum VerifyBench {
    static func run() throws {
        guard let binary = FleetProcess.binary else {
            print("  skipped: audit is not built in release (make bench builds it)")
            return
        }
        try YearStore.with { year in
            let output = year.folder + "/verify.json"
            let whole = try ChildProcess.run(
                binary, ["verify", "--database", year.path, "--format", "json"], output: output)
            NightBench.tell("audit verify of a year, 100 client-nights judged again", whole)
            let sound = try JSONReader.value(of: [UInt8](Data(contentsOf: URL(filePath: output))))["sound"] == true
            print(
                String(
                    format: "  bar 60 s: %@; everything holds: %@", whole.wallSeconds < 60 ? "met" : "missed",
                    sound ? "yes" : "NO (see \(output))"))
            NightBench.tell(
                "audit checkpoint", try ChildProcess.run(binary, ["checkpoint", "--database", year.path]))
            let client = try clientOfAllNights(year)
            NightBench.tell(
                "audit prove, one setting of the first night",
                try ChildProcess.run(
                    binary,
                    [
                        "prove", "--database", year.path, "--client", client, "--path",
                        "internal.maxFailedCcsLoginAttempts", "--at", YearStore.firstDay, "--output",
                        year.folder + "/proof.json",
                    ]))
            NightBench.tell(
                "audit verify of that proof",
                try ChildProcess.run(binary, ["verify", year.folder + "/proof.json"]))
            try logAlone(year)
        }
    }

    /// A client of the first night with a document of `internal`.
    private static func clientOfAllNights(_ year: YearStore) throws -> String {
        let store = try SnapshotStore.open(at: year.path, access: .readOnly)
        defer { try? store.close() }
        guard let run = try store.runs().first else { return "" }
        let night = try store.nights(of: run.id).first { $0.captures[.internal].documentID != nil }
        return night.map { String($0.number) } ?? ""
    }

    /// The log's tree by itself, in this process.
    private static func logAlone(_ year: YearStore) throws {
        let store = try SnapshotStore.open(at: year.path, access: .readOnly)
        defer { try? store.close() }
        let start = ContinuousClock.now
        let tree = try store.logTree()
        print(
            String(
                format: "  the log's tree of %d runs out of the store: %.2f ms", tree.size,
                Measure.seconds(ContinuousClock.now - start) * 1000))
    }
}
