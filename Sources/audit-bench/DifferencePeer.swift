import AuditModel
import Foundation

/// The difference of a year's ends by hand in Python over the same file: what `audit diff` is compared with.
enum DifferencePeer {
    /// The best of five whole processes of Python, with what it prints; nil where there is no python3.
    static func best(_ year: YearStore) throws -> (usage: ChildProcess.Usage, output: String)? {
        let script = FileManager.default.currentDirectoryPath + "/Tests/Support/peer-diff.py"
        let output = year.folder + "/peer-diff.json"
        let runs = try (0..<5).map { _ in
            try ChildProcess.run("/usr/bin/env", ["python3", script, year.path], output: output)
        }
        return runs.filter { $0.status == 0 }.min { $0.wallSeconds < $1.wallSeconds }.map { ($0, output) }
    }

    /// Both in turn; what they count must agree.
    static func run(_ year: YearStore, _ binary: String) throws {
        guard let peer = try best(year) else {
            print("  peer skipped: there is no python3")
            return
        }
        NightBench.tell("Python with sqlite3 and json, the same difference by hand", peer.usage)
        let output = year.folder + "/diff.json"
        let arguments = [
            "diff", YearStore.firstDay, YearStore.lastDay, "--database", year.path, "--output", "json=-",
        ]
        let usages = try (0..<5).map { _ in try ChildProcess.run(binary, arguments, output: output) }
        guard let ours = usages.min(by: { $0.wallSeconds < $1.wallSeconds }) else { return }
        NightBench.tell("audit diff of the same as JSON", ours)
        let (own, other) = (try figures(output), try value(peer.output))
        print(
            String(
                format:
                    "  ours ÷ peer: %.2f × as fast, %.2f of its CPU time; settings that changed and verdicts that moved: %@",
                peer.usage.wallSeconds / ours.wallSeconds, ours.cpuSeconds / peer.usage.cpuSeconds,
                own == other
                    ? "the same" : "DIFFERENT: \(CanonicalJSON.text(of: own)) and \(CanonicalJSON.text(of: other))"))
    }

    private static func figures(_ file: String) throws -> SettingValue {
        let report = try value(file)
        let settings = (report["settingsChanges"]?.arrayValue ?? []).reduce(0) {
            $0 + ($1["clients"]?.arrayValue?.count ?? 0)
        }
        // The peer does not look further back than to the two nights, so what one of them could not tell is left out.
        let moved = (report["verdictChanges"]?.arrayValue ?? []).count { change in
            let sides = [change["before"]?.stringValue, change["after"]?.stringValue]
            return !sides.contains(nil) && !sides.contains("unknown")
        }
        return ["settings": .integer(Int64(settings)), "moved": .integer(Int64(moved))]
    }

    private static func value(_ file: String) throws -> SettingValue {
        try JSONReader.value(of: [UInt8](Data(contentsOf: URL(filePath: file))))
    }
}
