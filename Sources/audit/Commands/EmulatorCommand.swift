import ArgumentParser
import AuditModel
import Emulator
import Foundation
import Logging

struct EmulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emulator",
        abstract: "Serves a stand-in LiveVox platform on loopback.",
        discussion: """
            The first line on standard output is one JSON object that tells where it listens and how to log in: \
            {"baseURL", "accounts": [{"clientName", "accessToken", "clientId", "users": [{"userName", "password", "role"}]}]}. \
            All credentials are synthetic. It serves until it is interrupted.

            Scripts steer it over loopback while it runs:
              curl -X POST -d '{"night": 5}' http://127.0.0.1:8080/_emulator/night

            A fault is KEY=VALUE[,KEY=VALUE...]; the first that fits a request applies:
            \(EmulatorFault.specHelp.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
            The same line can be posted while it serves:
              curl -X POST -d 'client=4200,group=internal,times=1,status=429,retry-after=3' http://127.0.0.1:8080/_emulator/faults

            Example: audit emulator --port 8080 --clients 500 --write-config emulated
            Example: audit emulator --fault client=4200,group=settings,body=html --fault group=login,times=1,status=503
            """)

    @Option(help: "The port to listen on; 0 lets the system choose.")
    var port = 0
    @Option(help: "How many clients the fleet has.")
    var clients = 25
    @Option(help: "Where names, settings and the planted drift come from; the same seed gives the same bytes.")
    var seed: UInt64 = 7
    @Option(help: "The night of the drift scenario; 0 is before any change.")
    var night = 0
    @Option(help: "A wait before every answer, for example 50ms.")
    var latency: DurationArgument = .init(duration: .zero)
    @Option(
        name: .customLong("fault"),
        help: ArgumentHelp("Something that goes wrong on purpose; repeatable, see above.", valueName: "spec"))
    var faults: [String] = []
    @Option(
        name: .customLong("write-config"),
        help: "Also write a folder with audit.yaml, clients.csv and one secret file a client, ready for 'audit run'.",
        completion: .directory)
    var configurationFolder: String?

    func run() async throws {
        guard clients >= 1 else { throw CommandEnd(.usage, "--clients must be 1 or more.") }
        guard (0...65_535).contains(port) else { throw CommandEnd(.usage, "--port must be from 0 to 65535.") }
        let faults = try faults.map(Self.fault)
        var logger = Logger(label: "emulator") { StreamLogHandler.standardError(label: $0) }
        // The server calls every connection that its end closes an error.
        logger.logLevel = .critical
        let server: EmulatorServer
        do {
            server = try await EmulatorServer.start(
                EmulatorConfiguration(
                    clients: clients, seed: seed, night: night, latency: latency.duration, port: port),
                logger: logger)
        } catch {
            throw CommandEnd(
                .inputOutput,
                "the emulator could not listen on port \(port): \(error). Choose another port, or --port 0.")
        }
        for fault in faults { await server.add(fault) }
        if let configurationFolder {
            try EmulatorConfigurationWriter.write(server.manifest, to: configurationFolder)
        }
        Console.result(server.manifest.json + "\n")
        let stopping = await SignalWatch.start { Task { try? await server.stop() } }
        try await server.waitUntilStopped()
        stopping.cancel()
    }

    private static func fault(_ spec: String) throws -> EmulatorFault {
        do throws(EmulatorFault.SpecError) {
            return try EmulatorFault(spec: spec)
        } catch {
            throw CommandEnd(.usage, "--fault \(spec): \(error); 'audit emulator --help' lists what can go wrong.")
        }
    }
}
