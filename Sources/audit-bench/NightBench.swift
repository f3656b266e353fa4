import Foundation

/// Whole nights of `audit run` as a user starts it, against the emulator in another process.
enum NightBench {
    static func run() throws {
        try FleetProcess.with(clients: 2000) { fleet, binary in
            var nights: [(usage: ChildProcess.Usage, size: Int)] = []
            for name in ["cold night", "second night, unchanged", "third night, unchanged"] {
                let usage = try fleet.audit("run", binary)
                nights.append((usage, fleet.size(of: "audit.sqlite")))
                tell("\(name) of \(fleet.clients) clients", usage)
            }
            print(
                String(
                    format:
                        "  unchanged ÷ cold: %.2f of the CPU, %.2f of the time; %d bytes an unchanged client-night (bar 100)",
                    nights[2].usage.cpuSeconds / nights[0].usage.cpuSeconds,
                    nights[2].usage.wallSeconds / nights[0].usage.wallSeconds,
                    (nights[2].size - nights[1].size) / fleet.clients))
            // The platform has to be asked every night; what the auditor itself costs is what comes on top of that.
            let fetch = try fleet.audit("fetch", binary)
            tell("the same night, fetched and stored only", fetch)
            print(
                String(
                    format: "  judging and telling an unchanged night: %.2f s CPU, %.2f of the cold night's %.2f s",
                    nights[2].usage.cpuSeconds - fetch.cpuSeconds,
                    (nights[2].usage.cpuSeconds - fetch.cpuSeconds) / nights[0].usage.cpuSeconds,
                    nights[0].usage.cpuSeconds))
            let help = try ChildProcess.run(binary, ["--help"])
            let diff = try ChildProcess.run(
                binary, ["diff", "previous", "latest", "--config", fleet.folder + "/audit.yaml"])
            print(
                String(
                    format:
                        "  audit --help: %.0f ms (bar 30); audit diff of the last two nights: %.0f ms, %.0f MiB (bar 100 ms)",
                    help.wallSeconds * 1000, diff.wallSeconds * 1000, diff.peakMegabytes))
        }
    }

    static func tell(_ what: String, _ usage: ChildProcess.Usage) {
        print(
            String(
                format: "  %@: %.2f s wall, %.2f s CPU, %.0f MiB at most, exit %d", what, usage.wallSeconds,
                usage.cpuSeconds, usage.peakMegabytes, usage.status))
    }
}

/// A night of 10,000 clients beside an asyncio/aiohttp collector that does the fetching and storing alone, on the same
/// server in the same run; the same with a slow server; and what ten times the clients cost in memory.
enum PeerBench {
    private static let concurrency = 16

    static func run() throws {
        try FleetProcess.with(clients: 10_000) { fleet, binary in
            // The server makes a client's settings up when they are first asked for; neither side is to wait for that.
            _ = try fleet.audit("fetch", binary, database: "warm-up.sqlite")
            let ours = try fleet.audit("fetch", binary)
            NightBench.tell("audit fetch of 10,000 clients, cold", ours)
            let night = try fleet.audit("run", binary)
            NightBench.tell("audit run of the same, nothing changed", night)
            guard let python = try pythonWithAiohttp(fleet.folder) else { return }
            let script = FileManager.default.currentDirectoryPath + "/Tests/Support/peer-collector.py"
            let peer = try ChildProcess.run(python, [script, fleet.folder, String(concurrency)])
            NightBench.tell("asyncio/aiohttp, fetching and storing the same", peer)
            // One login and five reads a client.
            let requests = Double(fleet.clients * 6)
            print(
                String(
                    format: "  ours ÷ peer: %.2f × as fast (bar 2); CPU a request %.0f µs against %.0f µs",
                    peer.wallSeconds / ours.wallSeconds, ours.cpuSeconds / requests * 1e6,
                    peer.cpuSeconds / requests * 1e6))
        }
        try FleetProcess.with(clients: 500, latency: "50ms") { fleet, binary in
            let usage = try fleet.audit("fetch", binary)
            let ideal = Double(fleet.clients * 6) * 0.05 / Double(concurrency)
            print(
                String(
                    format: "  50 ms latency, %d clients: %.2f s, ideal %.2f s, ratio %.3f (bar 1.10)", fleet.clients,
                    usage.wallSeconds, ideal, usage.wallSeconds / ideal))
        }
    }

    /// What ten times the clients cost in memory.
    static func memory() throws {
        var peaks: [Double] = []
        for clients in [10_000, 100_000] {
            try FleetProcess.with(clients: clients) { fleet, binary in
                let usage = try fleet.audit("run", binary)
                NightBench.tell("audit run of \(clients) clients, cold", usage)
                peaks.append(usage.peakMegabytes)
            }
        }
        guard peaks.count == 2 else { return }
        print(String(format: "  100,000 ÷ 10,000 clients: %.2f × the memory (bar 2)", peaks[1] / peaks[0]))
    }

    /// A Python with aiohttp, in an environment of its own that is thrown away; nil, and why, where there is none.
    private static func pythonWithAiohttp(_ folder: String) throws -> String? {
        let find = try ChildProcess.run("/bin/sh", ["-c", "command -v python3"])
        guard find.status == 0 else {
            print("  peer skipped: there is no python3")
            return nil
        }
        let make = "python3 -m venv '\(folder)/venv' && '\(folder)/venv/bin/pip' install -q aiohttp"
        guard try ChildProcess.run("/bin/sh", ["-c", make]).status == 0 else {
            print("  peer skipped: aiohttp could not be installed into an environment of its own")
            return nil
        }
        return folder + "/venv/bin/python"
    }
}
