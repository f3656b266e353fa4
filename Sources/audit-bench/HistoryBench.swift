import AuditModel
import Foundation
import Policies
import SnapshotStore

/// What is asked of a year of nights, as whole processes of `audit`.
enum HistoryBench {
    /// Ten rules of the kinds that shipped policies have; `peer-backtest.py` has the same by hand.
    static let candidate = """
        policy: {id: candidate, title: Ten rules for a year, version: "1"}
        scopes: {production: {env: prod}}
        rules:
          - {id: H-01, title: CCS passwords are encrypted, check: {internal.encryptCcsPassword: true}}
          - {id: H-02, title: CCS lockout, check: {internal.maxFailedCcsLoginAttempts: {atMost: 5, zero: violates}}}
          - {id: H-03, title: ACD lockout, check: {internal.maxFailedAcdLoginAttempts: {between: [1, 6]}}}
          - {id: H-04, title: Expiry, check: {internal.passwordExpirationDays: {atMost: 90, zero: violates}}}
          - {id: H-05, title: Attempts, check: {internal.maxDailyAttempts: {atMost: 7, zero: violates}}}
          - {id: H-06, title: Recordings, check: {internal.callRecordingDays: {atLeast: 30}}}
          - {id: H-07, title: Wireless numbers, check: {settings.scrubWireless: true}}
          - {id: H-08, title: Do not call, check: {settings.acctRealtimeDnc: true}}
          - {id: H-09, title: Voices, check: {"voicePool.voice[*].id": {subsetOf: [1, 2, 3, 5], empty: pass}}}
          - id: H-10
            title: Requeues in production
            scope: production
            check: {"messaging.property[key=requeue_limit].value": {atMost: 15, zero: satisfies, coerce: int}}

        """

    static func run() throws {
        guard let binary = FleetProcess.binary else {
            print("  skipped: audit is not built in release (make bench builds it)")
            return
        }
        try YearStore.with { year in
            let policy = year.folder + "/candidate.yaml"
            try Data(candidate.utf8).write(to: URL(filePath: policy))
            let output = year.folder + "/backtest.json"
            let arguments = [
                "policy", "backtest", policy, "--database", year.path, "--since", YearStore.firstDay, "--format",
                "json",
            ]
            let ours = try ChildProcess.run(binary, arguments, output: output)
            NightBench.tell("audit policy backtest, 10 rules, nothing remembered before", ours)
            print(String(format: "  bar 5 s: %@", ours.wallSeconds < 5 ? "met" : "missed"))
            try peer(year, ours, output)
            let shipped = FileManager.default.currentDirectoryPath + "/policies"
            NightBench.tell(
                "audit policy diff, ten rules and the shipped ones over the year",
                try ChildProcess.run(
                    binary,
                    [
                        "policy", "diff", policy, shipped, "--database", year.path, "--since", YearStore.firstDay,
                        "--format", "json",
                    ]))
            NightBench.tell(
                "audit policy coverage of the shipped rules",
                try ChildProcess.run(binary, ["policy", "coverage", shipped, "--database", year.path]))
            try unremembered(year, policy)
            try oneClient(year, binary)
        }
    }

    /// What is asked of one client's year, and of its first and last night: each the best of five whole processes, since
    /// other processes disturb that least.
    private static func oneClient(_ year: YearStore, _ binary: String) throws {
        let store = try SnapshotStore.open(at: year.path, access: .readOnly)
        guard let run = try store.runs().first, let client = try store.roster(of: run.id).first?.id.number else {
            print("  one client skipped: the year has none")
            return
        }
        try store.close()
        let questions: [(arguments: [String], bar: Double)] = [
            (["history", String(client), "internal.maxFailedCcsLoginAttempts"], 0.05),
            (["history", String(client)], 0.05),
            (["diff", YearStore.firstDay, YearStore.lastDay, "--client", String(client)], 0.1),
            (["diff", YearStore.firstDay, YearStore.lastDay], 0.1),
        ]
        for question in questions {
            let arguments = question.arguments + ["--database", year.path]
            let usages = try (0..<5).map { _ in try ChildProcess.run(binary, arguments) }
            guard let best = usages.min(by: { $0.wallSeconds < $1.wallSeconds }) else { continue }
            NightBench.tell("audit " + question.arguments.joined(separator: " "), best)
            print(
                String(
                    format: "  bar %.2f s: %@", question.bar,
                    best.status != 0 ? "exit status \(best.status)" : best.wallSeconds < question.bar ? "met" : "missed"
                ))
        }
        try DifferencePeer.run(year, binary)
    }

    /// The same rules by hand in Python over the same file, each document parsed once; the figures must agree.
    private static func peer(_ year: YearStore, _ ours: ChildProcess.Usage, _ output: String) throws {
        let script = FileManager.default.currentDirectoryPath + "/Tests/Support/peer-backtest.py"
        let peerOutput = year.folder + "/peer.json"
        guard try ChildProcess.run("/bin/sh", ["-c", "command -v python3"]).status == 0 else {
            print("  peer skipped: there is no python3")
            return
        }
        let peer = try ChildProcess.run("/usr/bin/env", ["python3", script, year.path], output: peerOutput)
        NightBench.tell("Python with sqlite3 and json, the same rules by hand, documents parsed once", peer)
        let (own, other) = (try figures(output), try figures(peerOutput))
        print(
            String(
                format: "  ours ÷ peer: %.2f × as fast; failing and unknown client-nights of %d rules: %@",
                peer.wallSeconds / ours.wallSeconds, own.count,
                own == other && own.count == 10 ? "the same" : "DIFFERENT: \(own) and \(other)"))
    }

    /// `failing unknown` client-nights by rule.
    private static func figures(_ file: String) throws -> [String: String] {
        let json = try JSONReader.value(of: [UInt8](Data(contentsOf: URL(filePath: file))))
        let pairs = (json["rules"]?.arrayValue ?? []).map { rule in
            (
                rule["rule"]?.stringValue ?? "",
                "\(rule["clientNights"]?["fail"]?.integerValue ?? -1) \(rule["clientNights"]?["unknown"]?.integerValue ?? -1)"
            )
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// What remembering saves: our own evaluation of every row of every twentieth night, in this process.
    private static func unremembered(_ year: YearStore, _ policy: String) throws {
        let loaded = PolicyLoader.load([PolicyFile(name: policy, text: candidate)])
        guard let set = loaded.policySet else {
            print("  the candidate has mistakes: \(loaded.diagnostics)")
            return
        }
        let store = try SnapshotStore.open(at: year.path, access: .readOnly)
        let start = ContinuousClock.now
        var nights = 0
        var failures = 0
        for (index, run) in try store.runs().enumerated() where index % 20 == 0 {
            nights += 1
            let clients = Dictionary(
                try store.roster(of: run.id).map { ($0.id.number, $0) }, uniquingKeysWith: { $1 })
            try store.forEachNight(of: run.id) { night in
                guard let client = clients[night.number] else { return }
                let snapshot = Snapshot(client: client, groups: try store.content(of: night))
                for result in set.results(for: snapshot) where result.verdict == .fail { failures += 1 }
            }
        }
        print(
            String(
                format: "  our own evaluation without remembering, %d of %d nights alone: %.2f s (%d failures)", nights,
                YearStore.nights, Measure.seconds(ContinuousClock.now - start), failures))
        try store.close()
    }
}
