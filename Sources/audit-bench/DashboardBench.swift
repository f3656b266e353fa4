import AuditModel
import Foundation
import SnapshotStore

/// The dashboard over a year of nights: each page as a browser asks for it, the first time and again.
///
/// Beside each stands what the same run takes for the difference of the year's ends by hand in Python, so that the ratio
/// says what a busy machine hides.
enum DashboardBench {
    /// How long a page may take, in seconds.
    private static let bar = 0.05
    /// A first time comes once a server, so several are asked; the best counts, since others disturb that least.
    private static let servers = 3

    private struct Times {
        var first = Double.infinity
        var again = Double.infinity
        var bytes = 0
        var status = 200
    }

    static func run() throws {
        guard let binary = FleetProcess.binary else {
            print("  skipped: audit is not built in release (make bench builds it)")
            return
        }
        try YearStore.with { year in
            let pages = try pages(year)
            var times: [String: Times] = [:]
            var (listening, peak) = (Double.infinity, 0.0)
            for _ in 0..<servers {
                let one = try serve(year, binary, pages, &times)
                listening = min(listening, one.listening)
                peak = max(peak, one.peakMegabytes)
            }
            let reference = try peer(year)
            print(
                String(
                    format: "  listens after %.0f ms, when the year is read; at most %.0f MiB", listening * 1000, peak))
            print("  \(reference.name): " + String(format: "%.0f ms", reference.seconds * 1000))
            for page in pages {
                guard let times = times[page] else { continue }
                print(
                    String(
                        format: "  %@: the first time %.1f ms, ratio %.2f, again %.1f ms (%d kB); bar %.0f ms: %@",
                        page,
                        times.first * 1000, times.first / reference.seconds, times.again * 1000, times.bytes / 1000,
                        bar * 1000,
                        times.status != 200
                            ? "status \(times.status)"
                            : times.again < bar
                                ? times.first < bar ? "met" : "met again, not the first time" : "missed"))
            }
        }
    }

    /// One server from its start to its end, each page asked for the first time and ten times more.
    private static func serve(
        _ year: YearStore, _ binary: String, _ pages: [String], _ times: inout [String: Times]
    ) throws -> (listening: Double, peakMegabytes: Double) {
        let output = year.folder + "/serve.txt"
        let start = ContinuousClock.now
        let child = try ChildProcess.start(binary, ["serve", "--database", year.path, "--port", "0"], output: output)
        defer {
            kill(child, SIGTERM)
            var status: Int32 = 0
            waitpid(child, &status, 0)
        }
        let port = try port(output)
        let listening = Measure.seconds(ContinuousClock.now - start)
        for page in pages {
            let first = try LoopbackRequest.get(page, port: port)
            let again = try (0..<10).map { _ in try LoopbackRequest.get(page, port: port).seconds }.sorted()[5]
            var own = times[page] ?? Times()
            own.first = min(own.first, first.seconds)
            own.again = min(own.again, again)
            own.bytes = first.bytes
            if first.status != 200 { own.status = first.status }
            times[page] = own
        }
        return (listening, Double(ChildProcess.residentKilobytes(of: child) ?? 0) / 1024)
    }

    /// The reference: Python over the same file, the best of five; where there is none, a second.
    private static func peer(_ year: YearStore) throws -> (name: String, seconds: Double) {
        try DifferencePeer.best(year).map {
            ("reference: the difference of the year's ends by hand in Python, a whole process", $0.usage.wallSeconds)
        } ?? ("reference: a second, since there is no python3", 1)
    }

    /// One page of each kind, and some that are asked for seldom.
    private static func pages(_ year: YearStore) throws -> [String] {
        let store = try SnapshotStore.open(at: year.path, access: .readOnly)
        defer { try? store.close() }
        let runs = try store.runs()
        guard let latest = runs.last else { return [] }
        let numbers = try store.roster(of: latest.id).map(\.id.number)
        let client = "/clients/bench/\(numbers[numbers.count / 2])"
        return [
            "/", "/index.json", "/runs", "/runs/\(latest.id)", "/runs/\(runs[runs.count / 2].id)",
            "/runs/\(runs[runs.count / 4].id).json", "/clients", "/clients?q=prod&sort=failures", client,
            client + "/settings/internal.maxFailedCcsLoginAttempts", "/rules", "/rules/SEC-LOCK-CCS-ON",
            "/rules/CALL-DNC-REALTIME", "/waivers", "/diff", "/diff?from=\(YearStore.firstDay)&to=\(YearStore.lastDay)",
            "/diff.json?from=2026-02-01&to=2026-08-01", "/healthz", "/metrics",
        ]
    }

    /// The port that the first line tells.
    private static func port(_ output: String) throws -> UInt16 {
        let start = ContinuousClock.now
        while ContinuousClock.now - start < .seconds(30) {
            let text = String(decoding: FileManager.default.contents(atPath: output) ?? Data(), as: UTF8.self)
            if text.hasSuffix("\n"), let port = UInt16(text.dropLast().split(separator: ":").last ?? "") { return port }
            usleep(1_000)
        }
        throw ChildProcess.Failure(description: "audit serve did not listen within 30 seconds")
    }
}

/// A plain HTTP request on loopback, on a connection of its own.
enum LoopbackRequest {
    /// Status, size of the whole answer, and how long it took from the connection to its end.
    static func get(_ path: String, port: UInt16) throws -> (status: Int, bytes: Int, seconds: Double) {
        let start = ContinuousClock.now
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard connection >= 0 else { throw ChildProcess.Failure(description: "no socket") }
        defer { close(connection) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw ChildProcess.Failure(description: "the dashboard cannot be reached") }
        let request = Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
        guard write(connection, request, request.count) == request.count else {
            throw ChildProcess.Failure(description: "the dashboard does not listen any more")
        }
        var head: [UInt8] = []
        var count = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let got = read(connection, &buffer, buffer.count)
            guard got > 0 else { break }
            if head.count < 12 { head += buffer.prefix(got) }
            count += got
        }
        let seconds = Measure.seconds(ContinuousClock.now - start)
        return (Int(String(decoding: head.dropFirst(9).prefix(3), as: UTF8.self)) ?? 0, count, seconds)
    }
}
