import Dispatch
import Foundation
import Synchronization

/// Runs a command of a `cmd:` reference.
enum CommandOutput {
    /// What the command prints on its standard output; its standard error is dropped, since it may hold what it should
    /// not.
    ///
    /// The command leads no further than the limit: at its end it is killed, and what it left running is not waited
    /// for. It reads from nothing, so that it cannot wait for an answer.
    static func bytes(
        of command: String, limitInBytes: Int, within limit: Duration
    ) async throws(CredentialError) -> [UInt8] {
        // A thread of its own kind: waiting for a process must not hold one of Swift's few.
        let result: Result<[UInt8], CredentialError> = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                do throws(CredentialError) {
                    continuation.resume(
                        returning: .success(try run(command, limitInBytes: limitInBytes, within: limit)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }

    private static func run(
        _ command: String, limitInBytes: Int, within limit: Duration
    ) throws(CredentialError) -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        do { try process.run() } catch { throw .commandNotStarted }
        let deadline = ContinuousClock.now + limit
        // Our copy of the writing end would keep the reading end from ever coming to its end.
        try? output.fileHandleForWriting.close()
        do throws(CredentialError) {
            let bytes = try collect(
                output.fileHandleForReading.fileDescriptor, limitInBytes: limitInBytes, until: deadline, limit: limit)
            while process.isRunning {
                guard ContinuousClock.now < deadline else { throw .commandTimedOut(limit: limit) }
                usleep(2000)
            }
            guard process.terminationReason == .exit else { throw .commandFailed(status: nil) }
            guard process.terminationStatus == 0 else { throw .commandFailed(status: process.terminationStatus) }
            return bytes
        } catch {
            if process.isRunning {
                // The whole group, where the system made one; a shell that is killed alone leaves its children behind.
                kill(-process.processIdentifier, SIGKILL)
                kill(process.processIdentifier, SIGKILL)
            }
            throw error
        }
    }

    private static func collect(
        _ descriptor: Int32, limitInBytes: Int, until deadline: ContinuousClock.Instant, limit: Duration
    ) throws(CredentialError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else { throw .commandTimedOut(limit: limit) }
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let milliseconds = Int32(
                clamping: left.components.seconds * 1000 + 1 + left.components.attoseconds / 1_000_000_000_000_000)
            guard poll(&entry, 1, milliseconds) > 0 else { continue }
            let got = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if got < 0, errno == EINTR { continue }
            if got <= 0 { return bytes }
            bytes += chunk.prefix(got)
            guard bytes.count <= limitInBytes else { throw .tooLong(limitInBytes: limitInBytes) }
        }
    }
}
