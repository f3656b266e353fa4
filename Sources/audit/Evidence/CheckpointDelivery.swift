import AuditModel
import AuditPipeline
import Collector
import Foundation
import LiveVoxAPI

/// Hands checkpoints to the places that the configuration names.
struct CheckpointDelivery: CheckpointPlaces {
    let places: [CheckpointPlace]

    func hand(over note: [UInt8], continues: @Sendable ([UInt8]) -> String?) async -> [CheckpointReceipt] {
        var receipts: [CheckpointReceipt] = []
        for place in places { receipts.append(await hand(note, to: place, continues)) }
        return receipts
    }

    private func hand(
        _ note: [UInt8], to place: CheckpointPlace, _ continues: @Sendable ([UInt8]) -> String?
    ) async -> CheckpointReceipt {
        func failed(_ status: ExitStatus, _ clause: String) -> CheckpointReceipt {
            CheckpointReceipt(
                place: place.name,
                failure: ExitCondition(status, "The checkpoint did not get to \(place.name): \(clause)."))
        }
        switch place {
        case .file(let path):
            // A file that a log does not go on from is the evidence that it was tampered with: it stays.
            if let older = FileManager.default.contents(atPath: path), let clause = continues([UInt8](older)) {
                return failed(.integrity, "what is there is kept, since the log does not go on from it (\(clause))")
            }
            do throws(FileWriter.Failure) { try FileWriter.write(note, to: path) } catch {
                return failed(.inputOutput, error.cause)
            }
        case .command(let command):
            if let clause = await CheckpointCommandLine.run(command, input: note) {
                return failed(.inputOutput, clause)
            }
        case .webhook(let text):
            do {
                let url: String
                if ["https://", "http://"].contains(where: { text.hasPrefix($0) }) {
                    url = text
                } else {
                    url = try await CredentialReference(text).resolved().secret.reveal()
                }
                try await WebhookPost.send(
                    note, type: "text/plain; charset=utf-8", to: url, userAgent: "audit/\(ToolVersion.current)")
            } catch {
                return failed(.inputOutput, "\(error)")
            }
        }
        return CheckpointReceipt(place: place.name, failure: nil)
    }
}

extension CheckpointPlace {
    /// The place as reports name it: no command's text and no address beyond its host, since people write secrets there.
    var name: String {
        switch self {
        case .file(let path): return "file \(path)"
        case .command: return "command"
        case .webhook(let text):
            if let reference = try? CredentialReference(text) { return "webhook \(reference)" }
            return "webhook \(URL(string: text)?.host() ?? "…")"
        }
    }
}

/// A command that is given a checkpoint.
enum CheckpointCommandLine {
    /// Runs `/bin/sh -c`, the bytes on its standard input; nil where it ended with 0, else why not, as a clause.
    static func run(_ command: String, input: [UInt8], within limit: Duration = .seconds(60)) async -> String? {
        // A thread of its own kind: waiting for a process must not hold one of Swift's few.
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: outcome(of: command, input, limit)) }
        }
    }

    private static func outcome(of command: String, _ input: [UInt8], _ limit: Duration) -> String? {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        let pipe = Pipe()
        process.standardInput = pipe
        process.standardOutput = FileHandle.nullDevice
        do { try process.run() } catch { return "its command could not be started; is there a /bin/sh?" }
        // A note is far smaller than a pipe holds, so writing does not wait; a command that does not read is no failure.
        try? pipe.fileHandleForWriting.write(contentsOf: Data(input))
        try? pipe.fileHandleForWriting.close()
        let deadline = ContinuousClock.now + limit
        while process.isRunning {
            if ContinuousClock.now > deadline {
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                return "its command did not end within \(limit.components.seconds) s"
            }
            usleep(2000)
        }
        guard process.terminationReason == .exit else { return "its command was ended by a signal" }
        let status = process.terminationStatus
        return status == 0 ? nil : "its command ended with status \(status)"
    }
}
