import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

/// A running `audit serve`.
struct DashboardProcess {
    let process: Process
    /// `http://127.0.0.1:PORT`, as its first line tells.
    var address: String

    init(in folder: URL, _ arguments: [String], environment: [String: String] = [:]) throws {
        let output = Pipe()
        process = Process()
        process.executableURL = AuditProcess.binary
        process.arguments = ["serve", "--port", "0"] + arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C"]
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // The first line comes once it listens; at its end without one there is nothing more to read.
        var line = ""
        while !line.hasSuffix("\n"), let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty {
            line += String(decoding: byte, as: UTF8.self)
        }
        let prefix = "Dashboard on "
        try #require(line.hasPrefix(prefix), "\(line)")
        address = String(line.dropFirst(prefix.count).dropLast())
    }

    /// Ends it, and waits for its exit status.
    func stop(by signal: Int32 = SIGTERM) -> Int32 {
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// What an answer is.
    struct Page {
        var status: Int
        var headers: HTTPHeaders
        var body: String

        /// The media type without its parameters.
        var type: String { String((headers.first(name: "Content-Type") ?? "").prefix { $0 != ";" }) }
    }

    /// Asks for a page. Redirections are answers like others.
    func get(
        _ path: String, _ headers: [(String, String)] = [], method: HTTPMethod = .GET, body: String? = nil,
        by client: HTTPClient = .shared
    ) async throws -> Page {
        var request = HTTPClientRequest(url: address + path)
        request.method = method
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await client.execute(request, timeout: .seconds(60))
        return Page(
            status: Int(response.status.code), headers: response.headers,
            body: String(buffer: try await response.body.collect(upTo: 64 << 20)))
    }
}
